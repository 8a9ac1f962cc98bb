"""The campaigns under way, for who leads them: the line of each year, and its funnel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from traam.access.actor import Actor
from traam.applications.models import Application
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.prepared import prepared_for
from traam.campaigns.rules.calendar import phase_at
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.timeline import Point, points
from traam.indicators.definitions import Measure
from traam.indicators.queries.scope import COUNTED, Scope
from traam.kit.counting import number_in, number_of
from traam.kit.together import Asking
from traam.selection.models import Participation
from traam.selection.rules.announcing import IN
from traam.syntheses.models import Synthesis
from traam.syntheses.rules.life import SynthesisKind, SynthesisState

C, M = CampaignState, Measure
RIGHT = "campaign.prepare"


@dataclass(frozen=True, slots=True)
class Count:
    """A figure: how many, of what, where they are; no address while none may be."""

    number: int | float
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A campaign today."""

    campaign: Campaign
    phase: CampaignState
    points: Sequence[Point]
    counts: Sequence[Count]

    @property
    def coming(self) -> Point | None:
        """The next instant that is set."""
        return next((one for one in self.points if one.state == "todo" and one.at), None)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel, of the campaigns that have come to one of these states."""

    one: str
    several: str
    states: tuple[CampaignState, ...]
    rows: Callable[[Campaign], QuerySet[Any, Any]]
    page: Callable[[Campaign], str]


def _themes(campaign: Campaign) -> QuerySet[Theme]:
    return Theme.objects.filter(campaign=campaign).living()


def _deposited(campaign: Campaign) -> QuerySet[Application]:
    return Application.objects.filter(campaign=campaign, state=ApplicationState.DEPOSITED)


def _retained(campaign: Campaign) -> QuerySet[Participation]:
    return Participation.objects.filter(theme__campaign=campaign, state__in=sorted(IN))


def _national(campaign: Campaign) -> QuerySet[Synthesis]:
    rows = Synthesis.objects.filter(campaign=campaign, kind=SynthesisKind.NATIONAL)
    return rows.exclude(state=SynthesisState.WITHDRAWN)


def _themes_page(campaign: Campaign) -> str:
    return reverse("prepared_campaign", kwargs={"year": campaign.year}) + "#textes"


def _deposited_page(campaign: Campaign) -> str:
    """Nobody reads them for the nation before the call closes."""
    if campaign.state == C.CALL_OPEN:
        return ""
    return _list("applications", campaign, etat=ApplicationState.DEPOSITED.value)


def _list(name: str, campaign: Campaign, **filters: str) -> str:
    return f"{reverse(name)}?{urlencode({'campagne': campaign.year, **filters})}"


def _measured(measure: Measure, one: str, several: str) -> Step:
    """A step that the indicators count, and whose rows they show."""
    return Step(
        one,
        several,
        AT_WORK,
        lambda campaign: COUNTED[measure](Scope(campaign)),
        lambda campaign: reverse(
            "indicator_rows", kwargs={"year": campaign.year, "measure": measure.value}
        ),
    )


AT_WORK = (C.AT_WORK,)
ANNOUNCED = (C.ANNOUNCED, *AT_WORK)
CALLED = (C.CALL_OPEN, C.CALL_CLOSED, *ANNOUNCED)

FUNNEL: tuple[Step, ...] = (
    Step("thème", "thèmes", (C.PREPARATION, *CALLED), _themes, _themes_page),
    Step("candidature déposée", "candidatures déposées", CALLED, _deposited, _deposited_page),
    Step(
        "candidature retenue",
        "candidatures retenues",
        ANNOUNCED,
        _retained,
        lambda campaign: reverse("participations", kwargs={"year": campaign.year}),
    ),
    _measured(M.TEAMS, "équipe", "équipes"),
    _measured(M.TRIALS, "essai clos", "essais clos"),
    _measured(M.TESTED, "production testée", "productions testées"),
    Step(
        "synthèse nationale commencée",
        "synthèses nationales commencées",
        AT_WORK,
        _national,
        lambda campaign: _list("syntheses", campaign, sorte=SynthesisKind.NATIONAL.value),
    ),
    _measured(M.SYNTHESES, "synthèse publiée", "synthèses publiées"),
)


def courses(actor: Actor, now: datetime) -> Asking[list[Course]]:
    """The campaigns that are not closed, the first to end first; nothing for who leads none."""
    if not actor.may(RIGHT):
        return []
    found = yield prepared_for(actor).exclude(state=C.CLOSED)
    campaigns = list(reversed(found))
    taken = [(one, step) for one in campaigns for step in FUNNEL if one.state in step.states]
    numbers = yield tuple(number_of(step.rows(one)) for one, step in taken)
    counts: dict[int, list[Count]] = {one.pk: [] for one in campaigns}
    for (one, step), number in zip(taken, numbers, strict=True):
        counts[one.pk].append(_count(step, one, number_in(number)))
    return [
        Course(
            campaign=one,
            phase=phase_at(C(one.state), one.calendar, now),
            points=points(one.calendar, now),
            counts=counts[one.pk],
        )
        for one in campaigns
    ]


def _count(step: Step, campaign: Campaign, number: int) -> Count:
    return Count(number, step.one if number < 2 else step.several, step.page(campaign))
