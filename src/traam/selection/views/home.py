"""« Sélection »: what each role owes, and where each theme stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traam.access.actor import Actor
from traam.access.web import actor_of, right_required
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CampaignState
from traam.kit.clock import now
from traam.kit.together import answer
from traam.selection.models import Seal
from traam.selection.models.choice import SealKind
from traam.selection.queries import progress, reviews
from traam.selection.queries.conflicts import may_settle
from traam.selection.queries.deciding import followed

SHOWN = 6  # campaigns, the latest first


@dataclass(frozen=True)
class Study:
    """A campaign as this reader meets it: their own reviews, the themes they follow."""

    campaign: Campaign
    due: datetime | None
    given: int
    owed: int
    barred: int
    next_key: int | None
    themes: list[progress.Progress]
    followed: list[Theme]  # those that the reader deliberates upon
    seal: Seal | None
    settles: bool  # the conflicts: to others, nothing is told of them

    @property
    def mine(self) -> int:
        return self.given + self.owed

    def sum(self, name: str) -> int:
        """A figure over the themes: « late », « short »…"""
        return sum(getattr(one, name) for one in self.themes)


@require_safe
@right_required("review.read")
def selection_home(request: HttpRequest) -> HttpResponse:
    """The campaigns under study, and what the reader owes in each."""
    actor, instant = actor_of(request), now()
    found = list(progress.under_study(actor)[:SHOWN])
    context = {
        "studies": [_study(actor, one, instant) for one in found if _is_open(one)],
        "past": [one for one in found if not _is_open(one)],
        "sees_all": reviews.sees_all(actor),
        "now": instant,
    }
    return render(request, "selection/selection_home.html", context)


def _is_open(campaign: Campaign) -> bool:
    return campaign.state == CampaignState.CALL_CLOSED


def _study(actor: Actor, campaign: Campaign, instant: datetime) -> Study:
    prefetch_related_objects([campaign], "milestones")
    mine = reviews.my_share(actor, campaign)
    owed = list(reviews.owed(actor, campaign).values_list("pk", flat=True))
    themes = answer(progress.themes_for(actor, campaign))
    return Study(
        campaign=campaign,
        due=campaign.calendar.at(Milestone.REVIEWS_DUE),
        given=mine.given,
        owed=len(owed),
        barred=mine.barred,
        next_key=owed[0] if owed else None,
        themes=answer(progress.progress(campaign, themes, now=instant)),
        followed=list(followed(campaign, actor)),
        seal=Seal.objects.filter(campaign=campaign, kind=SealKind.RULES).first(),
        settles=may_settle(actor, campaign),
    )
