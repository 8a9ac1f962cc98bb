"""The instance as a linear program: columns, rows, costs, and the bounds that hard rules set.

Columns: first one per application (1 = retained), then the continuous ones of the soft rules, as
`objective` says. Rows: first those of the hard rules, whole numbers only, then those of the soft
rules, last the value itself, free until a choice must be worth something.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from traam.selection.optimiser import objective
from traam.selection.optimiser.constraints import Rule, RuleKind
from traam.selection.optimiser.instance import Application, Id, Instance

Terms = dict[int, float]  # the coefficient of each column
SIDES = {
    RuleKind.THEME_MIN: "theme",
    RuleKind.THEME_MAX: "theme",
    RuleKind.ACADEMY_MAX: "academy",
    RuleKind.INCOMPATIBLE: "pair",
}


@dataclass
class Bounds:
    """The least and the greatest of each column and of each row."""

    column_lower: list[float]
    column_upper: list[float]
    row_lower: list[float]
    row_upper: list[float]

    def copy(self) -> "Bounds":
        return Bounds(
            self.column_lower[:], self.column_upper[:], self.row_lower[:], self.row_upper[:]
        )

    def fix(self, column: int, number: float) -> None:
        self.column_lower[column] = self.column_upper[column] = number

    def contradict(self) -> bool:
        """Whether a column has no value left, or a row no column: HiGHS is not asked these."""
        if not self.column_lower:
            return any(low > 0 for low in self.row_lower)
        return any(
            low > high for low, high in zip(self.column_lower, self.column_upper, strict=True)
        )


@dataclass
class Model:
    """Of an instance whose rows are by id; `rules` sets the bounds, all of them or some."""

    instance: Instance
    costs: list[float] = field(default_factory=list)
    rows: list[Terms] = field(default_factory=list)
    whole_rows: int = 0
    _free: Bounds = field(default_factory=lambda: Bounds([], [], [], []))
    _places: dict[tuple[str, tuple[Id, ...]], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.instance.applications:
            self._column(objective.own_value(self.instance, row), upper=1)
        self._add_hard_rows()
        self.whole_rows = len(self.rows)
        self._add_places_served()
        self._add_shortages()
        self._row(dict(enumerate(self.costs)))

    @property
    def applications(self) -> tuple[Application, ...]:
        return self.instance.applications

    def column_of(self, identifier: Id) -> int:
        return self._places["application", (identifier,)]

    def marks(self) -> list[float]:
        """The costs that decide between equals."""
        extra = len(self.costs) - len(self.applications)
        return [objective.mark(row.id) for row in self.applications] + [0.0] * extra

    def bounds(self, rules: Iterable[Rule]) -> Bounds:
        """What these hard rules leave free."""
        made = self._free.copy()
        for rule in rules:
            if rule.kind in SIDES:
                self._bound_row(made, rule)
            elif rule.kind in (RuleKind.CONTINUING, RuleKind.LOCKED_IN):
                made.column_lower[self.column_of(rule.subjects[0])] = 1
            else:
                made.column_upper[self.column_of(rule.subjects[0])] = 0
        return made

    def _bound_row(self, made: Bounds, rule: Rule) -> None:
        place = self._places[SIDES[rule.kind], rule.subjects]
        if rule.kind is RuleKind.THEME_MIN:
            made.row_lower[place] = rule.limit
        else:
            made.row_upper[place] = 1 if rule.kind is RuleKind.INCOMPATIBLE else rule.limit

    def _column(self, cost: float, *, upper: float) -> int:
        self.costs.append(cost)
        self._free.column_lower.append(0.0)
        self._free.column_upper.append(upper)
        return len(self.costs) - 1

    def _row(self, terms: Terms, *, lower: float = -math.inf) -> int:
        self.rows.append(terms)
        self._free.row_lower.append(lower)
        self._free.row_upper.append(math.inf)
        return len(self.rows) - 1

    def _add_hard_rows(self) -> None:
        themes: dict[Id, Terms] = {row.id: {} for row in self.instance.themes}
        academies: dict[Id, Terms] = {row.id: {} for row in self.instance.academies}
        for column, row in enumerate(self.applications):
            self._places["application", (row.id,)] = column
            themes[row.theme][column] = academies[row.academy][column] = 1.0
        for name, groups in (("theme", themes), ("academy", academies)):
            for identifier, terms in groups.items():
                self._places[name, (identifier,)] = self._row(terms)
        for pair in self.instance.incompatible:
            terms = {self.column_of(identifier): 1.0 for identifier in pair}
            self._places["pair", pair] = self._row(terms)

    def _add_places_served(self) -> None:
        """Academies and régions académiques with at least one: s ≤ 1, s ≤ Σ of its applications."""
        weights = self.instance.weights
        regions: dict[Id, Terms] = {}
        for academy in self.instance.academies:
            terms = self.rows[self._places["academy", (academy.id,)]]
            self._add_place(terms, weights.served + weights.overseas * academy.overseas)
            if academy.region is not None:
                regions.setdefault(academy.region, {}).update(terms)
        for region in sorted(regions, key=str):
            self._add_place(regions[region], weights.region)

    def _add_place(self, terms: Terms, cost: float) -> None:
        if cost and terms:
            place = self._column(cost, upper=1)
            self._row({**terms, place: -1.0}, lower=0)

    def _add_shortages(self) -> None:
        """Levels and kinds of school: d ≥ 0, d ≥ target − count."""
        if not self.instance.weights.balance:
            return
        for dimension in objective.DIMENSIONS:
            for word, target in objective.targets(self.instance, dimension).items():
                terms = {
                    column: float(count)
                    for column, row in enumerate(self.applications)
                    if (count := getattr(row, dimension).count(word))
                }
                lacking = self._column(-self.instance.weights.balance, upper=math.inf)
                self._row({**terms, lacking: 1.0}, lower=target)
