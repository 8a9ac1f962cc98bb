"""A trial in its team, and the people around it, for the tests of trials."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.groups.factories import NationalGroupFactory, TeamFactory, leader, member
from tests.productions.factories import ProductionFactory
from tests.trials.factories import IndicatorFactory, TrialFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import TextState
from traam.groups.models import NationalGroup, Team
from traam.people.models import User
from traam.trials.models import Trial
from traam.trials.rules.closing import Evaluation
from traam.trials.rules.life import Outcome, Transferable, Verdict
from traam.trials.rules.observing import Noted
from traam.trials.rules.protocol import Protocol, Sought

NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
SEEN = "Trois groupes ont repris leurs mesures après la comparaison."
PROTOCOL = Protocol(
    "Comparer ses mesures fait repérer ses erreurs.",
    "La moitié des élèves corrigent une mesure.",
    (Sought("", "Un élève corrige une mesure"), Sought("", "Un groupe explique un écart")),
)
EVALUATION = Evaluation(
    verdict=Verdict.NOT_CONFIRMED,
    conclusion="Les élèves comparent, mais ne corrigent pas.",
    obstacles="Le temps manque.",
    transferable=Transferable.ADAPTED,
    level="5E",
    school_type="COL",
    equipment="un ordinateur pour deux",
    pupils=26,
)


@dataclass
class Place:
    """A trial, its team, and who is around it."""

    trial: Trial
    team: Team
    group: NationalGroup
    teacher: Actor
    colleague: Actor
    inspector: Actor
    expert: Actor
    neighbour: Actor  # of another team of the group
    stranger: Actor  # of another group
    sought: list = field(default_factory=list)


def group_of_2026() -> NationalGroup:
    campaign = CampaignFactory(
        first_year=2026,
        last_year=2027,
        year="essais-2026",  # as no other factory names it
        state=CampaignState.AT_WORK,
        is_archive=False,
        state_at=NOW,
    )
    theme = ThemeFactory(campaign=campaign, state=TextState.SIGNED_TWICE)
    return NationalGroupFactory(theme=theme)


def setting(*, indicators: int = 2, **trial: object) -> Place:
    """A trial to prepare, with a complete protocol; `trial`: other facts of it."""
    group = group_of_2026()
    team = TeamFactory(group=group)
    teacher = member(team)
    production = ProductionFactory(team=team, shared=True)
    made = TrialFactory(production=production, teacher=User.objects.get(pk=teacher.person), **trial)
    sought = [
        IndicatorFactory(trial=made, key=f"i{n}", position=n, text=f"Indicateur {n}")
        for n in range(1, indicators + 1)
    ]
    return Place(
        trial=Trial.objects.get(pk=made.pk),
        team=team,
        group=group,
        teacher=teacher,
        colleague=member(team),
        inspector=member(team, Role.INSPECTOR),
        expert=leader(group),
        neighbour=member(TeamFactory(group=group)),
        stranger=member(TeamFactory()),
        sought=sought,
    )


def seen(text: str = SEEN, at: datetime = NOW, **more: object) -> Noted:
    given = {"outcomes": {"i1": Outcome.SEEN, "i2": Outcome.CONTRARY}} | more
    return Noted(seen_at=at, seen=text, **given)
