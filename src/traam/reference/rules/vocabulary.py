"""The frozen snapshot of every vocabulary, and the questions that the other parts ask it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from traam.reference.rules.facts import FORMER, REMARK, SchemeFacts, TermFacts
from traam.reference.rules.readers import Known, LevelReader, Words, read_words
from traam.reference.rules.text import fold

ACADEMY_PREFIXES = tuple(
    f"{kind} {word} "
    for kind in ("academie", "vice rectorat", "service de l education nationale")
    for word in ("de l", "de la", "des", "du", "de", "d")
)
COMPETENCES = ("crcn", "socle", "competences")


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A word of a vocabulary: `code` as in addresses, `uri` empty when it has none."""

    scheme: str
    code: str
    label: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class AcademyEntry:
    """An academy, or what takes its place overseas. Days are both included; None: not bounded."""

    code: str
    name: str
    kind: str  # « académie », « vice-rectorat », « service de l'éducation nationale »
    region: str  # the region's code; empty where there is none
    region_name: str
    departments: tuple[str, ...]
    overseas: bool
    valid_from: date | None
    valid_to: date | None
    successor: str  # the code of the academy it was merged into
    predecessors: tuple[str, ...]

    @property
    def term(self) -> VocabularyTerm:
        return VocabularyTerm("academies", self.code, self.name)

    def existed_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of some words: terms, words not read (kept as written), remarks understood."""

    terms: tuple[VocabularyTerm, ...] = ()
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom: levels, and the cycles and types of school they belong to or that were named."""

    levels: tuple[VocabularyTerm, ...] = ()
    cycles: tuple[VocabularyTerm, ...] = ()
    school_types: tuple[VocabularyTerm, ...] = ()
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Every edition of every vocabulary at one version. Where editions differ, the last wins."""

    schemes: tuple[SchemeFacts, ...] = ()
    version: str = ""

    # -- whole lists and codes

    def terms(self, scheme: str) -> tuple[VocabularyTerm, ...]:
        """The terms in use, in order; remarks and former terms left out."""
        return tuple(
            _term(known)
            for known in self._by_code.get(scheme, {}).values()
            if known.term.status not in (FORMER, REMARK)
        )

    def term(self, *, scheme: str, code: str) -> VocabularyTerm | None:
        """The term of this code, former ones too; a merged one gives what replaced it."""
        known = self._resolved(scheme, code)
        return _term(known) if known else None

    def facts(self, *, scheme: str, code: str) -> TermFacts | None:
        """All that is known of a term: validity, parent, official label, source…"""
        known = self._by_code.get(scheme, {}).get(code)
        return known.term if known else None

    def family(self, *, scheme: str, code: str) -> tuple[str, ...]:
        """The code of a term, then those of all that stand under it, however deep, in order."""
        found = {code}
        entries = self._by_code.get(scheme, {})
        while more := {one for one, known in entries.items() if known.term.parent in found} - found:
            found |= more
        return (code, *(one for one in entries if one in found and one != code))

    def in_facet(self, *, facet: str, code: str) -> VocabularyTerm | None:
        """The term that an address names: `in_facet(facet="competence", code="CRCN-1.1")`."""
        for scheme in dict.fromkeys(each.code for each in self._editions if each.facet == facet):
            if found := self.term(scheme=scheme, code=code):
                return found
        return None

    def synonyms(self) -> tuple[frozenset[str], ...]:
        """The sets of folded writings that the search takes as equal."""
        known = self._by_code.get("synonyms", {}).values()
        return tuple(frozenset(fold(text) for text in each.term.texts) for each in known)

    # -- free words

    def academy(self, name_or_code: str) -> AcademyEntry | None:
        """« Lille », « 09 », « Académie de Lille », « Réunion »; None when it is not one."""
        folded, phrases = fold(name_or_code), self._phrases("academies")
        for prefix in ("", *ACADEMY_PREFIXES):
            if found := phrases.get(folded.removeprefix(prefix)):
                return self.academy_entries[found.term.code]
        return self.academy_entries.get(name_or_code.strip())

    def academies(self, words: Iterable[str]) -> Reading:
        """A list of participants; those that are no academy are unread, and kept."""
        found = [(word, self.academy(word)) for word in words]
        terms = tuple(dict.fromkeys(entry.term for _, entry in found if entry))
        return Reading(terms, tuple(word for word, entry in found if not entry and word.strip()))

    def disciplines(self, text: str | None) -> Reading:
        """« Documentation ; SVT »; « Transversal » and « Non précisée » are notes."""
        return self._reading(text, "disciplines")

    def levels(self, text: str | None) -> Reading:
        """« 2de à BTS »: every level from 2de to BTS, in the school's order."""
        audience = self.audience((text or "",))
        return Reading(audience.levels, audience.unread, audience.notes)

    def cycles(self, words: Iterable[str]) -> Reading:
        """The cycles of the words: « cycle 3 », « collège » (its levels' cycles, and a note)."""
        words = (words,) if isinstance(words, str) else tuple(words)
        audience = self.audience(words)
        cycles = self._phrases("cycles")
        notes = tuple(w for w in words if fold(w) not in cycles and w not in audience.unread)
        seen = tuple(dict.fromkeys((*audience.notes, *(w for w in notes if w.strip()))))
        return Reading(audience.cycles, audience.unread, seen)

    def audience(self, texts: str | Iterable[str]) -> Audience:
        """The levels, cycles and types of school of free words, all at once."""
        texts = (texts,) if isinstance(texts, str) else tuple(texts)
        reader = self._level_reader
        read = [reader.read(text) for text in texts]
        known = [each for words in read for each in words.known]
        levels = self._ordered("levels", (c for each in known for c in reader.members(each)))
        named = {each.term.code for each in known if each.scheme == "cycles"}
        every = [*levels, *(each for each in known if each.scheme == "levels")]
        return Audience(
            levels=tuple(map(_term, levels)),
            cycles=self._of_levels("cycles", every, "cycle", named),
            school_types=self._of_levels("school-types", every, "type", set()),
            unread=tuple(dict.fromkeys(text for words in read for text in words.unread)),
            notes=tuple(dict.fromkeys(text for words in read for text in words.notes)),
        )

    def around(self, levels: Iterable[str]) -> Audience:
        """The levels of these codes, with the cycles and types of school they belong to."""
        every = self._ordered("levels", levels)
        return Audience(
            levels=tuple(map(_term, every)),
            cycles=self._of_levels("cycles", every, "cycle", set()),
            school_types=self._of_levels("school-types", every, "type", set()),
        )

    def school_types(self, text: str | None) -> Reading:
        """« collège, lycée professionnel »."""
        return self._reading(text, "school-types")

    def programmes(self, text: str | None) -> Reading:
        return self._exactly((text or "",), "programmes")

    def dispositifs(self, words: Iterable[str]) -> Reading:
        return self._exactly(words, "dispositifs")

    def kind(self, text: str | None) -> VocabularyTerm | None:
        """The kind of production: « recueil de scénarios » is a « Recueil »; None when unknown."""
        terms = self._exactly((text or "",), "kinds").terms
        return terms[0] if terms else None

    def tools(self, words: Iterable[str]) -> Reading:
        """Each word is one tool; those unread may be added to this open vocabulary."""
        return self._exactly(words, "tools")

    def competences(self, words: Iterable[str]) -> Reading:
        """CRCN first, then the socle, then the free words; those unread may be added."""
        return self._exactly(words, *COMPETENCES)

    # -- indexes, built at the first question

    @cached_property
    def academy_entries(self) -> Mapping[str, AcademyEntry]:
        """Every academy by code, in order, former ones included."""
        known = self._by_code.get("academies", {}).values()
        regions = {c: r.term.label for c, r in self._by_code.get("regions", {}).items()}
        return {each.term.code: _academy(each.term, regions, known) for each in known}

    @cached_property
    def _editions(self) -> tuple[SchemeFacts, ...]:
        """Oldest first, so that the last one written in an index wins."""
        return tuple(
            sorted(self.schemes, key=lambda s: (s.valid_from or date.min, s.code, s.edition))
        )

    @cached_property
    def _by_code(self) -> dict[str, dict[str, Known]]:
        made: dict[str, dict[str, Known]] = {}
        for scheme in self._editions:
            entries = made.setdefault(scheme.code, {})
            for term in scheme.terms:
                entries[term.code] = Known(scheme.code, term)
        return made

    @cached_property
    def _index(self) -> dict[str, dict[str, Known]]:
        """By scheme, every folded writing of every term; a merged one leads to its successor."""
        made: dict[str, dict[str, Known]] = {}
        for scheme in self._editions:
            phrases = made.setdefault(scheme.code, {})
            for term in scheme.terms:
                known = self._resolved(scheme.code, term.code) or Known(scheme.code, term)
                phrases |= {fold(text): known for text in term.texts}
            phrases.pop("", None)
        return made

    @cached_property
    def _longest(self) -> dict[str, int]:
        """By scheme, how many words its longest writing has."""
        return {
            code: max((len(text.split()) for text in phrases), default=0)
            for code, phrases in self._index.items()
        }

    @cached_property
    def _level_reader(self) -> LevelReader:
        phrases = {**self._phrases("cycles"), **self._phrases("levels")}
        longest = max(self._longest.get("levels", 0), self._longest.get("cycles", 0))
        levels = {code: each.term for code, each in self._by_code.get("levels", {}).items()}
        return LevelReader(phrases=phrases, longest=longest, levels=levels)

    def _phrases(self, scheme: str) -> Mapping[str, Known]:
        return self._index.get(scheme, {})

    def _resolved(self, scheme: str, code: str) -> Known | None:
        """The term of this code, or what it was merged into (a few steps at most)."""
        entries = self._by_code.get(scheme, {})
        known = entries.get(code)
        for _ in range(5):
            if known is None or not known.term.replaced_by:
                break
            known = entries.get(known.term.replaced_by)
        return known

    def _reading(self, text: str | None, scheme: str) -> Reading:
        words = read_words(text or "", self._phrases(scheme), longest=self._longest.get(scheme, 0))
        return _as_reading(words)

    def _exactly(self, words: Iterable[str], *schemes: str) -> Reading:
        words = (words,) if isinstance(words, str) else tuple(words)
        terms: list[VocabularyTerm] = []
        unread: list[str] = []
        for word in filter(str.strip, words):
            found = next(
                (known for scheme in schemes if (known := self._named(scheme, word))), None
            )
            if found:
                terms.append(_term(found))
            else:
                unread.append(word)
        return Reading(tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(unread)))

    def _named(self, scheme: str, word: str) -> Known | None:
        """The term that this writing, or this code, names."""
        return self._phrases(scheme).get(fold(word)) or self._resolved(scheme, word.strip())

    def _ordered(self, scheme: str, codes: Iterable[str]) -> list[Known]:
        wanted = set(codes)
        return [k for code, k in self._by_code.get(scheme, {}).items() if code in wanted]

    def _of_levels(
        self, scheme: str, levels: Iterable[Known], fact: str, more: set[str]
    ) -> tuple[VocabularyTerm, ...]:
        codes = {str(each.term.facts[fact]) for each in levels if fact in each.term.facts}
        return tuple(map(_term, self._ordered(scheme, codes | more)))

    @classmethod
    def of(cls, schemes: Iterable[SchemeFacts], *, version: str = "") -> Self:
        return cls(tuple(schemes), version)


def _term(known: Known) -> VocabularyTerm:
    return VocabularyTerm(known.scheme, known.term.code, known.term.label, known.term.uri)


def _as_reading(words: Words) -> Reading:
    return Reading(tuple(map(_term, words.known)), words.unread, words.notes)


def _academy(term: TermFacts, regions: Mapping[str, str], every: Iterable[Known]) -> AcademyEntry:
    facts = term.facts
    region = str(facts.get("region") or "")
    return AcademyEntry(
        code=term.code,
        name=term.label,
        kind=str(facts.get("kind", "")),
        region=region,
        region_name=regions.get(region, ""),
        departments=tuple(facts.get("departments", ())),
        overseas=bool(facts.get("overseas")),
        valid_from=term.valid_from,
        valid_to=term.valid_to,
        successor=str(facts.get("successor") or ""),
        predecessors=tuple(
            other.term.code for other in every if other.term.facts.get("successor") == term.code
        ),
    )
