"""The closing of an open call was moved: each application still written says so and why."""

from datetime import datetime, timedelta

from django.db import transaction

from traam.applications import acts, telling
from traam.applications.models import Application, Event
from traam.applications.queries import people
from traam.applications.queries.calls import day_of, deadline_of
from traam.applications.rules.life import UNDEPOSITED
from traam.campaigns.models import CampaignEvent
from traam.campaigns.rules.life import MOVE_CLOSING
from traam.kit.text import instant

LOOKED_BACK = timedelta(days=2)  # a late job still tells; later, the page alone does


def tell_moved_closings(*, now: datetime) -> int:
    """Tell the authors and inspectors of what is not deposited; how many applications. Idempotent:
    each keeps the event, in its own transaction."""
    count = 0
    moved = CampaignEvent.objects.filter(kind=MOVE_CLOSING, at__gt=now - LOOKED_BACK, at__lte=now)
    for event in moved.order_by("pk"):
        found = Application.objects.filter(campaign=event.campaign_id, created_at__lt=event.at)
        for key in list(found.order_by("pk").values_list("pk", flat=True)):
            count += _tell(key, event, now=now)
    return count


@transaction.atomic
def _tell(key: int, moved: CampaignEvent, *, now: datetime) -> bool:
    held = acts.held(Application(pk=key))
    known = held.events.filter(verb="campaign.move_closing", at=moved.at)
    limit = deadline_of(held).closes_at
    if limit is None or limit != held.campaign.calendar.closes_at:
        return False  # an extension gives it a later end
    if held.state not in UNDEPOSITED or known.exists():
        return False
    event = Event.objects.create(
        application=held,
        verb="campaign.move_closing",
        at=moved.at,
        person_id=moved.person_id,
        reason=moved.reason,
    )
    to = {*people.authors(held), *people.inspectors(held, today=day_of(now))}
    telling.tell(held, to, "applications/closing_moved", event=event, now=now, until=instant(limit))
    return True
