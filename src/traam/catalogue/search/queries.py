"""From a query that was read to what the engine understands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import tantivy
from tantivy import Occur, Query

from traam.catalogue.search import words
from traam.catalogue.search.words import Part

Stems = tuple[str, ...]
_TITLE_BOOST = 3.0
PROGRAMME = "travaux académiques mutualisés"  # and its equal writings: every notice is one of them
_PREFIX_MIN = 2  # letters from which a word is completed
_PROGRAMME_STEMS = words.stems(PROGRAMME)


@dataclass(frozen=True, slots=True)
class Aliases:
    """Equivalences between words or word sequences, by stems."""

    members: Mapping[Stems, tuple[Stems, ...]]
    longest: int
    words: frozenset[str]  # the stems that one writing or another holds

    def are_everywhere(self, writings: Iterable[Stems]) -> bool:
        """Do these name the programme itself, which every notice belongs to?"""
        return _PROGRAMME_STEMS in writings

    @classmethod
    def of(cls, sets: Sequence[frozenset[str]]) -> Self:
        """From sets of equivalent writings (« SVT », « sciences de la vie et de la Terre »)."""
        members: dict[Stems, tuple[Stems, ...]] = {}
        for writings in sets:
            stems = sorted({words.stems(writing) for writing in writings} - {()})
            for one in stems:
                others = tuple(other for other in stems if other != one)
                members[one] = tuple(dict.fromkeys(members.get(one, ()) + others))
        known = frozenset(stem for one in members for stem in one)
        return cls(members, max(map(len, members), default=0), known)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: `must` decides what matches, `ranked` also orders it; `marks` are the stems to show,
    `prefix` the beginning of the word being typed."""

    must: Query
    ranked: Query
    marks: frozenset[str]
    prefix: str
    is_empty: bool


