"""The choice: the greatest value that the hard rules allow, proven; equals decided openly.

The objective and how ties are broken are written out in `objective`.
"""

import math
from dataclasses import dataclass

from traam.selection.optimiser import objective
from traam.selection.optimiser.constraints import broken, hard_rules
from traam.selection.optimiser.engine import ChoiceStatus, Engine, Found
from traam.selection.optimiser.greedy import greedy
from traam.selection.optimiser.instance import Id, Instance
from traam.selection.optimiser.model import Bounds, Model


@dataclass(frozen=True)
class Choice:
    """`retained` by id. `objective`: its value in points; `bound`: no choice is worth more.

    Infeasible: nothing is retained and both are None. Stopped: `retained` keeps every rule, or is
    empty with no objective where none was found in time.
    """

    status: ChoiceStatus
    objective: float | None
    bound: float | None
    retained: tuple[Id, ...]


@dataclass(frozen=True)
class Solved:
    """A choice with what computed it, so that what follows starts from there."""

    choice: Choice
    instance: Instance
    engine: Engine
    bounds: Bounds


def solve(instance: Instance, *, seconds: float = math.inf) -> Choice:
    """The choice; after `seconds` of computation, the best found so far."""
    return solved(instance, seconds=seconds).choice


def solved(instance: Instance, *, seconds: float = math.inf) -> Solved:
    """The same, ready to be explained."""
    ordered = instance.ordered()
    model = Model(ordered)
    engine = Engine(model, seconds=seconds)
    bounds = model.bounds(hard_rules(ordered))
    found = engine.best(bounds, model.costs)
    return Solved(_choice(ordered, engine, bounds, found), ordered, engine, bounds)


def _choice(instance: Instance, engine: Engine, bounds: Bounds, found: Found) -> Choice:
    if found.status is ChoiceStatus.INFEASIBLE:
        return Choice(ChoiceStatus.INFEASIBLE, None, None, ())
    if found.status is ChoiceStatus.STOPPED:
        return _stopped(instance, found)
    retained = settled(engine, bounds, found, engine.model.marks())
    reached = objective.value(instance, retained)
    return Choice(ChoiceStatus.OPTIMAL, reached, max(reached, found.bound), listed(retained))


def _stopped(instance: Instance, found: Found) -> Choice:
    """The better of what was found in time and of the greedy choice."""
    candidates = [one for one in (found.retained, greedy(instance)) if one is not None]
    bound = min(found.bound, objective.ceiling(instance))
    values = [(objective.value(instance, one), one) for one in candidates]
    if not values:
        return Choice(ChoiceStatus.STOPPED, None, bound, ())
    reached, best = max(values, key=lambda pair: pair[0])
    return Choice(ChoiceStatus.STOPPED, reached, max(reached, bound), listed(best))


def settled(engine: Engine, bounds: Bounds, found: Found, marks: list[float]) -> frozenset[Id]:
    """Among the choices equal to the one found, that with the greatest sum of marks."""
    instance = engine.model.instance
    assert found.retained is not None
    assert found.relaxation is not None
    floor = objective.value(instance, found.retained)
    equals = engine.narrowed(bounds, found.relaxation, floor)
    equals.row_lower[-1] = floor - objective.tolerance(floor) / 2
    by_id = dict(zip((row.id for row in instance.applications), marks, strict=False))
    known = math.fsum(by_id[one] for one in found.retained) - objective.tolerance(0)
    again = engine.best(equals, marks, known=known)
    if again.retained is None or broken(instance, again.retained):
        return found.retained
    is_equal = objective.value(instance, again.retained) >= floor - objective.tolerance(floor)
    return again.retained if is_equal else found.retained


def closeness(solved: Solved) -> list[float]:
    """Marks for `settled` that count who stays, then draw as ties are drawn: the fractions never
    make one."""
    kept, rows = set(solved.choice.retained), solved.instance.applications
    marks = [
        1 + (objective.mark(row.id) - 1) / len(rows) if row.id in kept else 0.0 for row in rows
    ]
    return marks + [0.0] * (len(solved.engine.model.costs) - len(rows))


def listed(retained: frozenset[Id]) -> tuple[Id, ...]:
    """By id."""
    return tuple(sorted(retained, key=str))
