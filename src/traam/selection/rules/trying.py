"""« Et si ? »: what locking some applications in or out costs, who leaves and who enters; pure.

The same questions to the same model as the explanation of a choice: the bounds change, the
objective does not, and among equal choices the one that moves the fewest is told.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from traam.selection.optimiser import objective
from traam.selection.optimiser.conflict import conflict
from traam.selection.optimiser.constraints import Rule, RuleKind
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.instance import Application, Instance, LockKind
from traam.selection.optimiser.solve import Solved, closeness, settled


@dataclass(frozen=True)
class Tried:
    """`cost`: points that the choice loses; None: it could not be told in time, or nothing is
    possible, and then `conflict` says why."""

    cost: float | None
    leaves: tuple[str, ...] = ()
    enters: tuple[str, ...] = ()
    retained: tuple[str, ...] = ()
    conflict: tuple[Rule, ...] = ()

    @property
    def is_possible(self) -> bool:
        return not self.conflict


def tried(solved: Solved, wanted: Mapping[str, LockKind]) -> Tried:
    """What these locks, on top of those of the instance or in their place, change in its choice.

    A choice must have been found. Raises KeyError on an unknown application.
    """
    instance, engine = solved.instance, solved.engine
    locked = with_locks(instance, wanted)
    if any(_is_barred(row, wanted) for row in instance.applications):
        return Tried(None, conflict=conflict(locked))
    bounds = solved.bounds.copy()
    for code, lock in wanted.items():
        bounds.fix(engine.model.column_of(code), float(lock is LockKind.IN))
    found = engine.best(bounds, engine.model.costs)
    if found.status is ChoiceStatus.INFEASIBLE:
        return Tried(None, conflict=conflict(locked))
    if found.status is ChoiceStatus.STOPPED:
        return Tried(None)
    others = {str(one) for one in settled(engine, bounds, found, closeness(solved))}
    kept = {str(one) for one in solved.choice.retained}
    return Tried(
        cost=_lost(instance, kept, others),
        leaves=tuple(sorted(kept - others)),
        enters=tuple(sorted(others - kept)),
        retained=tuple(sorted(others)),
    )


def with_locks(instance: Instance, wanted: Mapping[str, LockKind]) -> Instance:
    """The instance with these locks. Raises KeyError on an unknown application."""
    known = {str(row.id) for row in instance.applications}
    for code in wanted:
        if code not in known:
            raise KeyError(code)
    rows = (replace(row, lock=wanted.get(str(row.id), row.lock)) for row in instance.applications)
    return replace(instance, applications=tuple(rows))


def _is_barred(row: Application, wanted: Mapping[str, LockKind]) -> bool:
    """Another rule than a lock holds it where it is."""
    lock = wanted.get(str(row.id))
    return (lock is LockKind.IN and not row.eligible) or (lock is LockKind.OUT and row.continuing)


def _lost(instance: Instance, kept: set[str], others: set[str]) -> float:
    before = objective.value(instance, kept)
    lost = before - objective.value(instance, others)
    return 0.0 if math.isclose(lost, 0.0, abs_tol=objective.tolerance(before)) else lost


# What would make a choice possible again, rule by rule: people may always decide beside the
# computation, and say why.
RELAX: Mapping[RuleKind, str] = {
    RuleKind.THEME_MIN: "laisser ce thème sous son minimum, par une décision motivée",
    RuleKind.THEME_MAX: "retenir plus d’académies que prévu, par une décision motivée",
    RuleKind.ACADEMY_MAX: "donner à cette académie un thème de plus, par une décision motivée",
    RuleKind.CONTINUING: "s’assurer que cette équipe poursuit bien ses travaux",
    RuleKind.LOCKED_IN: "lever ce verrou",
    RuleKind.LOCKED_OUT: "lever ce verrou",
    RuleKind.NOT_ELIGIBLE: "faire rendre au moins un avis sur cette candidature",
    RuleKind.INCOMPATIBLE: "choisir entre ces deux candidatures",
}


def because(instance: Instance, code: str, entering: Collection[str]) -> str:
    """Why this application leaves when those enter, in French: the rule that they share, the
    narrowest first."""
    rows = {str(row.id): row for row in instance.applications}
    row, others = rows[code], [rows[one] for one in entering]
    pairs = {frozenset(map(str, pair)) for pair in instance.incompatible}
    if any(frozenset({code, str(one.id)}) in pairs for one in others):
        return "elles ne peuvent être retenues ensemble"
    places = next(one.maximum for one in instance.themes if one.id == row.theme)
    if places and any(one.theme == row.theme for one in others):
        return f"même thème, qui retient au plus {places} académie{'s' * (places > 1)}"
    themes = next(one.maximum for one in instance.academies if one.id == row.academy)
    if themes and any(one.academy == row.academy for one in others):
        return f"même académie, limitée à {themes} thème{'s' * (themes > 1)}"
    return "par contrecoup : l’ensemble vaut alors davantage sans elle"
