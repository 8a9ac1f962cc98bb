"""What the pages of cross-tests show: a plan by team, a test beside its original."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from traam.groups.models import Team
from traam.productions.models import Production
from traam.trials.matching.criteria import Score
from traam.trials.matching.instance import Instance
from traam.trials.models import CrossTest, CrossTestPlan
from traam.trials.queries.plan import Panel
from traam.trials.rules.life import CrossTestState, TrialState

FITS = {3: "même niveau", 2: "même cycle", 1: "niveau non précisé", 0: ""}


@dataclass(frozen=True)
class Given:
    """A test that the plan gives a team."""

    production: Production
    fit: str
    difference: int


@dataclass(frozen=True)
class Load:
    """What the plan gives a team, and what it has already."""

    team: Team
    new: tuple[Given, ...]
    kept: int


@dataclass(frozen=True)
class Lacking:
    """A production that the plan cannot cover as wanted."""

    production: Production
    tests: int
    sentence: str


@dataclass(frozen=True)
class PlanPage:
    """A plan as it is read before it is adopted."""

    plan: CrossTestPlan
    wanted: int
    loads: tuple[Load, ...]
    lacking: tuple[Lacking, ...]
    score: Score
    productions: int
    is_stale: bool

    @property
    def new(self) -> int:
        """How many tests it would ask."""
        return sum(len(one.new) for one in self.loads)


def plan_page(plan: CrossTestPlan, panel: Panel) -> PlanPage:
    """The plan, in the names of today; what has left the group since is left out."""
    seen = Instance.from_data(plan.instance)
    most = seen.testers[0].maximum if seen.testers else None
    now = panel.instance(wanted=seen.wanted, maximum=most)
    return PlanPage(
        plan=plan,
        wanted=seen.wanted,
        loads=tuple(_loads(plan, seen, panel)),
        lacking=tuple(
            Lacking(panel.productions[one["production"]], one["tests"], one["sentence"])
            for one in plan.result["shortages"]
            if one["production"] in panel.productions
        ),
        score=Score(**plan.result["score"]),
        productions=len(seen.productions),
        is_stale=plan.adopted_at is None and now.as_data() != plan.instance,
    )


def _loads(plan: CrossTestPlan, seen: Instance, panel: Panel) -> list[Load]:
    new: Mapping[str, list[Given]] = defaultdict(list)
    for production, team in plan.result["pairs"]:
        if production in panel.productions:
            how = seen.suits[production, team]
            given = Given(panel.productions[production], FITS[how.fit], how.difference)
            new[team].append(given)
    kept = [tester for _, tester in seen.kept]
    return [Load(team, tuple(new[code]), kept.count(code)) for code, team in panel.teams.items()]


@dataclass(frozen=True)
class CrossTestPage:
    """A cross-test, and what its reader may do of it."""

    test: CrossTest
    may_answer: bool
    may_ask: bool
    may_read_trial: bool

    @property
    def may_choose(self) -> bool:
        """Is it still to be said, or may it be said otherwise, who tries it?"""
        trial = self.test.trial
        if trial is None or self.test.state == CrossTestState.ASKED:
            return self.test.state == CrossTestState.ASKED
        is_begun = trial.state != TrialState.PLANNED or trial.protocol_at is not None
        return self.test.state == CrossTestState.ACCEPTED and not is_begun

    @property
    def tried_by(self) -> str:
        """Who tries it, for whoever answers for the team or reads the trial; else nothing."""
        if self.test.trial is None or not (self.may_answer or self.may_read_trial):
            return ""
        return str(self.test.trial.teacher)
