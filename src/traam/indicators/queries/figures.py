"""The figures of a campaign, counted in the database, never typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import Count, Q, QuerySet, Sum

from traam.campaigns.models import ThemeTerm
from traam.campaigns.rules.calendar import Milestone
from traam.groups.models import Allotment, Member, Spent
from traam.groups.rules.life import TeamState
from traam.indicators.definitions import Measure
from traam.indicators.queries.scope import Scope
from traam.kit.clock import day_of
from traam.syntheses.models import Synthesis
from traam.syntheses.rules.life import SynthesisKind
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


def _people(rows: QuerySet[Member]) -> int:
    """Different people, and those named who have no account yet."""
    found = rows.aggregate(
        people=Count("person", distinct=True), named=Count("pk", filter=Q(person=None))
    )
    return int(found["people"]) + int(found["named"])


def _academies(scope: Scope) -> int:
    rows = scope.living().exclude(academy=None)
    codes = rows.values_list("academy__code", "academy__successor__code")
    return len({successor or code for code, successor in codes})


def _disciplines(scope: Scope) -> int:
    terms = ThemeTerm.objects.filter(scheme="disciplines", theme__in=scope.themes())
    return terms.values("code").distinct().count()


def _sum(rows: QuerySet[Allotment] | QuerySet[Spent]) -> Decimal:
    total: Decimal | None = rows.aggregate(total=Sum("hours"))["total"]
    return total or Decimal(0)


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
    rows = scope.syntheses().filter(kind=SynthesisKind.NATIONAL).order_by("published_at", "pk")
    return [
        (one, (day_of(one.published_at) - day_of(end)).days) for one in rows if one.published_at
    ]


_COUNTS: Mapping[Measure, Callable[[Scope], int | Decimal | None]] = {
    M.TEACHERS: lambda scope: _people(scope.members()),
    M.NEWCOMERS: lambda scope: _people(scope.members().filter(is_newcomer=True)),
    M.TEAMS: lambda scope: scope.living().count(),
    M.LEFT: lambda scope: scope.teams().filter(state=TeamState.WITHDRAWN).count(),
    M.ACADEMIES: _academies,
    M.DISCIPLINES: _disciplines,
    M.GRANTED: lambda scope: _sum(scope.allotments()),
    M.SPENT: lambda scope: _sum(scope.spent()),
    M.PRODUCTIONS: lambda scope: scope.productions().count(),
    M.SHARED_DISCIPLINES: lambda scope: scope.of_several("disciplines").count(),
    M.SHARED_CYCLES: lambda scope: scope.of_several("cycles").count(),
    M.TESTED: lambda scope: scope.tested(1).count(),
    M.TESTED_TWICE: lambda scope: scope.tested(2).count(),
    M.TRIALS: lambda scope: scope.trials().filter(state=TrialState.CLOSED).count(),
    M.ABANDONED: lambda scope: scope.trials().filter(state=TrialState.ABANDONED).count(),
    M.OBSERVATIONS: lambda scope: scope.observations().count(),
    M.PUBLISHED: lambda scope: scope.productions().exclude(ark="").count(),
    M.SYNTHESES: lambda scope: scope.syntheses().count(),
    M.DELAY: _delay,
}


def figures(scope: Scope) -> dict[Measure, Figure]:
    """Every measure of the campaign; one query each, whatever its size."""
    return {measure: Figure(measure, _COUNTS[measure](scope)) for measure in Measure}


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
