"""A row of a file of campaigns, read into what will be written of its theme. Writes nothing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from traam.campaigns import reading
from traam.campaigns.reading import Remarks
from traam.campaigns.rules.life import Part
from traam.campaigns.rules.years import Years
from traam.kit.rows import Column, Kind, RawRow, shown
from traam.reference.rules import Vocabulary, VocabularyTerm

TRANSVERSAL = ("transversal", "transversale")
COLUMNS: Mapping[str, Column] = {
    "year": Column(present=True, limit=40),
    "discipline": Column(required=True, limit=300),
    "theme": Column(present=True, limit=2000),
    "source": Column(limit=2000),
    "cycles": Column(kind=Kind.WORDS, limit=200),
    "transversal": Column(kind=Kind.FLAG),
    "academies": Column(kind=Kind.WORDS, limit=200),
    "academies_total": Column(kind=Kind.COUNT),
    "academies_complete": Column(kind=Kind.FLAG),
    "academies_associees": Column(kind=Kind.WORDS, limit=200),
    "academies_abandon": Column(kind=Kind.WORDS, limit=200),
    "disciplines": Column(kind=Kind.WORDS, limit=300),
    "productions": Column(kind=Kind.COUNT),
    "tests_croises": Column(kind=Kind.COUNT),
    "note": Column(),
}


@dataclass(frozen=True, slots=True)
class Participant:
    """An academy by its code, its part, and how the source names it."""

    code: str
    part: Part
    named_as: str


_COPIED = (
    *("title", "transversal", "discipline_text", "cycle_text", "academies_total"),
    *("academies_complete", "productions_count", "cross_tests_count", "note", "source"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFacts:
    """All that a row says of a theme; empty or None: not known."""

    years: Years
    title: str
    transversal: bool
    discipline_text: str
    cycle_text: str
    terms: tuple[VocabularyTerm, ...]
    participants: tuple[Participant, ...]
    academies_total: int | None
    academies_complete: bool
    productions_count: int | None
    cross_tests_count: int | None
    note: str
    source: str

    def natural_key(self) -> str:
        """SHA-256 of year, discipline, theme and source, as given: the row's identity."""
        return _digest([self.years.address, self.discipline_text, self.title, self.source])

    def digest(self) -> str:
        """SHA-256 of the whole: equal facts, equal digests."""
        return _digest(asdict(self))

    def fields(self) -> dict[str, Any]:
        """What goes into the columns of `Theme`, but for its campaign and code."""
        made = {name: getattr(self, name) for name in _COPIED}
        return made | {"natural_key": self.natural_key(), "digest": self.digest()}


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read(row: RawRow, *, vocabulary: Vocabulary, today: date) -> tuple[ThemeFacts | None, Remarks]:
    """The facts of a row and what is to be said of it; None when it is refused."""
    remarks = Remarks(mended=list(row.mended), refused=list(row.refused))
    if remarks.refused:
        return None, remarks
    years = reading.archive_years(row.text("year"), remarks, today=today)
    participants = _participants(row, years, vocabulary, remarks)
    facts = ThemeFacts(
        years=years,
        title=row.text("theme"),
        transversal=_transversal(row, remarks),
        discipline_text=row.text("discipline"),
        cycle_text=" | ".join(row.words("cycles")),
        terms=_terms(row, vocabulary, remarks),
        participants=participants,
        academies_total=row.count("academies_total"),
        academies_complete=_complete(row, participants, remarks),
        productions_count=row.count("productions"),
        cross_tests_count=row.count("tests_croises"),
        note=row.text("note"),
        source=row.text("source"),
    )
    return (None if remarks.refused else facts), remarks


def _participants(
    row: RawRow, over: Years, vocabulary: Vocabulary, remarks: Remarks
) -> tuple[Participant, ...]:
    def named(column: str) -> dict[str, str]:
        return reading.academies(
            row.words(column), column=column, over=over, vocabulary=vocabulary, remarks=remarks
        )

    retained, associated = named("academies"), named("academies_associees")
    gone = named("academies_abandon")
    for code in associated.keys() & (retained.keys() | gone.keys()):
        remarks.refused.append(
            f"Champ « academies_associees » : {shown(associated[code])} est aussi donnée comme "
            "retenue ; l’une ou l’autre est attendue."
        )
    parts = [Participant(code, Part.ASSOCIATED, name) for code, name in associated.items()]
    members = retained | {code: name for code, name in gone.items() if code not in retained}
    return (
        *(
            Participant(code, Part.WITHDRAWN if code in gone else Part.RETAINED, name)
            for code, name in members.items()
        ),
        *parts,
    )


def _complete(row: RawRow, participants: tuple[Participant, ...], remarks: Remarks) -> bool:
    """Is the list complete? Refused when more academies are named than there were."""
    known = sum(one.part is not Part.ASSOCIATED for one in participants)
    total, complete = row.count("academies_total"), bool(row.flag("academies_complete"))
    if total is not None and total < known:
        remarks.refused.append(
            f"Champ « academies_total » : {total}, mais {known} académies sont nommées ; un "
            f"nombre d’au moins {known} est attendu."
        )
    elif complete and known < (total if total is not None else 1):
        remarks.mended.append(
            f"Champ « academies_complete » : vrai, mais {known} nommées sur "
            f"{total if total is not None else 'un nombre non connu'} ; la liste est tenue pour "
            "incomplète."
        )
        return False
    return complete


def _transversal(row: RawRow, remarks: Remarks) -> bool:
    given = row.flag("transversal")
    if row.text("discipline").lower() not in TRANSVERSAL:
        return bool(given)
    if not given:
        remarks.mended.append(
            "Champ « transversal » : la discipline est « Transversal » ; le thème est tenu pour "
            "transversal."
        )
    return True


def _terms(row: RawRow, vocabulary: Vocabulary, remarks: Remarks) -> tuple[VocabularyTerm, ...]:
    texts = (row.text("discipline"), *row.words("disciplines"))
    named = reading.disciplines(texts, vocabulary=vocabulary, remarks=remarks)
    audience = vocabulary.audience(row.words("cycles"))
    remarks.mended += [
        f"Champ « cycles » : {shown(word)} n’est ni un cycle ni un niveau connu ; gardé tel quel."
        for word in audience.unread
    ]
    return (*named, *audience.cycles, *audience.levels, *audience.school_types)