class Builder:
    """Builds the queries of one index."""

    def __init__(self, schema: tantivy.Schema, aliases: Aliases) -> None:
        self.schema = schema
        self.aliases = aliases

    def asked(self, text: str, *, prefix: bool) -> Asked:
        """All words must be found, stop words aside; refused ones must not."""
        parts = words.read(text)
        wanted = [part for part in parts if not part.is_refused]
        typed = bool(prefix and wanted and wanted[-1].end == len(text.rstrip()) == len(text))
        must: list[tuple[Occur, Query]] = []
        titles: dict[Stems, None] = {}  # in their order
        marks: set[str] = set()
        for group, others in self._groups(wanted, typed=typed):
            is_last = typed and group[-1] is wanted[-1]
            if not self._is_everywhere(group, others):
                must.append((Occur.Must, self._group(group, others, typed=is_last)))
            titles.update(dict.fromkeys(self._titles(group)))
            marks.update(self._marks(group, others))
        if not must and parts:
            must.append((Occur.Must, Query.all_query()))
        refused = [(Occur.MustNot, self._part(part)) for part in parts if part.is_refused]
        if not must:
            nothing = Query.all_query()
            return Asked(nothing, nothing, frozenset(), "", is_empty=True)
        return Asked(
            _all([*must, *refused]),
            _all([*must, *refused, *map(self._in_title, titles)]),
            frozenset(marks),
            wanted[-1].words[-1] if typed and len(wanted[-1].words[-1]) >= _PREFIX_MIN else "",
            is_empty=False,
        )

    def resting(self, asked: Asked, source: str) -> Asked:
        """The same query, of the notices that rest on this alone."""
        clause = Query.const_score_query(
            Query.term_query(self.schema, "rests_on", source, "basic"), 0.0
        )
        must, ranked = (
            Query.boolean_query([(Occur.Must, one), (Occur.Must, clause)])
            for one in (asked.must, asked.ranked)
        )
        return replace(asked, must=must, ranked=ranked)

    def filtered(self, query: Query, filters: Mapping[str, tuple[str, ...]]) -> Query:
        """The query under these filters, which weigh nothing in the order."""
        clauses = [
            (Occur.Must, Query.const_score_query(self._chosen(name, codes), 0.0))
            for name, codes in filters.items()
        ]
        return Query.boolean_query([(Occur.Must, query), *clauses]) if clauses else query

    def _chosen(self, name: str, codes: tuple[str, ...]) -> Query:
        if len(codes) == 1:
            return Query.term_query(self.schema, name, codes[0], "basic")
        return Query.term_set_query(self.schema, name, codes)

    def _groups(
        self, parts: Sequence[Part], *, typed: bool
    ) -> list[tuple[tuple[Part, ...], tuple[Stems, ...]]]:
        """Runs of parts that an equivalence knows (the longest first), else single parts."""
        groups = []
        start = 0
        while start < len(parts):
            end, others = self._longest(parts, start)
            groups.append((tuple(parts[start:end]), others))
            start = end
        kept = [
            (group, others)
            for group, others in groups
            if others or not group[0].is_stopword or (typed and group[0] is parts[-1])
        ]
        return kept or groups

    def _is_everywhere(self, group: tuple[Part, ...], others: tuple[Stems, ...]) -> bool:
        """Does every notice have these words? A phrase is looked for as it is written."""
        if not others or any(part.is_phrase for part in group):
            return False
        own = tuple(stem for part in group for stem in words.stems(part.text))
        return self.aliases.are_everywhere((own, *others))

    def _longest(self, parts: Sequence[Part], start: int) -> tuple[int, tuple[Stems, ...]]:
        stems: Stems = ()
        best: tuple[int, tuple[Stems, ...]] = (start + 1, ())
        for end in range(start, len(parts)):
            stems += words.stems(parts[end].text)
            if len(stems) > self.aliases.longest:
                break
            if stems in self.aliases.members:
                best = end + 1, self.aliases.members[stems]
        return best

    def _group(self, group: tuple[Part, ...], others: tuple[Stems, ...], *, typed: bool) -> Query:
        own = [self._part(part) for part in group if len(group) == 1 or not part.is_stopword]
        if typed:
            own[-1] = _any([own[-1], self._begins(group[-1])])
        query = _all([(Occur.Must, one) for one in own])
        return _any([query, *(self._phrase("text", other) for other in others)])

    def _part(self, part: Part) -> Query:
        """A word in its variants, a phrase, or a compound apart and joined."""
        if len(part.words) == 1:
            return self._word("text", part.words[0])
        together = self._phrase("text", words.stems(part.text))
        compound = words.joined(words.plain(part.text))
        if part.is_phrase or not compound:
            return together
        return _any([together, *(self._word("text", word) for word in compound.split())])

    def _word(self, field: str, word: str) -> Query:
        return _any([self._term(field, stem) for stem in words.variants(word)])

    def _begins(self, part: Part) -> Query:
        word = part.words[-1]
        if len(word) < _PREFIX_MIN or part.is_phrase:
            return self._part(part)
        return Query.regex_query(self.schema, "words", f"{word}.*")

    def _titles(self, group: tuple[Part, ...]) -> list[Stems]:
        found = [words.stems(part.text) for part in group if not part.is_stopword]
        return [stems for stems in found if stems]

    def _in_title(self, stems: Stems) -> tuple[Occur, Query]:
        return Occur.Should, Query.boost_query(self._phrase("title", stems), _TITLE_BOOST)

    def _phrase(self, field: str, stems: Stems) -> Query:
        if len(stems) == 1:
            return self._term(field, stems[0])
        return Query.phrase_query(self.schema, field, list(stems))

    def _term(self, field: str, stem: str) -> Query:
        return Query.term_query(self.schema, field, stem, "freq")

    def _marks(self, group: tuple[Part, ...], others: tuple[Stems, ...]) -> set[str]:
        found = {
            stem
            for part in group
            for word in part.words
            if word not in words.STOPWORDS or part.is_stopword
            for stem in words.variants(word)
        }
        plain = {stem for other in others for stem in other if stem not in words.STOPWORDS}
        return found | plain


def _any(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(clauses: Sequence[tuple[Occur, Query]]) -> Query:
    if len(clauses) == 1 and clauses[0][0] == Occur.Must:
        return clauses[0][1]
    return Query.boolean_query(list(clauses))
