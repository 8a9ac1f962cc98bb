"""What the pages of the announcement show: each letter in a line, or whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from traam.kit.sheets import Cell, Sheet
from traam.selection.models import Decision, Letter
from traam.selection.papers import letters as papers
from traam.selection.queries.announcement import Foreseen, letter_of
from traam.selection.queries.recipients import Function, Reach, Recipient
from traam.selection.rules.life import DecisionKind

HEADERS = (
    "Thème",
    "Académie",
    "Candidature",
    "Décision",
    "Rang en réserve",
    "Motif",
    "Remarques",
    "Lettre",
    "Destinataires",
)


@dataclass(frozen=True)
class Line:
    """A letter in the list: its decision, in which state it is, who receives it."""

    decision: Decision
    letter: Letter | None
    told: Sequence[Recipient]

    @property
    def kind(self) -> DecisionKind:
        return DecisionKind(self.decision.kind)

    @property
    def state(self) -> str:
        """« retouchée », « à relire : la décision a changé », « telle que composée »…"""
        if self.letter is None or not self.letter.is_edited:
            return "partie" if self.letter and self.letter.sent_at else "telle que composée"
        if not papers.is_current(self.letter, self.decision):
            return "à relire : la décision a changé"
        return "retouchée, partie" if self.letter.sent_at else "retouchée"

    @property
    def needs_reading(self) -> bool:
        edited = self.letter is not None and self.letter.is_edited
        return edited and not papers.is_current(self.letter, self.decision)

    @property
    def by_function(self) -> list[tuple[Function, int]]:
        """How many people receive it, under each function."""
        found = [(each, sum(1 for one in self.told if one.function is each)) for each in Function]
        return [(each, count) for each, count in found if count]

    @property
    def unreached(self) -> int:
        return sum(1 for one in self.told if one.reach is Reach.NONE)


class LettersPage:
    """The letters of what is foreseen."""

    def __init__(self, foreseen: Foreseen, *, now: datetime) -> None:
        self.foreseen, self.now = foreseen, now

    def themes(self) -> list[tuple[str, str]]:
        """The themes that have a letter, for the filter."""
        found = {one.case.theme.code: one.case.theme.shown_title for one in self.foreseen.decisions}
        return list(found.items())

    def filtered(self, chosen: Mapping[str, str]) -> list[Decision]:
        rows: Iterable[Decision] = self.foreseen.decisions
        if kind := chosen.get("decision"):
            rows = [one for one in rows if one.kind == kind]
        if theme := chosen.get("theme"):
            rows = [one for one in rows if one.case.theme.code == theme]
        if chosen.get("lettre"):
            rows = [one for one in rows if (known := letter_of(one)) and known.is_edited]
        return list(rows)

    def shown(self, decision: Decision) -> Line:
        told = self.foreseen.told[decision.case.application_id]
        return Line(decision, letter_of(decision), told)

    def sheet(self, rows: Iterable[Decision]) -> Sheet:
        return Sheet("Décisions", HEADERS, (self._row(one) for one in rows))

    def _row(self, one: Decision) -> Sequence[Cell]:
        line = self.shown(one)
        return (
            one.case.theme.shown_title,
            one.case.application.academy.name,
            one.case.application.title,
            line.kind.label,
            one.rank,
            one.reason,
            one.remarks,
            line.state,
            len(line.told),
        )
