"""Why: for each left out, the rule or the price; for each taken, how firmly; the reserves.

Each answer is a question to the same model with one bound changed: the application forced in, or
out. A price and a margin are in points of the objective; both are proven.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from traam.kit.labels import Labelled
from traam.selection.optimiser import objective
from traam.selection.optimiser.conflict import conflict
from traam.selection.optimiser.constraints import Rule, occupancy
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.instance import Application, Id, Instance, LockKind
from traam.selection.optimiser.model import Bounds
from traam.selection.optimiser.solve import Solved, closeness, listed, settled

HALF_POINT = 0.5 / 20  # of the scale: how much lower its own score is tried


class Why(Labelled):
    """Why an application is left out; where several hold, the first of these."""

    NOT_ELIGIBLE = "not_eligible", "non recevable"
    LOCKED_OUT = "locked_out", "écartée d’office"
    THEME_FULL = "theme_full", "thème complet"
    ACADEMY_FULL = "academy_full", "académie au complet"
    SCORE = "score", "valeur insuffisante"


@dataclass(frozen=True)
class LeftOut:
    """`price`: points that the choice loses when this one must be in; `displaces`: who then leaves,
    the fewest possible at that price. Infinite: no choice keeps every rule with it. None: its own
    rule excludes it, or the computation was stopped."""

    id: Id
    why: Why
    price: float | None
    displaces: tuple[Id, ...]


@dataclass(frozen=True)
class Held:
    """`margin`: points that the choice loses without this one. Infinite: no choice keeps every rule
    without it, or it is imposed. None: the computation was stopped.

    `falls_without`: the reviews (from 0) without any one of which it might not be in;
    `falls_lowered`: it might not be with its own score lowered by half a point on 20. Removing a
    review moves the score by as much as it moves the mean of the reviews; a lone review removed
    leaves nothing to stand on. Where the two choices would be equal, it might not be in.
    """

    id: Id
    margin: float | None = None
    is_imposed: bool = False
    reviews: int = 0
    falls_without: tuple[int, ...] = ()
    falls_lowered: bool = False

    @property
    def is_robust(self) -> bool:
        return self.margin is not None and not (self.falls_without or self.falls_lowered)


@dataclass(frozen=True)
class Explanation:
    """`left_out` and `held` by id. `reserves`: by theme, the left out that may be called, the first
    first: by price, then score (the greater first), then id; those without a price last."""

    left_out: tuple[LeftOut, ...]
    held: tuple[Held, ...]
    reserves: dict[Id, tuple[Id, ...]]
    conflict: tuple[Rule, ...]


def explain(solved: Solved) -> Explanation:
    """Of an optimal choice, everything; of one that was stopped, no price and no margin; where
    nothing is possible, the contradiction."""
    if solved.choice.status is ChoiceStatus.INFEASIBLE:
        return Explanation((), (), {}, conflict(solved.instance))
    retained = set(solved.choice.retained)
    rows = solved.instance.applications
    full = _full(solved.instance, retained)
    left_out = tuple(_left_out(solved, row, full) for row in rows if row.id not in retained)
    held = tuple(_held(solved, row) for row in rows if row.id in retained)
    return Explanation(left_out, held, _reserves(solved.instance, left_out), ())


def price(solved: Solved, identifier: Id) -> LeftOut:
    """Why this one alone is left out, and its price."""
    row = next(row for row in solved.instance.applications if row.id == identifier)
    return _left_out(solved, row, _full(solved.instance, solved.choice.retained))


def _full(instance: Instance, retained: Collection[Id]) -> dict[Why, set[Id]]:
    """The themes and the academies that have their maximum."""
    counts = occupancy(instance, retained)
    return {
        Why.THEME_FULL: {one.id for one in instance.themes if counts.themes[one.id] == one.maximum},
        Why.ACADEMY_FULL: {
            one.id for one in instance.academies if counts.academies[one.id] == one.maximum
        },
    }


def _left_out(solved: Solved, row: Application, full: dict[Why, set[Id]]) -> LeftOut:
    why = _why(row, full)
    if not row.is_open or solved.choice.status is ChoiceStatus.STOPPED:
        return LeftOut(row.id, why, None, ())
    bounds = solved.bounds.copy()
    bounds.fix(solved.engine.model.column_of(row.id), 1)
    price, displaces = _forced(solved, bounds)
    return LeftOut(row.id, why, price, displaces)


def _why(row: Application, full: dict[Why, set[Id]]) -> Why:
    holds = {
        Why.NOT_ELIGIBLE: not row.eligible,
        Why.LOCKED_OUT: row.lock == LockKind.OUT,
        Why.THEME_FULL: row.theme in full[Why.THEME_FULL],
        Why.ACADEMY_FULL: row.academy in full[Why.ACADEMY_FULL],
    }
    return next((why for why, is_so in holds.items() if is_so), Why.SCORE)


def _forced(solved: Solved, bounds: Bounds) -> tuple[float | None, tuple[Id, ...]]:
    """The points lost within these bounds, and who leaves: the fewest, by the marks."""
    engine, kept = solved.engine, set(solved.choice.retained)
    found = engine.best(bounds, engine.model.costs)
    if found.status is ChoiceStatus.STOPPED:
        return None, ()
    if found.retained is None:
        return math.inf, ()
    others = settled(engine, bounds, found, closeness(solved))
    return _lost(solved, others), listed(frozenset(kept) - others)


def _lost(solved: Solved, others: frozenset[Id]) -> float:
    assert solved.choice.objective is not None
    lost = solved.choice.objective - objective.value(solved.instance, others)
    return 0.0 if abs(lost) <= objective.tolerance(solved.choice.objective) else lost


def _held(solved: Solved, row: Application) -> Held:
    if row.is_imposed:
        return Held(row.id, margin=math.inf, is_imposed=True)
    if solved.choice.status is ChoiceStatus.STOPPED:
        return Held(row.id)
    bounds = solved.bounds.copy()
    bounds.fix(solved.engine.model.column_of(row.id), 0)
    found = solved.engine.best(bounds, solved.engine.model.costs)
    if found.status is ChoiceStatus.STOPPED:
        return Held(row.id)
    margin = math.inf if found.retained is None else _lost(solved, found.retained)
    return _shaken(solved.instance, row, margin)


def _shaken(instance: Instance, row: Application, margin: float) -> Held:
    """Its value falls by the weight of its score: in with it, what remains beats what was without
    it as long as the fall is less than the margin."""
    weight = instance.weights.score

    def falls(points: float) -> bool:
        if not weight or margin == math.inf:
            return False
        return points > 0 and weight * points >= margin - objective.tolerance(margin)

    without = tuple(number for number in range(len(row.reviews)) if falls(drop(row, number)))
    return Held(
        row.id,
        margin=margin,
        reviews=len(row.reviews),
        falls_without=without,
        falls_lowered=falls(HALF_POINT * instance.scale),
    )


def drop(row: Application, number: int) -> float:
    """By how many points the score falls without this review; all of it where it is alone."""
    others = [*row.reviews[:number], *row.reviews[number + 1 :]]
    return mean(row.reviews) - mean(others) if others else math.inf


def mean(scores: Sequence[float]) -> float:
    return math.fsum(scores) / len(scores)


def _reserves(instance: Instance, left_out: Sequence[LeftOut]) -> dict[Id, tuple[Id, ...]]:
    by_id = {one.id: one for one in left_out}

    def order(row: Application) -> tuple[bool, float, float, str]:
        price = by_id[row.id].price
        return price is None, price or 0.0, -row.score, str(row.id)

    waiting = [row for row in instance.applications if row.is_open and row.id in by_id]
    reserves: dict[Id, list[Id]] = {theme.id: [] for theme in instance.themes}
    for row in sorted(waiting, key=order):
        reserves[row.theme].append(row.id)
    return {theme: tuple(ids) for theme, ids in reserves.items()}
