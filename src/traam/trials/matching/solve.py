"""The exact plan: HiGHS is asked for one criterion after the other, each held for the next.

Two criteria that are sums over pairs are asked at once, the first weighing more than all of the
second. The pairs of teams that must not close are left out at first, and those that did close are
put in until none does besides: what is then found is the best with all of them in, since leaving
rules out can only do better. One thread and one seed: the same instance always gets the same plan.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import highspy

from traam.trials.matching.criteria import Score, closed_pairs, score
from traam.trials.matching.instance import Id, Instance, Pair

_new: Any = highspy.Highs
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,  # every criterion is a whole number
}
Terms = dict[int, float]
Toward = tuple[Id, Id]  # a team, the team whose work it tests


@dataclass(frozen=True)
class Plan:
    """The new pairs, sorted, and what they are worth; `is_proven` False: the time was up."""

    pairs: tuple[Pair, ...]
    score: Score
    is_proven: bool


@dataclass
class _Model:
    """Columns and rows as they are built; a row is `lower` ≤ Σ terms ≤ `upper`."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, Terms, float]] = field(default_factory=list)

    def column(self, lower: float, upper: float, *, whole: bool) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def row(self, lower: float, terms: Terms, upper: float = math.inf) -> None:
        self.rows.append((lower, terms, upper))


def solved(instance: Instance, *, seconds: float = math.inf) -> Plan:
    """The best plan, by `criteria`. `seconds`: how long each question to HiGHS may take.

    Raises `Refusal` on an instance without a sense.
    """
    instance.check()
    pairs = instance.free()
    if not pairs:
        return Plan((), score(instance, ()), is_proven=True)
    seen: frozenset[Toward] = frozenset()
    while True:
        plan = _solved(instance, pairs, seen, seconds)
        closed = frozenset(closed_pairs(instance, {*plan.pairs, *instance.kept}))
        if closed <= seen:
            return plan
        seen |= closed


def _solved(
    instance: Instance, pairs: list[Pair], seen: Collection[Toward], seconds: float
) -> Plan:
    """The best plan when of the pairs of teams that must not close only these are counted."""
    model = _Model()
    columns = {pair: model.column(0, 1, whole=True) for pair in pairs}
    goals = [
        _coverage(instance, model, columns),
        _closed(instance, model, columns, seen),
        _uneven(instance, model, columns),
        _quality(instance, columns),
    ]
    solver = _loaded(model)
    proofs = [_pursued(solver, goal, len(model.lower), seconds) for goal in goals if goal]
    values = solver.getSolution().col_value
    made = tuple(pair for pair in pairs if values[columns[pair]] > 0.5)
    return Plan(made, score(instance, made), is_proven=all(proofs))


def _quality(instance: Instance, columns: Mapping[Pair, int]) -> Terms:
    """Level and discipline, then contexts unlike the author's, which never weigh more."""
    most = 3 * instance.wanted * len(instance.productions) + 1
    worth = {pair: instance.suits[pair] for pair in columns}
    terms = {columns[pair]: float(most * how.fit + how.difference) for pair, how in worth.items()}
    return terms if any(terms.values()) else {}


def _coverage(instance: Instance, model: _Model, columns: Mapping[Pair, int]) -> Terms:
    """Each production has at most what is wanted; what is sought is that it has one, then all."""
    tests: dict[Id, list[int]] = defaultdict(list)
    for (production, _), column in columns.items():
        tests[production].append(column)
    kept = Counter(production for production, _ in instance.kept)
    terms = dict.fromkeys(columns.values(), 1.0)
    most = instance.wanted * len(instance.productions) + 1
    for one, asked in sorted(tests.items()):
        model.row(-math.inf, dict.fromkeys(asked, 1.0), max(0, instance.wanted - kept[one]))
        if not kept[one]:
            has = model.column(0, 1, whole=False)
            model.row(0, {**dict.fromkeys(asked, 1.0), has: -1.0})
            terms[has] = float(most)
    return terms


