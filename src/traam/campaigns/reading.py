"""What the words of a row mean, in the vocabularies: years, academies, disciplines. Writes nothing.

Both loaders read with it: that of themes here, that of productions in `catalogue`.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from traam.campaigns.rules.years import Years, school_year_of, span
from traam.kit.rows import shown
from traam.kit.text import MONTHS, of
from traam.reference.rules import AcademyEntry, Vocabulary, VocabularyTerm, read_years


@dataclass
class Remarks:
    """What is said of a row while it is read: `told` is information, `mended` a repair."""

    told: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every sentence, once; a refused row says its refusals alone."""
        return tuple(dict.fromkeys(self.refused or [*self.mended, *self.told]))


def years(text: str, remarks: Remarks) -> Years:
    """The span of the text; not known when it is empty or cannot be read (then it is refused)."""
    reading = read_years(text)
    remarks.refused += [f"Champ « year » : {reason}" for reason in reading.reasons]
    found = span(reading.years)
    if reading.years and found.address != text:
        remarks.mended.append(f"Champ « year » : {shown(text)} est lu « {found.address} ».")
    return found


def archive_years(text: str, remarks: Remarks, *, today: date) -> Years:
    """The same of a work that is done, or begins at the latest next year: a later year is kept, and
    said."""
    found = years(text, remarks)
    if found.is_far_ahead(today):
        latest = school_year_of(today) + 1
        remarks.mended.append(
            f"Champ « year » : {shown(text)} commence après l’année prochaine ; une année jusqu’à "
            f"« {latest}-{latest + 1} » est attendue ; gardée telle quelle."
        )
    return found


def academies(
    names: Iterable[str], *, column: str, over: Years, vocabulary: Vocabulary, remarks: Remarks
) -> dict[str, str]:
    """Code to the name given, in order. An unknown name is refused, with the nearest one."""
    found: dict[str, str] = {}
    for name in names:
        entry = vocabulary.academy(name)
        if entry is None:
            remarks.refused.append(_unknown(name, column, vocabulary))
        elif entry.code in found:
            remarks.mended.append(
                f"Champ « {column} » : {shown(name)} est déjà donnée ; gardée une fois."
            )
        else:
            found[entry.code] = name
            remarks.told += _standing(entry, over)
    return found


def _unknown(name: str, column: str, vocabulary: Vocabulary) -> str:
    known = [entry.name for entry in vocabulary.academy_entries.values()]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"la plus proche est « {close[0]} »" if close else "attendu : un nom comme « Lille »"
    return f"Champ « {column} » : {shown(name)} n’est pas une académie connue ; {hint}."


def _standing(entry: AcademyEntry, over: Years) -> list[str]:
    """What a reader should know of this academy in those years; nothing for most of them."""
    if entry.kind != "académie":
        return [f"{entry.name} n’est pas une académie ({entry.kind}) : participant admis."]
    starts, ends = over.starts_on, over.ends_on
    if starts is None or ends is None:
        return []
    born, gone = entry.valid_from, entry.valid_to
    if born and ends < born:
        return [f"L’académie {of(entry.name)} n’existait pas encore (créée le {_date(born)})."]
    if born and starts < born:
        return [f"{entry.name} : fusion au {_date(born)}, en cours d’année ; nommée telle quelle."]
    if gone and gone < starts:
        return [f"L’académie {of(entry.name)} n’existait plus (jusqu’au {_date(gone)})."]
    return []


def _date(day: date) -> str:
    """« 1er janvier 2020 »: a fact of history needs no weekday."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def disciplines(
    texts: Iterable[str], *, vocabulary: Vocabulary, remarks: Remarks
) -> tuple[VocabularyTerm, ...]:
    """The disciplines named; a word that is not one stays in the text as given, and is said."""
    found: dict[VocabularyTerm, None] = {}
    for text in texts:
        reading = vocabulary.disciplines(text)
        found |= dict.fromkeys(reading.terms)
        remarks.mended += [
            f"Champ « discipline » : {shown(word)} n’est pas une discipline connue ; gardé tel "
            "quel, sans code."
            for word in reading.unread
        ]
    return tuple(found)
