"""The figures of a campaign, counted in the database, never typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import BigIntegerField, Count, DecimalField, F, QuerySet, Subquery
from django.db.models.functions import Coalesce

from traam.campaigns.models import ThemeTerm
from traam.campaigns.rules.calendar import Milestone
from traam.groups.models import Allotment, Member, Spent, Team
from traam.indicators.definitions import Measure
from traam.indicators.queries.scope import COUNTED, Scope
from traam.kit.clock import day_of
from traam.kit.counting import count_of, of_all, values_of
from traam.syntheses.models import Synthesis
from traam.trials.rules.life import TrialState

M = Measure


@dataclass(frozen=True)
class Figure:
    """What was found of a measure: None, nothing to count yet. `whole`: what it is a part of."""

    measure: Measure
    value: int | Decimal | None

    @property
    def shown(self) -> int | float | None:
        """As a page writes it: hours without useless zeros."""
        if isinstance(self.value, Decimal):
            return int(self.value) if self.value == int(self.value) else float(self.value)
        return self.value


_HOURS = DecimalField(max_digits=10, decimal_places=2)
_DIFFERENT = "COUNT(DISTINCT %s)"


def _people(rows: QuerySet[Member]) -> Subquery:
    """Different people, and those named who have no account yet, each by a number of their own."""
    one = Coalesce("person", -F("pk"), output_field=BigIntegerField())
    return of_all(rows, _DIFFERENT, one)


def _academies(rows: QuerySet[Team]) -> Subquery:
    return of_all(rows, _DIFFERENT, Coalesce("academy__successor__code", "academy__code"))


def _disciplines(rows: QuerySet[ThemeTerm]) -> Subquery:
    return of_all(rows, _DIFFERENT, "code")


def _sum(rows: QuerySet[Allotment] | QuerySet[Spent]) -> Subquery:
    return of_all(rows, "SUM(%s)", "hours", _HOURS)


def _delay(scope: Scope) -> int | None:
    """The median of the days between the campaign's end and each national synthesis."""
    days = [days for _, days in delays(scope)]
    return round(median(days)) if days else None


def delays(scope: Scope) -> list[tuple[Synthesis, int]]:
    """Each national synthesis published, with its days since the campaign's end; none when the
    calendar has no end."""
    end = scope.campaign.calendar.at(Milestone.END)
    if end is None:
        return []
    rows = COUNTED[M.DELAY](scope).order_by("published_at", "pk")
    return [
        (one, (day_of(one.published_at) - day_of(end)).days) for one in rows if one.published_at
    ]


# How its rows make a figure, for those that are not merely counted.
_VALUES: Mapping[Measure, Callable[[QuerySet[Any, Any]], Subquery]] = {
    M.TEACHERS: _people,
    M.NEWCOMERS: _people,
    M.ACADEMIES: _academies,
    M.DISCIPLINES: _disciplines,
    M.GRANTED: _sum,
    M.SPENT: _sum,
}


def figures(scope: Scope, measures: Iterable[Measure] = Measure) -> dict[Measure, Figure]:
    """These measures of the campaign: one query whatever its size, and two for the delay."""
    asked = list(measures)
    found: dict[str, int | Decimal | None] = values_of(
        **{
            one.value: _VALUES.get(one, count_of)(COUNTED[one](scope))
            for one in asked
            if one is not M.DELAY
        }
    )
    return {
        one: Figure(one, _delay(scope) if one is M.DELAY else found[one.value] or 0)
        for one in asked
    }


def presences(scope: Scope) -> dict[str, int]:
    """By academy of today, how many teams are at work there."""
    rows = scope.living().exclude(academy=None)
    counted = rows.values_list("academy__code", "academy__successor__code")
    found: dict[str, int] = {}
    for code, successor in counted:
        found[successor or code] = found.get(successor or code, 0) + 1
    return found


def by_state(scope: Scope) -> dict[TrialState, int]:
    """How many trials stand in each state."""
    rows = scope.trials().values("state").annotate(number=Count("pk")).order_by("state")
    found = {TrialState(row["state"]): row["number"] for row in rows}
    return {state: found.get(state, 0) for state in TrialState}


def by_kind(scope: Scope) -> list[tuple[str, int]]:
    """How many productions there are of each kind, the most frequent first."""
    rows = scope.productions().values("kind").annotate(number=Count("pk"))
    return [(row["kind"], row["number"]) for row in rows.order_by("-number", "kind")]
