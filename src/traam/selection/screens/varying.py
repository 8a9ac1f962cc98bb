"""Kept variants as their pages show them, one by one and two side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from traam.kit.sheets import Cell
from traam.selection.models import Case, Variant
from traam.selection.optimiser import objective
from traam.selection.optimiser.instance import Application
from traam.selection.optimiser.wording import Names, points
from traam.selection.queries.instance import Gathered
from traam.selection.rules.kept import Computed, compared
from traam.selection.rules.life import DecisionKind
from traam.selection.rules.proposing import computed_kind
from traam.selection.rules.trying import RELAX

TERMS: Mapping[str, str] = {
    "score": "Les notes",
    "rank": "L’ordre donné par les académies",
    "served": "Les académies servies",
    "overseas": "L’outre-mer",
    "region": "Les régions académiques",
    "newcomer": "Les nouvelles venues",
    "balance": "L’équilibre des niveaux et des établissements",
}


@dataclass(frozen=True)
class VariantRow:
    """A line of the list."""

    variant: Variant
    computed: Computed

    @property
    def status(self) -> str:
        return self.computed.choice.status.label

    @property
    def badge(self) -> str:
        if self.computed.is_proven:
            return "success"
        return "warning" if self.computed.is_possible else "error"

    @property
    def retained(self) -> int:
        return len(self.computed.choice.retained)

    @property
    def value(self) -> str:
        value = self.computed.choice.objective
        return "–" if value is None else points(value)

    @property
    def locks(self) -> int:
        return sum(row.lock is not None for row in self.computed.instance.applications)


@dataclass(frozen=True)
class ChoiceLine:
    """An application in a variant."""

    title: str
    academy: str
    theme: str
    kind: DecisionKind | None
    score: float
    why: str
    price: float | None
    reserve_rank: int | None
    is_fragile: bool = False


class VariantPage:
    """The whole of a variant."""

    headers = ("Thème", "Académie", "Candidature", "Note sur 20", "Calculé", "Prix", "Pourquoi")

    def __init__(self, variant: Variant, computed: Computed, data: Gathered) -> None:
        self.variant, self.computed, self.data = variant, computed, data
        self.row = VariantRow(variant, computed)
        self.is_stale = computed.instance != data.instance

    @cached_property
    def names(self) -> Names:
        """Of what was known then and is known still; the others by their codes."""
        return self.data.names()

    @cached_property
    def lines(self) -> list[ChoiceLine]:
        rows = self.computed.instance.applications
        ordered = sorted(rows, key=lambda row: (str(row.theme), -row.score, str(row.id)))
        return [self._line(row) for row in ordered]

    def _line(self, row: Application) -> ChoiceLine:
        code = str(row.id)
        case: Case | None = self.data.cases.get(code)
        reserve = self.computed.reserve(str(row.theme))
        kind = computed_kind(self.computed, code)
        held = self.computed.held().get(code)
        return ChoiceLine(
            title=case.application.title if case else code,
            academy=self.names.academies.get(row.academy, str(row.academy)),
            theme=self.names.themes.get(row.theme, str(row.theme)),
            kind=kind,
            score=row.score,
            why=self.computed.sentence(code, names=self.names),
            price=self.computed.price_of(code, is_in=kind is not DecisionKind.RETAINED),
            reserve_rank=reserve.index(code) + 1 if code in reserve else None,
            is_fragile=held is not None and not held.is_robust and not held.is_imposed,
        )

    @property
    def groups(self) -> list[tuple[str, list[ChoiceLine]]]:
        """By theme."""
        found: dict[str, list[ChoiceLine]] = {}
        for line in self.lines:
            found.setdefault(line.theme, []).append(line)
        return list(found.items())

    @property
    def terms(self) -> list[tuple[str, str, str]]:
        """What each rule brings to the value: its name, its weight, its points."""
        if not self.computed.is_possible:
            return []
        weights = vars(self.computed.instance.weights)
        found = objective.terms(self.computed.instance, self.computed.choice.retained)
        return [
            (label, f"{weights[name]:g}".replace(".", ","), points(found[name]))
            for name, label in TERMS.items()
            if weights[name]
        ]

    @property
    def contradiction(self) -> list[tuple[str, str]]:
        """The rules that contradict each other, each with what would relax it."""
        sentences = self.computed.contradiction(names=self.names)
        rules = self.computed.explanation.conflict
        return [(said, RELAX[rule.kind]) for said, rule in zip(sentences, rules, strict=True)]


def sheet_rows(page: VariantPage) -> Iterator[Sequence[Cell]]:
    """The lines, for a spreadsheet."""
    for line in page.lines:
        kind = line.kind.label if line.kind else "sans choix possible"
        yield line.theme, line.academy, line.title, line.score, kind, line.price, line.why


class ComparisonPage:
    """Two variants side by side."""

    def __init__(self, one: VariantRow, other: VariantRow, data: Gathered) -> None:
        self.one, self.other = one, other
        self.found = compared(one.computed, other.computed)
        self.names = data.names()
        self.data = data

    def _rows(self, codes: Sequence[str], computed: Computed) -> list[tuple[str, str, str]]:
        """The application, its theme, why the other variant does not retain it."""
        instance = {str(row.id): row for row in computed.instance.applications}
        return [
            (
                self.names.applications.get(code, code),
                self._theme(code),
                computed.sentence(code, names=self.names)
                if code in instance
                else "Elle n’était pas à l’étude.",
            )
            for code in codes
        ]

    def _theme(self, code: str) -> str:
        case = self.data.cases.get(code)
        return case.theme.shown_title if case else "–"

    @property
    def only_one(self) -> list[tuple[str, str, str]]:
        return self._rows(self.found.only_first, self.other.computed)

    @property
    def only_other(self) -> list[tuple[str, str, str]]:
        return self._rows(self.found.only_second, self.one.computed)

    @property
    def changed(self) -> list[str]:
        """The applications whose data differ: a lock, a review, a rank."""
        return [self.names.applications.get(code, code) for code in self.found.changed]
