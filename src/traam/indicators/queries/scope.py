"""What is counted: the things of a campaign, in the nation or in some academies."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from traam.access.roles import Role
from traam.campaigns.models import Campaign
from traam.groups.models import Allotment, Member, Spent, Team
from traam.groups.rules.life import TeamState
from traam.productions.models import Production
from traam.syntheses.models import Synthesis
from traam.syntheses.rules.life import SynthesisKind, SynthesisState
from traam.trials.models import CrossTest, Observation, Trial
from traam.trials.rules.life import CrossTestState, TrialState

Academies = frozenset[str] | None  # None: the nation
TEACHING = (Role.TEACHER, Role.REFERENT)


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

    def themes(self) -> list[int]:
        """The keys of the themes that a team works on."""
        return list(self.living().values_list("group__theme", flat=True).distinct())

    def members(self) -> QuerySet[Member]:
        """Those who teach, of the living teams."""
        return Member.objects.filter(team__in=self.living(), role__in=TEACHING)

    def productions(self) -> QuerySet[Production]:
        """Those that are shared."""
        rows = Production.objects.shared().filter(campaign=self.campaign)
        return rows.filter(self._here("team__"))

    def trials(self) -> QuerySet[Trial]:
        return Trial.objects.filter(self._here("team__"), campaign=self.campaign)

    def tests(self) -> QuerySet[CrossTest]:
        """The cross-tests given back of the productions counted."""
        return CrossTest.objects.filter(
            state=CrossTestState.CLOSED, production__in=self.productions()
        )

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
        count = Count("terms", filter=Q(terms__scheme=scheme), distinct=True)
        return self.productions().annotate(several=count).filter(several__gte=2)

    def tested(self, times: int) -> QuerySet[Production]:
        """The productions with so many tests given back, or more."""
        counts = self.tests().values("production").annotate(times=Count("pk"))
        enough = counts.filter(times__gte=times).values("production")
        return self.productions().filter(pk__in=enough)
