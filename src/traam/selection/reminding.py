"""Who is reminded of reviews, and when: each reminder goes once, however often it is looked for."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.selection import telling
from traam.selection.models import Review
from traam.selection.queries.progress import STANDING, studied_now
from traam.selection.queries.reviews import OPEN

DAYS = (7, 1)  # before the deadline


def to_give(campaign: Campaign) -> QuerySet[Review]:
    """The reviews that somebody must still give; those that a conflict has closed are nobody's."""
    return Review.objects.filter(
        STANDING,
        case__campaign=campaign,
        case__application__state=ApplicationState.DEPOSITED,
        state__in=OPEN,
        reviewer__is_active=True,
    )


def _counts(campaign: Campaign) -> Counter[int]:
    return Counter(to_give(campaign).order_by().values_list("reviewer", flat=True))


@transaction.atomic
def remind_due(*, now: datetime) -> int:
    """Write to each reviewer who owes reviews, 7 days then 1 day before; how many were written to
    (whoever already had this reminder is not written to again)."""
    told = 0
    for campaign in studied_now():
        due = campaign.calendar.at(Milestone.REVIEWS_DUE)
        days = _step(due, now) if due else None
        if due is None or days is None:
            continue
        for person, count in sorted(_counts(campaign).items()):
            telling.remind(campaign, person, count=count, days=days, due=due, now=now)
            told += 1
    return told


def _step(due: datetime, now: datetime) -> int | None:
    """The reminder whose time has come: the nearest to the deadline; None outside of them."""
    if now >= due:
        return None
    return next((days for days in sorted(DAYS) if due - timedelta(days=days) <= now), None)


@transaction.atomic
def tell_late(*, now: datetime) -> int:
    """Tell the pilots of each campaign what is late, once a day; how many reviews are."""
    found = 0
    for campaign in studied_now():
        due = campaign.calendar.at(Milestone.REVIEWS_DUE)
        counts = _counts(campaign) if due is not None and due <= now else Counter[int]()
        if counts:
            telling.late(campaign, count=counts.total(), people=len(counts), now=now)
        found += counts.total()
    return found
