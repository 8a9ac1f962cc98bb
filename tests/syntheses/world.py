"""A national group at work, with closed trials observed: what syntheses are written from."""

from dataclasses import dataclass, field
from datetime import datetime

from django.test import Client

from tests.groups.factories import NOW, NationalGroupFactory, TeamFactory, leader, member
from tests.people.factories import UserFactory
from tests.productions.factories import ProductionFactory
from tests.reference.factories import AcademyFactory, RegionFactory
from tests.trials.factories import CrossTestFactory, ObservationFactory, TrialFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.groups.models import NationalGroup, Team
from traam.people.models import User
from traam.syntheses import actions
from traam.syntheses.models import Finding, Synthesis
from traam.syntheses.rules.life import Capacity, FindingKind, Mark, Support, SynthesisKind
from traam.trials.models import Observation, Trial

BACKEND = "django.contrib.auth.backends.ModelBackend"
HTMX = {"HTTP_HX_REQUEST": "true"}


@dataclass
class World:
    """A group, its teams, their closed trials with an observation each."""

    group: NationalGroup
    teams: list[Team]
    trials: list[Trial] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    expert: Actor = field(init=False)
    inspection: Actor = field(init=False)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.expert = leader(self.group, Role.EXPERT)
        self.inspection = leader(self.group, Role.GENERAL_INSPECTOR)

    def observe(self, trial: Trial, **facts: object) -> Observation:
        """One more observation of a trial."""
        return ObservationFactory(trial=trial, seen_at=self.now, **facts)

    def finding(
        self, *supporting: int, contrary: tuple[int, ...] = (), text: str = "", sought: int = 0
    ) -> Finding:
        """A finding that these observations (by rank) support, sought in the first trials too."""
        number = Finding.objects.count()
        made = actions.write_finding(
            group=self.group,
            kind=FindingKind.GAIN_PUPILS,
            text=text or f"Comparer ses mesures fait reprendre les siennes, {number}.",
            now=self.now,
            actor=self.expert,
        )
        for support, ranks in ((Support.SUPPORTS, supporting), (Support.CONTRADICTS, contrary)):
            for rank in ranks:
                actions.code(
                    finding=made,
                    observation=self.observations[rank],
                    support=support,
                    now=self.now,
                    actor=self.expert,
                )
        actions.seek(finding=made, trials=self.trials[:sought], now=self.now, actor=self.expert)
        return made

    def synthesis(
        self, *findings: Finding, kind: SynthesisKind = SynthesisKind.NATIONAL, **facts: object
    ) -> Synthesis:
        """A synthesis that states these findings, complete."""
        who = {"now": self.now, "actor": facts.pop("actor", self.expert)}
        made = actions.begin(
            group=self.group, kind=kind, title="Mesurer à plusieurs", **facts, **who
        )
        actions.write_head(
            synthesis=made,
            title=made.title,
            summary="Des classes ont comparé leurs mesures.",
            base=(made.title, ""),
            **who,
        )
        for one in findings:
            typed = actions.Typed(mark=Mark.FINDING, finding=one.pk)
            actions.add_block(synthesis=made, section="findings", typed=typed, **who)
        frame = actions.Typed("Cela se lit avec prudence.", Mark.FRAME)
        actions.add_block(synthesis=made, section="conditions", typed=frame, **who)
        made.refresh_from_db()
        return made

    def validated(self, synthesis: Synthesis) -> Synthesis:
        """Submitted by the expert, validated by the general inspection."""
        actions.submit(synthesis=synthesis, now=self.now, actor=self.expert)
        return actions.validate(synthesis=synthesis, now=self.now, actor=self.inspection)

    def signed(self, synthesis: Synthesis) -> Synthesis:
        """Validated, and signed by both."""
        self.validated(synthesis)
        for capacity, actor in (
            (Capacity.GENERAL_INSPECTION, self.inspection),
            (Capacity.DNE, self.expert),
        ):
            made = actions.sign(synthesis=synthesis, capacity=capacity, now=self.now, actor=actor)
        return made


def world(*, teams: int = 2, trials: int = 3, level: str = "5E", cross_tests: int = 0) -> World:
    """`trials` closed trials for each of these teams, all in one region, with an observation."""
    group = NationalGroupFactory()
    region = RegionFactory()
    made = World(
        group,
        [TeamFactory(group=group, academy=AcademyFactory(region=region)) for _ in range(teams)],
    )
    for team in made.teams:
        for _ in range(trials):
            trial = TrialFactory(
                closed=True,
                production=ProductionFactory(team=team, shared=True),
                level=level,
                discipline="SVT",
                school_type="COL",
            )
            made.trials.append(trial)
            made.observations.append(made.observe(trial))
    for trial in made.trials[:cross_tests]:
        CrossTestFactory(
            production=ProductionFactory(team=made.teams[-1], shared=True),
            tester=trial.team,
            state="closed",
            trial=trial,
        )
    return made


def referent(team: Team) -> Actor:
    return member(team, Role.REFERENT)


def inspector(team: Team) -> Actor:
    return member(team, Role.INSPECTOR)


def signed_in(actor: Actor) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user_of(actor), backend=BACKEND)
    return client


def user_of(actor: Actor) -> User:
    return User.objects.get(pk=actor.person)


def outsider() -> User:
    return UserFactory()
