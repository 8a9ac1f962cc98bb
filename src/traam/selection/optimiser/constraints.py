"""The hard rules, one by one, and whether a choice keeps them: the solver knows no other."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from traam.kit.labels import Labelled
from traam.selection.optimiser.instance import Application, Id, Instance, LockKind


class RuleKind(Labelled):
    """The hard rules."""

    THEME_MIN = "theme_min", "minimum d’un thème"
    THEME_MAX = "theme_max", "maximum d’un thème"
    ACADEMY_MAX = "academy_max", "maximum d’une académie"
    CONTINUING = "continuing", "équipe engagée pour deux ans"
    LOCKED_IN = "locked_in", "candidature retenue d’office"
    LOCKED_OUT = "locked_out", "candidature écartée d’office"
    NOT_ELIGIBLE = "not_eligible", "candidature non recevable"
    INCOMPATIBLE = "incompatible", "candidatures incompatibles"

    @property
    def is_bound(self) -> bool:
        """Whether the rule has a limit."""
        return self in (RuleKind.THEME_MIN, RuleKind.THEME_MAX, RuleKind.ACADEMY_MAX)


@dataclass(frozen=True)
class Rule:
    """One rule: `subjects` are the theme, the academy, the application or the two applications."""

    kind: RuleKind
    subjects: tuple[Id, ...]
    limit: int = 0


def hard_rules(instance: Instance) -> tuple[Rule, ...]:
    """Every rule of the instance, the wider first; a minimum of 0 is no rule."""
    rules = []
    for theme in instance.themes:
        if theme.minimum:
            rules.append(Rule(RuleKind.THEME_MIN, (theme.id,), theme.minimum))
        if theme.maximum is not None:
            rules.append(Rule(RuleKind.THEME_MAX, (theme.id,), theme.maximum))
    for academy in instance.academies:
        if academy.maximum is not None:
            rules.append(Rule(RuleKind.ACADEMY_MAX, (academy.id,), academy.maximum))
    for row in instance.applications:
        rules += [Rule(kind, (row.id,)) for kind in _own_rules(row)]
    rules += [Rule(RuleKind.INCOMPATIBLE, pair) for pair in instance.incompatible]
    return tuple(rules)


def _own_rules(row: Application) -> list[RuleKind]:
    held = {
        RuleKind.CONTINUING: row.continuing,
        RuleKind.LOCKED_IN: row.lock == LockKind.IN,
        RuleKind.LOCKED_OUT: row.lock == LockKind.OUT,
        RuleKind.NOT_ELIGIBLE: not row.eligible,
    }
    return [kind for kind, holds in held.items() if holds]


def broken(instance: Instance, retained: Collection[Id]) -> list[Rule]:
    """The rules that this choice breaks; none: it is a choice."""
    chosen = set(retained)
    counts = occupancy(instance, chosen)
    return [rule for rule in hard_rules(instance) if not _keeps(rule, chosen, counts)]


@dataclass(frozen=True)
class Occupancy:
    """How many retained applications each theme and each academy has."""

    themes: Counter[Id]
    academies: Counter[Id]


def occupancy(instance: Instance, retained: Collection[Id]) -> Occupancy:
    chosen = set(retained)
    rows = [row for row in instance.applications if row.id in chosen]
    return Occupancy(Counter(row.theme for row in rows), Counter(row.academy for row in rows))


def _keeps(rule: Rule, chosen: set[Id], counts: Occupancy) -> bool:
    first = rule.subjects[0]
    match rule.kind:
        case RuleKind.THEME_MIN:
            return counts.themes[first] >= rule.limit
        case RuleKind.THEME_MAX:
            return counts.themes[first] <= rule.limit
        case RuleKind.ACADEMY_MAX:
            return counts.academies[first] <= rule.limit
        case RuleKind.CONTINUING | RuleKind.LOCKED_IN:
            return first in chosen
        case RuleKind.LOCKED_OUT | RuleKind.NOT_ELIGIBLE:
            return first not in chosen
        case RuleKind.INCOMPATIBLE:
            return not chosen.issuperset(rule.subjects)
