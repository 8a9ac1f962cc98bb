"""What a calendar program reads: the feed of a secret address, its events, and one's addresses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from traam.access.actor import Actor
from traam.groups import invitations
from traam.groups.models import Due, Feed, Meeting, NationalGroup
from traam.groups.queries import dues, meetings
from traam.groups.rules.life import Answer
from traam.groups.steps import whole_groups
from traam.kit.icalendar import Event
from traam.people.queries import actor_for


@dataclass(frozen=True, slots=True)
class Read:
    """A feed, and its person as they act today."""

    feed: Feed
    actor: Actor


def feed_of(token: str, *, today: date) -> Read | None:
    """The feed of this address; None when it is unknown or revoked, when the account is closed, or
    when the person reads the group no more."""
    rows = Feed.objects.filter(token=token, revoked_at=None, person__is_active=True)
    found = rows.select_related("person", "group__theme").first()
    if found is None:
        return None
    actor = actor_for(found.person, today)
    if found.group_id is not None:
        groups = NationalGroup.objects.over_which(actor, "group.read")
        if not groups.filter(pk=found.group_id).exists():
            return None
    return Read(found, actor)


@dataclass(frozen=True, slots=True)
class Shown:
    """A calendar: its name, its events, when the last of them changed."""

    name: str
    events: list[Event]
    changed: datetime


def events_of(read: Read, *, now: datetime) -> Shown:
    """The meetings and due dates of the feed; a few queries, whatever the size."""
    group = read.feed.group
    if group is not None:
        found = meetings.calendar_of_group(group, now=now)
        days = dues.calendar_of_groups(NationalGroup.objects.filter(pk=group.pk))
        return _shown(f"TraAM – {group.theme.shown_title}", found, days, read.feed)
    person = read.feed.person_id
    groups = dues.groups_of(read.actor, today=read.actor.today)
    found = meetings.calendar_of_person(person, now=now)
    return _shown("TraAM – mon agenda", found, dues.calendar_of_groups(groups), read.feed)


def _shown(name: str, found: Iterable[Meeting], days: Iterable[Due], feed: Feed) -> Shown:
    events = [
        *(invitations.event_of(one, partstat=_partstat(one)) for one in found),
        *(invitations.due_event(one) for one in days),
    ]
    return Shown(name, events, max([feed.created_at, *(one.changed for one in events)]))


def _partstat(meeting: Meeting) -> str:
    """What they answered, as iCalendar says it."""
    return str(getattr(meeting, "my_answer", Answer.AWAITED)).upper()


@dataclass(frozen=True)
class FeedsPage:
    """One's addresses: their own agenda's, each group's; the groups that have none yet."""

    mine: Feed | None
    of_groups: list[Feed] = field(default_factory=list)
    others: list[NationalGroup] = field(default_factory=list)


def feeds_page(actor: Actor) -> FeedsPage:
    """The addresses of this person; three queries."""
    rows = Feed.objects.filter(person=actor.person, revoked_at=None)
    found = list(rows.select_related("group__theme").order_by("pk"))
    had = {one.group_id for one in found if one.group_id is not None}
    groups = dues.groups_of(actor, today=actor.today).exclude(pk__in=had)
    readable = NationalGroup.objects.over_which(actor, "group.read").values("pk")
    others = whole_groups(groups.filter(pk__in=readable)).order_by("code", "pk")
    return FeedsPage(
        mine=next((one for one in found if one.group_id is None), None),
        of_groups=[one for one in found if one.group_id is not None],
        others=list(others),
    )