def _uneven(instance: Instance, model: _Model, columns: Mapping[Pair, int]) -> Terms:
    """The loads keep to their maxima; what they are apart beyond one is a column, to be low."""
    given: dict[Id, Terms] = {one.id: {} for one in instance.testers}
    kept = Counter(tester for _, tester in instance.kept)
    for (_, tester), column in columns.items():
        given[tester][column] = 1.0
    most = model.column(0, len(instance.productions), whole=False)
    least = model.column(0, len(instance.productions), whole=False)
    apart = model.column(0, len(instance.productions), whole=False)
    model.row(-1, {apart: 1.0, most: -1.0, least: 1.0})
    for one in instance.testers:
        load = given[one.id]
        if one.maximum is not None:
            model.row(-math.inf, load, max(0, one.maximum - kept[one.id]))
        minus = dict.fromkeys(load, -1.0)
        model.row(kept[one.id], {most: 1.0, **minus})
        model.row(-kept[one.id], {least: -1.0, **load})
    return {apart: -1.0}


@dataclass(frozen=True)
class _Ties:
    """Which columns make a team test the work of another; `settled`: it does already."""

    columns: Mapping[Toward, list[int]]
    settled: frozenset[Toward]

    def elsewhere(self, one: Id, other: Id) -> list[Toward]:
        """The ties of these two with a third."""
        return [
            each
            for each in sorted({*self.columns, *self.settled})
            if each[0] in (one, other) and each[1] not in (one, other)
        ]


def _ties(instance: Instance, columns: Mapping[Pair, int]) -> _Ties:
    team_of = instance.team_of
    toward: dict[Toward, list[int]] = defaultdict(list)
    for (production, tester), column in columns.items():
        toward[tester, team_of[production]].append(column)
    settled = {(tester, team_of[production]) for production, tester in instance.kept}
    return _Ties(dict(toward), frozenset(settled))


def _closed(
    instance: Instance, model: _Model, columns: Mapping[Pair, int], seen: Collection[Toward]
) -> Terms:
    """A column for each of these pairs of teams: 1 when each tests the other and neither tests a
    third. They did close once: each may test the other, and nothing settled ties them to a third.
    """
    ties = _ties(instance, columns)
    goal: Terms = {}
    for one, other in sorted(seen):
        elsewhere = ties.elsewhere(one, other)
        closes = model.column(0, 1, whole=False)
        terms = {closes: 1.0}
        for each in elsewhere:
            terms |= dict.fromkeys(ties.columns[each], 1.0)
        mutual = [_tests(ties, each, model, terms) for each in ((one, other), (other, one))]
        model.row(sum(mutual) - 1, terms)
        goal[closes] = -1.0
    return goal


def _tests(ties: _Ties, toward: Toward, model: _Model, terms: Terms) -> int:
    """1 when the tie is settled; else a column that says whether it is made joins the terms."""
    if toward in ties.settled:
        return 1
    tests = model.column(0, 1, whole=True)
    for column in ties.columns[toward]:
        model.row(0, {tests: 1.0, column: -1.0})
    terms[tests] = -1.0
    return 0


def _loaded(model: _Model) -> Any:
    solver = _new()
    for name, chosen in _OPTIONS.items():
        solver.setOptionValue(name, chosen)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.lower), len(model.rows)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = [0.0] * len(model.lower)
    program.col_lower_, program.col_upper_ = model.lower, model.upper
    program.row_lower_ = [lower for lower, _, _ in model.rows]
    program.row_upper_ = [upper for _, _, upper in model.rows]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    starts = [0]
    for _, terms, _ in model.rows:
        starts.append(starts[-1] + len(terms))
    program.a_matrix_.start_ = starts
    program.a_matrix_.index_ = [column for _, terms, _ in model.rows for column in terms]
    program.a_matrix_.value_ = [one for _, terms, _ in model.rows for one in terms.values()]
    kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
    program.integrality_ = [kinds[is_whole] for is_whole in model.whole]
    solver.passModel(program)
    return solver


def _pursued(solver: Any, goal: Terms, columns: int, seconds: float) -> bool:
    """Maximises this criterion, then holds it; whether it was proven."""
    costs = [goal.get(column, 0.0) for column in range(columns)]
    solver.changeColsCost(columns, list(range(columns)), costs)
    if math.isfinite(seconds):
        solver.setOptionValue("time_limit", solver.getRunTime() + seconds)
    solver.run()
    is_proven = bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)
    reached = round(solver.getInfo().objective_function_value)
    solver.addRow(reached - 0.25, math.inf, len(goal), list(goal), list(goal.values()))
    return is_proven
