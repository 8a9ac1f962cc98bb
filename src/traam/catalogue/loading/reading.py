"""A row of a file of productions, read into the record of a notice. Writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from traam.campaigns import reading
from traam.campaigns.reading import Remarks
from traam.campaigns.rules.years import Years
from traam.catalogue.loading.links import Linker
from traam.catalogue.record import Link, Record, Term
from traam.kit.rows import Column, Kind, RawRow, shown
from traam.kit.rows.cells import is_web_address
from traam.reference.rules import Vocabulary, VocabularyTerm, fold

COLUMNS: Mapping[str, Column] = {
    "id": Column(kind=Kind.IDENTIFIER, required=True, limit=60),
    "title": Column(required=True, limit=500),
    "title_exact": Column(kind=Kind.FLAG),
    "academies": Column(kind=Kind.WORDS, limit=200),
    "discipline": Column(limit=300),
    "level": Column(limit=300),
    "year": Column(present=True, limit=40),
    "theme": Column(limit=2000),
    "kind": Column(required=True, limit=200),
    "summary_fr": Column(),
    "tools": Column(kind=Kind.WORDS, limit=200),
    "competences": Column(kind=Kind.WORDS, limit=250),
    "url": Column(kind=Kind.ADDRESS, limit=2000),
    "source": Column(limit=2000),
    "traam_certitude": Column(accepts=("explicite", "déduite")),
    "summary_basis": Column(accepts=("page_excerpt", "title_or_mention")),
    "note": Column(),
}
ORIGIN = "archive:"  # then the row's `id`: the natural key of its notice


@dataclass(frozen=True, slots=True)
class Readable:
    """A row that can be taken: what was read of it once, whatever the open words become."""

    row: RawRow
    years: Years
    academies: tuple[str, ...]  # codes
    disciplines: tuple[VocabularyTerm, ...]
    kind: VocabularyTerm
    tools: tuple[str, ...]
    competences: tuple[str, ...]
    remarks: Remarks

    @property
    def origin(self) -> str:
        return ORIGIN + self.row.text("id")


def read(row: RawRow, *, vocabulary: Vocabulary, today: date) -> Readable | Remarks:
    """The row, if it can be taken; else why it is refused."""
    remarks = Remarks(mended=list(row.mended), refused=list(row.refused))
    if remarks.refused:
        return remarks
    years = reading.archive_years(row.text("year"), remarks, today=today)
    academies = reading.academies(
        row.words("academies"),
        column="academies",
        over=years,
        vocabulary=vocabulary,
        remarks=remarks,
    )
    disciplines = reading.disciplines(
        (row.text("discipline"),), vocabulary=vocabulary, remarks=remarks
    )
    kind = vocabulary.kind(row.text("kind"))
    if kind is None:
        remarks.refused.append(_unknown_kind(row.text("kind"), vocabulary))
    if remarks.refused or kind is None:
        return remarks
    return Readable(
        row=row,
        years=years,
        academies=tuple(academies),
        disciplines=disciplines,
        kind=kind,
        tools=_words(row, "tools", remarks),
        competences=_words(row, "competences", remarks),
        remarks=remarks,
    )


def _words(row: RawRow, column: str, remarks: Remarks) -> tuple[str, ...]:
    """The words of a column that say something."""
    empty = [word for word in row.words(column) if not fold(word)]
    remarks.mended += [
        f"Champ « {column} » : {shown(word)} n’a ni lettre ni chiffre ; retiré." for word in empty
    ]
    return tuple(word for word in row.words(column) if word not in empty)


def _unknown_kind(text: str, vocabulary: Vocabulary) -> str:
    known = ", ".join(f"« {term.label.lower()} »" for term in vocabulary.terms("kinds"))
    return f"Champ « kind » : {shown(text)} n’est pas reconnu ; attendu : {known}."


def open_words(readable: Readable, *, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The words that the open vocabularies do not have yet: scheme and word."""
    return [
        *(("tools", word) for word in vocabulary.tools(readable.tools).unread),
        *(("competences", word) for word in vocabulary.competences(readable.competences).unread),
    ]


def build(readable: Readable, *, vocabulary: Vocabulary, linker: Linker) -> Record:
    """The record of the row. What had to be interpreted goes into the row's remarks."""
    row, remarks = readable.row, readable.remarks
    link = linker.link(
        theme_text=row.text("theme"),
        years=readable.years,
        disciplines=[term.code for term in readable.disciplines],
        discipline_text=row.text("discipline"),
    )
    remarks.told += [link.told] * bool(link.told)
    remarks.mended += [link.mended] * bool(link.mended)
    audience = vocabulary.audience(row.text("level"))
    remarks.mended += [
        f"Champ « level » : {shown(word)} n’est pas un niveau connu ; gardé tel quel, sans code."
        for word in audience.unread
    ]
    return Record(
        title=row.text("title"),
        title_is_exact=row.flag("title_exact") is not False,
        kind=_term(readable.kind),
        summary=row.text("summary_fr"),
        summary_basis=row.text("summary_basis"),
        certainty=row.text("traam_certitude"),
        years=readable.years.school_years,
        year_text=row.text("year"),
        campaign=link.campaign,
        theme=link.theme,
        theme_text="" if link.theme else row.text("theme"),
        academies=_terms(vocabulary.academy_entries[code].term for code in readable.academies),
        disciplines=_terms(readable.disciplines),
        discipline_text=row.text("discipline"),
        levels=_terms(audience.levels),
        cycles=_terms(audience.cycles),
        level_text=row.text("level"),
        school_types=_terms(audience.school_types),
        competences=_terms(vocabulary.competences(readable.competences).terms),
        tools=_terms(vocabulary.tools(readable.tools).terms),
        links=_links(row),
        source=row.text("source"),
        note=row.text("note"),
        is_archive=True,
    )


def _links(row: RawRow) -> tuple[Link, ...]:
    url, source = row.text("url"), row.text("source")
    links = [Link(url=url, role="original")] if url else []
    if source != url and is_web_address(source):
        links.append(Link(url=source, role="source"))
    return tuple(links)


def _term(term: VocabularyTerm) -> Term:
    return Term(code=term.code, label=term.label, uri=term.uri)


def _terms(terms: Iterable[VocabularyTerm]) -> tuple[Term, ...]:
    return tuple(_term(term) for term in terms)
