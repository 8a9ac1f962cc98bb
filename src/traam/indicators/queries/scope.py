"""What is counted: the things of a campaign, in the nation or in some academies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.models import Campaign, ThemeTerm
from traam.groups.models import Allotment, Member, Spent, Team
from traam.groups.rules.life import TeamState
from traam.indicators.definitions import Measure
from traam.productions.models import Production, ProductionTerm
from traam.syntheses.models import Synthesis
from traam.syntheses.rules.life import SynthesisKind, SynthesisState
from traam.trials.models import CrossTest, Observation, Trial
from traam.trials.rules.life import CrossTestState, TrialState

M = Measure
Academies = frozenset[str] | None  # None: the nation
READ = "indicators.read"
NATIONAL = (Role.PILOT, Role.DGESCO, Role.EXPERT, Role.GENERAL_INSPECTOR)
LOCAL = (Role.DIGITAL_DELEGATE, Role.RECTOR)
TEACHING = (Role.TEACHER, Role.REFERENT)


def academies_of(actor: Actor) -> Academies:
    """Whose rows this person may read, of those who read any."""
    mandates = [one for one in actor.in_force if one.role in (*NATIONAL, *LOCAL)]
    if any(one.role in NATIONAL for one in mandates):
        return None
    return frozenset(code for one in mandates for code in one.academies)


@dataclass(frozen=True)
class Scope:
    """What is counted: a campaign, in the nation or in some academies (those that followed them
    included)."""

    campaign: Campaign
    academies: Academies = None

    def _here(self, path: str) -> Q:
        if self.academies is None:
            return Q()
        codes = sorted(self.academies)
        return Q(**{f"{path}academy__code__in": codes}) | Q(
            **{f"{path}academy__successor__code__in": codes}
        )

    def teams(self) -> QuerySet[Team]:
        """Every team, those that left too."""
        return Team.objects.filter(self._here(""), group__campaign=self.campaign)

    def living(self) -> QuerySet[Team]:
        return self.teams().exclude(state=TeamState.WITHDRAWN)

    def disciplines(self) -> QuerySet[ThemeTerm]:
        """Those of the themes that a team works on, once a theme."""
        themes = self.living().values("group__theme")
        return ThemeTerm.objects.filter(scheme="disciplines", theme__in=themes)

    def members(self) -> QuerySet[Member]:
        """Those who teach, of the living teams."""
        return Member.objects.filter(team__in=self.living(), role__in=TEACHING)

    def productions(self) -> QuerySet[Production]:
        """Those that are shared."""
        rows = Production.objects.shared().filter(campaign=self.campaign)
        return rows.filter(self._here("team__"))

    def trials(self) -> QuerySet[Trial]:
        return Trial.objects.filter(self._here("team__"), campaign=self.campaign)

    def observations(self) -> QuerySet[Observation]:
        rows = Observation.objects.filter(trial__in=self.trials(), kept_at=None, withdrawn_at=None)
        return rows.filter(trial__state=TrialState.CLOSED)

    def allotments(self) -> QuerySet[Allotment]:
        return Allotment.objects.filter(team__in=self.teams())

    def spent(self) -> QuerySet[Spent]:
        return Spent.objects.filter(team__in=self.teams(), cancelled_at=None)

    def syntheses(self) -> QuerySet[Synthesis]:
        """Those that are published; in some academies, those that one of their teams signs."""
        rows = Synthesis.objects.filter(campaign=self.campaign, state=SynthesisState.PUBLISHED)
        rows = rows.exclude(kind=SynthesisKind.TRIAL_REPORT)
        if self.academies is None:
            return rows
        return rows.filter(teams__in=self.living()).distinct()

    def of_several(self, scheme: str) -> QuerySet[Production]:
        """The productions with two terms or more of this vocabulary."""
        return self._with(ProductionTerm.objects.filter(scheme=scheme), 2)

    def tested(self, times: int) -> QuerySet[Production]:
        """The productions with so many tests given back, or more."""
        return self._with(CrossTest.objects.filter(state=CrossTestState.CLOSED), times)

    def _with(
        self, things: QuerySet[CrossTest] | QuerySet[ProductionTerm], times: int
    ) -> QuerySet[Production]:
        """The productions that have so many of these things, or more."""
        here: QuerySet[Any, Any] = things.filter(production__campaign=self.campaign)
        counted = here.values("production")
        enough = counted.annotate(times=Count("pk")).filter(times__gte=times).values("production")
        return self.productions().filter(pk__in=enough)


# The rows that each measure counts: the figure and the rows behind it are of the same things.
COUNTED: Mapping[Measure, Callable[[Scope], QuerySet[Any, Any]]] = {
    M.TEACHERS: Scope.members,
    M.NEWCOMERS: lambda scope: scope.members().filter(is_newcomer=True),
    M.TEAMS: Scope.living,
    M.LEFT: lambda scope: scope.teams().filter(state=TeamState.WITHDRAWN),
    M.ACADEMIES: lambda scope: scope.living().exclude(academy=None),
    M.DISCIPLINES: Scope.disciplines,
    M.GRANTED: Scope.allotments,
    M.SPENT: Scope.spent,
    M.PRODUCTIONS: Scope.productions,
    M.SHARED_DISCIPLINES: lambda scope: scope.of_several("disciplines"),
    M.SHARED_CYCLES: lambda scope: scope.of_several("cycles"),
    M.TESTED: lambda scope: scope.tested(1),
    M.TESTED_TWICE: lambda scope: scope.tested(2),
    M.TRIALS: lambda scope: scope.trials().filter(state=TrialState.CLOSED),
    M.ABANDONED: lambda scope: scope.trials().filter(state=TrialState.ABANDONED),
    M.OBSERVATIONS: Scope.observations,
    M.PUBLISHED: lambda scope: scope.productions().exclude(ark=""),
    M.SYNTHESES: Scope.syntheses,
    M.DELAY: lambda scope: scope.syntheses().filter(kind=SynthesisKind.NATIONAL),
}
