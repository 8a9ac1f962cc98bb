"""A meeting as a mail and as an event of a calendar: the same words in both."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse

from traam.documents.actions import store
from traam.documents.models import StoredFile
from traam.groups.models import Due, Meeting, NationalGroup, Team
from traam.groups.rules.life import MeetingMode, MeetingState
from traam.groups.telling import short
from traam.kit import icalendar
from traam.kit.icalendar import Event, EventStatus, Method
from traam.kit.text import instant
from traam.post.actions import send
from traam.post.rules import Joined
from traam.post.texts import site

ORGANIZER = "TraAM"
FILE_MAX = 100_000  # bytes of one invitation
_STATUS = {
    MeetingState.PLANNED: EventStatus.TENTATIVE,
    MeetingState.CANCELLED: EventStatus.CANCELLED,
}


def page_of(meeting: Meeting) -> str:
    """The absolute address of its page."""
    return f"{site()}{reverse('meeting', kwargs={'key': meeting.pk})}"


def owner_words(space: NationalGroup | Team) -> str:
    """« groupe national « … » », « équipe Lille, « … » »."""
    if isinstance(space, Team):
        return f"équipe {space.named}, « {space.group.theme.shown_title} »"
    return f"groupe national « {space.theme.shown_title} »"


def event_of(
    meeting: Meeting, *, partstat: str = "NEEDS-ACTION", is_addressed: bool = False
) -> Event:
    """The meeting as a calendar shows it."""
    where = [meeting.location] if meeting.mode != MeetingMode.REMOTE else []
    link = meeting.link if meeting.mode != MeetingMode.ON_SITE else ""
    text = [
        meeting.agenda,
        f"Se connecter : {link}" if link else "",
        f"Répondre et lire les documents : {page_of(meeting)}",
    ]
    return Event(
        uid=_uid(str(meeting.uid)),
        title=f"{meeting.title} – {owner_words(meeting.owner)}",
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        changed=meeting.changed_at or meeting.state_at,
        sequence=meeting.sequence,
        status=_STATUS.get(MeetingState(meeting.state), EventStatus.CONFIRMED),
        text="\n\n".join(part for part in text if part),
        location=" ; ".join(part for part in (*where, link) if part),
        url=page_of(meeting),
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        organizer_name=ORGANIZER,
        is_addressed=is_addressed,
        partstat=partstat,
    )


def due_event(due: Due) -> Event:
    """A due date, all day long."""
    group = due.group
    page = reverse("group_calendar", kwargs={"code": group.code})
    return Event(
        uid=_uid(f"echeance-{due.pk}"),
        title=f"Échéance : {due.title}",
        starts=due.due_on,
        changed=due.changed_at or group.formed_at,
        text=f"{owner_words(group)}\n\n{site()}{page}",
        url=f"{site()}{page}",
    )


def _uid(name: str) -> str:
    return f"{name}@{settings.OAI_DOMAIN}"


def file_of(meeting: Meeting, method: Method, *, now: datetime) -> StoredFile:
    """The invitation as it leaves, the same for all: the address of each is put in on its way.

    Whoever is left out of a meeting that goes on has it taken away all the same.
    """
    event = event_of(meeting, is_addressed=True)
    if method is Method.CANCEL:
        event = replace(event, status=EventStatus.CANCELLED)
    return store(
        content=icalendar.calendar([event], method=method),
        name="invitation.ics",
        limit=FILE_MAX,
        accepted=[icalendar.MEDIA_TYPE],
        now=now,
    )


KINDS = {
    "groups/meeting_convened": Method.REQUEST,
    "groups/meeting_changed": Method.REQUEST,
    "groups/meeting_cancelled": Method.CANCEL,
    "groups/meeting_left_out": Method.CANCEL,
}


def tell(kind: str, meeting: Meeting, people: Iterable[int], *, now: datetime) -> None:
    """Write to each of them, once for this revision of the meeting. `kind`: one of `KINDS`."""
    method, told = KINDS[kind], sorted(set(people))
    if not told:
        return
    file = file_of(meeting, method, now=now)
    params: dict[str, str | int] = {
        "meeting": meeting.pk,
        "title": short(meeting.title),
        "owner": short(owner_words(meeting.owner), 250),
        "starts": instant(meeting.starts_at),
        "where": short(meeting.location or "à distance", 250),
        "reason": short(meeting.reason, 250),
    }
    for person in told:
        send(
            to=person,
            kind=kind,
            params=params,
            key=f"meeting:{meeting.pk}:{meeting.sequence}:{kind}:{person}",
            now=now,
            attachments=[Joined(file.digest, f"reunion-{meeting.pk}.ics")],
        )
