"""Calendars as other programs read them: iCalendar (RFC 5545), and its invitations (RFC 5546).

Instants are written in UTC, days as days; nothing is read here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from traam.kit.labels import Labelled

PRODUCT = "-//traam//agenda//FR"
LINE = 75  # octets of a line at most (RFC 5545, §3.1)
# Who receives a file written for several people: their address is put in its place when it leaves.
RECIPIENT = "mailto:destinataire@agenda.invalid"
MEDIA_TYPE = "text/calendar"
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_METHOD = re.compile(rb"^METHOD:([A-Z]+)\r\n", re.MULTILINE)


class Method(Labelled):
    """What a calendar asks of whoever receives it (RFC 5546, §1.4)."""

    REQUEST = "REQUEST", "convocation"
    CANCEL = "CANCEL", "annulation"


class EventStatus(Labelled):
    """Where an event stands (RFC 5545, §3.8.1.11)."""

    TENTATIVE = "TENTATIVE", "à confirmer"
    CONFIRMED = "CONFIRMED", "confirmé"
    CANCELLED = "CANCELLED", "annulé"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A meeting (two instants) or a whole day (`starts` is a day, `ends` is None).

    `changed`: when it last changed. `organizer`: a mail address.
    """

    uid: str
    title: str
    starts: date
    ends: datetime | None = None
    changed: datetime
    sequence: int = 0
    status: EventStatus = EventStatus.CONFIRMED
    text: str = ""
    location: str = ""
    url: str = ""
    organizer: str = ""
    organizer_name: str = ""
    is_addressed: bool = False  # to whoever receives the file (`RECIPIENT`)
    partstat: str = "NEEDS-ACTION"


def calendar(events: Iterable[Event], *, name: str = "", method: Method | None = None) -> bytes:
    """The file: the same bytes for the same events. An invitation holds one event."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    if method:
        lines.append(f"METHOD:{method}")
    if name:
        lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}", *_REFRESH]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


_REFRESH = ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H")


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_instant(event.changed)}"
    yield f"LAST-MODIFIED:{_instant(event.changed)}"
    yield f"SEQUENCE:{event.sequence}"
    yield from _when(event)
    yield f"SUMMARY:{_text(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.url:
        yield f"URL:{_address(event.url)}"
    yield f"STATUS:{event.status}"
    if event.organizer:
        yield f"ORGANIZER{_named(event.organizer_name)}:mailto:{_address(event.organizer)}"
    if event.is_addressed:
        # RSVP=FALSE: people answer on the page, no program answers by mail.
        yield f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT={event.partstat};RSVP=FALSE:{RECIPIENT}"
    yield "END:VEVENT"


def _when(event: Event) -> Iterator[str]:
    if isinstance(event.starts, datetime):
        yield f"DTSTART:{_instant(event.starts)}"
        if event.ends is not None:
            yield f"DTEND:{_instant(event.ends)}"
        return
    yield f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.starts + timedelta(days=1):%Y%m%d}"  # excluded
    yield "TRANSP:TRANSPARENT"  # a due date keeps nobody busy


def _instant(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A value of type TEXT (§3.3.11)."""
    plain = _CONTROLS.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
    for mark in "\\;,":
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def _address(value: str) -> str:
    """A URI, on one line whatever was typed."""
    return "".join(_CONTROLS.sub("", value).split())


def _named(name: str) -> str:
    """The CN parameter, between quotes, which it cannot hold (§3.2)."""
    kept = _CONTROLS.sub(" ", name.replace('"', "").replace("\n", " "))
    return f';CN="{kept}"' if kept else ""


def _folded(line: str) -> bytes:
    """The line cut every 75 octets, never within a character, each piece after a space."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


# -- when an invitation leaves


def addressed(content: bytes, address: str) -> bytes:
    """The file for the person who has this address: written for nobody, it is theirs now."""
    unfolded = content.decode().replace("\r\n ", "")
    lines = unfolded.replace(RECIPIENT, f"mailto:{_address(address)}").split("\r\n")
    return b"".join(_folded(line) for line in lines if line)


def mail_type(content: bytes) -> str:
    """The media type of the part of a mail that holds it: mail programs want its method there
    (RFC 6047, §2.4)."""
    found = _METHOD.search(content)
    return f"{MEDIA_TYPE}; method={found[1].decode()}" if found else MEDIA_TYPE
