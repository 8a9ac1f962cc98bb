"""What is followed from an academy: its figures in each campaign at work, for its DAN and its
rector; the teams inspected and what each has let pass, for an inspector."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import DecimalField, QuerySet
from django.urls import reverse

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.desk.course import Count
from traam.groups.queries import dues
from traam.indicators.definitions import Measure
from traam.indicators.queries.figures import Figure
from traam.indicators.queries.scope import COUNTED, READ, Scope, academies_of
from traam.kit.counting import number_in, number_of, sum_of
from traam.kit.together import Asking

M = Measure
HOURS = DecimalField(max_digits=10, decimal_places=2)
SUMMED = (M.GRANTED, M.SPENT)
SHOWN: tuple[tuple[Measure, str, str], ...] = (
    (M.TEAMS, "équipe au travail", "équipes au travail"),
    (M.GRANTED, "heure attribuée", "heures attribuées"),
    (M.SPENT, "heure déclarée", "heures déclarées"),
    (M.PUBLISHED, "production publiée", "productions publiées"),
    (M.SYNTHESES, "synthèse publiée", "synthèses publiées"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A campaign at work in the academies of who reads; each number leads to its rows."""

    campaign: Campaign
    counts: Sequence[Count]


@dataclass(frozen=True, slots=True)
class Inspected:
    """A team that one inspects: how many due dates it let pass, and where they are."""

    name: str
    theme: str
    href: str
    late: int
    calendar: str


def shares(actor: Actor) -> Asking[list[Share]]:
    """The campaigns at work, the latest first; nothing for who reads no academy's rows."""
    academies = academies_of(actor) if actor.may(READ) else None
    if not academies:
        return []
    at_work = Campaign.objects.filter(state=CampaignState.AT_WORK, is_archive=False)
    campaigns = yield at_work.order_by("-first_year", "-pk")
    asked = [(one, shown) for one in campaigns for shown in SHOWN]
    found = yield tuple(_asked(shown[0], Scope(one, academies)) for one, shown in asked)
    counts: dict[int, list[Count]] = {one.pk: [] for one in campaigns}
    for (one, (measure, single, several)), rows in zip(asked, found, strict=True):
        number = Figure(measure, number_in(rows) or 0).shown or 0
        label = single if number < 2 else several
        kwargs = {"year": one.year, "measure": measure.value}
        counts[one.pk].append(Count(number, label, reverse("indicator_rows", kwargs=kwargs)))
    return [Share(one, counts[one.pk]) for one in campaigns]


def _asked(measure: Measure, scope: Scope) -> QuerySet[Any, Any]:
    rows = COUNTED[measure](scope)
    return sum_of(rows, "hours", HOURS) if measure in SUMMED else number_of(rows)


def inspected(actor: Actor) -> Asking[list[Inspected]]:
    """The teams that this person inspects, the latest ones first."""
    if not any(one.role is Role.INSPECTOR for one in actor.in_force):
        return []
    found = yield from dues.inspected(actor)
    return [
        Inspected(
            name=team.named,
            theme=team.group.theme.shown_title,
            href=reverse("team", kwargs={"code": team.code}),
            late=late,
            calendar=reverse("group_calendar", kwargs={"code": team.group.code})
            + f"#equipe-{team.pk}",
        )
        for team, late in found
    ]
