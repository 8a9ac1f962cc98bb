"""What a file would change in a vocabulary, term by term, and why a term is refused; pure.

A term that disappears is ended, never deleted; a label that changes stays as a writing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from traam.kit.rows import Outcome, RowResult
from traam.reference.rules.facts import FORMER, SchemeFacts, TermFacts
from traam.reference.rules.files import Row, VocabularyFile
from traam.reference.rules.text import fold

ACADEMY_KINDS = ("académie", "vice-rectorat", "service de l'éducation nationale")
FIELD_LABELS = {
    "label": "Libellé",
    "parent": "Terme père",
    "uri": "Adresse",
    "official": "Libellé ScoLOMFR",
    "status": "État",
    "valid_from": "Début de validité",
    "valid_to": "Fin de validité",
    "rank": "Rang",
    "source": "Source",
    "note": "Note",
    "needs_review": "À vérifier",
    "facts": "Repères",
}


@dataclass(frozen=True, slots=True)
class Around:
    """What the file is compared with, beyond its own vocabulary."""

    codes_taken: Mapping[str, str] = field(default_factory=dict)  # by code, the other vocabulary
    regions: frozenset[str] = frozenset()  # the codes that an académie may name


@dataclass(frozen=True, slots=True)
class Plan:
    """The outcome of each term, and what to write: terms whole, and writings as (code, text)."""

    results: tuple[RowResult, ...]
    written: tuple[TermFacts, ...]
    writings: tuple[tuple[str, str], ...]


def plan(file: VocabularyFile, *, before: SchemeFacts | None, around: Around, today: date) -> Plan:
    """What loading this file would do. `before`: the same edition as it stands, None if new."""
    planner = _Planner(file, before, around)
    for number, row in enumerate(file.rows, start=1):
        planner.take(number, row)
    if not file.scheme.is_open:
        planner.end_missing(today)
    return Plan(tuple(planner.results), tuple(planner.written), tuple(planner.writings))


class _Planner:
    """One pass over one file."""

    def __init__(self, file: VocabularyFile, before: SchemeFacts | None, around: Around) -> None:
        self.scheme, self.around = file.scheme, around
        self.before = {term.code: term for term in before.terms} if before else {}
        self.given = {row.code for row in file.rows}
        self.codes = set(self.before) | {term.code for term in file.scheme.terms}
        self.parents = {term.code: term.parent for term in self.before.values()}
        self.parents |= {term.code: term.parent for term in file.scheme.terms}
        self.owners = {fold(t): term.code for term in self.before.values() for t in term.texts}
        self.seen: set[str] = set()
        self.results: list[RowResult] = []
        self.written: list[TermFacts] = []
        self.writings: list[tuple[str, str]] = []

    def take(self, number: int, row: Row) -> None:
        """Decides what becomes of one row."""
        term = row.term
        reasons = list(row.reasons) if term is None else self._faults(term)
        if term is None or reasons:
            self._say(number, Outcome.REFUSED, reasons)
            return
        self.seen.add(term.code)
        old = self.before.get(term.code)
        if old and old.replaced_by:
            reason = f"« {term.label} » a été rapproché de « {old.replaced_by} » : rien ne change."
            self._say(number, Outcome.UNCHANGED, [reason])
        else:
            self._write(number, term, old)

    def _write(self, number: int, term: TermFacts, old: TermFacts | None) -> None:
        added = [text for text in term.texts if fold(text) not in self.owners]
        self.owners |= {fold(text): term.code for text in added}
        self.writings += [(term.code, text) for text in added]
        if old is None:
            self.written.append(term)
            self._say(number, Outcome.TAKEN, [f"Nouveau terme « {term.label} » ({term.code})."])
            return
        new = replace(term, needs_review=term.needs_review and old.needs_review)
        reasons = list(differences(old, new))
        if reasons:
            self.written.append(new)
        reasons += [f"Nouvelle écriture « {text} »." for text in added if text != term.label]
        self._say(number, Outcome.TAKEN if reasons else Outcome.UNCHANGED, reasons)

    def end_missing(self, today: date) -> None:
        """Ends the terms that the file no longer has; one more result for each."""
        for term in self.before.values():
            if term.code in self.given or term.status == FORMER:
                continue
            last = max(today, term.valid_from or today)
            self.written.append(replace(term, status=FORMER, valid_to=term.valid_to or last))
            reason = f"« {term.label} » ({term.code}) n’est plus dans le fichier : il prend fin."
            self._say(len(self.results) + 1, Outcome.TAKEN, [reason])

    def _say(self, number: int, outcome: Outcome, reasons: Iterable[str]) -> None:
        self.results.append(RowResult(number, outcome, tuple(reasons)))

    def _faults(self, term: TermFacts) -> list[str]:
        faults = []
        if term.code in self.seen:
            faults.append(f"Code « {term.code} » : déjà donné plus haut dans le fichier.")
        if other := self.around.codes_taken.get(term.code):
            faults.append(f"Code « {term.code} » : déjà pris dans la même facette par « {other} ».")
        if term.parent and (term.parent not in self.codes or self._is_looped(term.code)):
            faults.append(f"Terme père « {term.parent} » : inconnu ici, ou descendant du terme.")
        faults += [
            f"L’écriture « {text} » désigne déjà le terme « {owner} »."
            for text in term.texts
            if (owner := self.owners.get(fold(text))) not in (None, term.code)
            and not self._is_merged(term.code)
        ]
        return faults + self._academy_faults(term)

    def _is_merged(self, code: str) -> bool:
        old = self.before.get(code)
        return bool(old and old.replaced_by)

    def _is_looped(self, code: str) -> bool:
        path, step = {code}, self.parents.get(code, "")
        while step:
            if step in path:
                return True
            path.add(step)
            step = self.parents.get(step, "")
        return False

    def _academy_faults(self, term: TermFacts) -> list[str]:
        if self.scheme.code != "academies":
            return []
        facts, faults = term.facts, []
        if facts.get("kind") not in ACADEMY_KINDS:
            faults.append(f"Nature « {facts.get('kind')} » : il faut {', '.join(ACADEMY_KINDS)}.")
        if facts.get("region", "") not in self.around.regions | {""}:
            faults.append(f"Région académique « {facts['region']} » : inconnue.")
        if facts.get("successor", "") not in self.codes | {""}:
            faults.append(f"Académie « {facts['successor']} », qui lui succéderait : inconnue.")
        if facts.get("successor") and not term.valid_to:
            faults.append("Une académie qui a une suite a une fin : « valid_to » manque.")
        if ("former_kind" in facts) != ("kind_since" in facts):
            faults.append("« former_kind » et « kind_since » vont ensemble.")
        return faults


def differences(old: TermFacts, new: TermFacts) -> Iterable[str]:
    """A sentence for each field that differs; writings apart."""
    for each in fields(TermFacts):
        name = each.name
        if name in FIELD_LABELS and (was := getattr(old, name)) != (now := getattr(new, name)):
            kept = " ; l’ancien reste une écriture" if name == "label" else ""
            label = FIELD_LABELS[name]
            yield f"{label} : « {_shown(was)} » devient « {_shown(now)} »{kept}."


def _shown(value: object) -> str:
    """The value as it is read in a report: « oui », « 6E, 5E », « step : 1 ; cycle : C4 »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return " ; ".join(f"{name} : {_shown(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return "" if value is None else str(value)
