"""iCalendar: two independent parsers read what is written; lines fold; nothing escapes its line."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traam.kit.icalendar import (
    LINE,
    RECIPIENT,
    Event,
    EventStatus,
    Method,
    addressed,
    calendar,
    mail_type,
)

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
NOW = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200
)
MEETING = Event(
    uid="8f7c@traam.invalid",
    title="Point d’étape : essais, tests croisés ; suite",
    starts=datetime(2027, 1, 15, 14, 0, tzinfo=PARIS),
    ends=datetime(2027, 1, 15, 16, 0, tzinfo=PARIS),
    changed=NOW,
    sequence=2,
    text="Ordre du jour\n1. Bilan\n2. Suite \\ fin",
    location="Lille, salle 3",
    url="https://traam.exemple.fr/groupes/reunions/3/",
    organizer="traam@exemple.fr",
    organizer_name='TraAM "svt"',
    is_addressed=True,
)
DUE = Event(uid="due-4@traam.invalid", title="Échéance", starts=date(2026, 12, 31), changed=NOW)


def _read(content: bytes) -> list[tuple[icalendar.Component, vobject.base.Component]]:
    """Each event as `icalendar` and as `vobject` read it."""
    one = icalendar.Calendar.from_ical(content)
    other = vobject.readOne(content.decode())
    assert one.errors == []
    assert other.validate(raiseException=True)
    return list(zip(one.walk("VEVENT"), other.contents.get("vevent", []), strict=True))


def test_meeting_is_read_alike_by_two_parsers() -> None:
    content = calendar([MEETING], method=Method.REQUEST)

    [(one, other)] = _read(content)

    assert one.errors == []
    assert str(one["SUMMARY"]) == other.summary.value == MEETING.title
    assert str(one["DESCRIPTION"]) == other.description.value == MEETING.text
    assert str(one["LOCATION"]) == other.location.value == MEETING.location
    assert str(one["URL"]) == other.url.value == MEETING.url
    assert one["DTSTART"].dt == other.dtstart.value == MEETING.starts
    assert one["DTEND"].dt == other.dtend.value == MEETING.ends
    assert one["DTSTAMP"].dt == other.dtstamp.value == NOW
    assert int(one["SEQUENCE"]) == int(other.sequence.value) == 2
    assert str(one["ORGANIZER"]) == other.organizer.value == "mailto:traam@exemple.fr"
    assert one["ORGANIZER"].params["CN"] == other.organizer.params["CN"][0] == "TraAM svt"
    assert str(one["ATTENDEE"]) == other.attendee.value == RECIPIENT
    assert other.attendee.params["RSVP"] == ["FALSE"]


def test_day_is_a_day_and_ends_the_day_after() -> None:
    [(one, other)] = _read(calendar([DUE], name="Mon agenda"))

    assert one["DTSTART"].dt == other.dtstart.value == date(2026, 12, 31)
    assert one["DTEND"].dt == other.dtend.value == date(2027, 1, 1)
    assert str(one["TRANSP"]) == other.transp.value == "TRANSPARENT"
    assert "ATTENDEE" not in one


@pytest.mark.parametrize("method", [None, *Method])
def test_every_method_is_said_in_the_file_and_for_the_mail(method: Method | None) -> None:
    content = calendar([MEETING], method=method)

    assert icalendar.Calendar.from_ical(content).get("METHOD") == method
    assert mail_type(content) == (f"text/calendar; method={method}" if method else "text/calendar")


@pytest.mark.parametrize("status", EventStatus)
def test_every_status_is_read(status: EventStatus) -> None:
    [(one, other)] = _read(
        calendar([Event(uid="a", title="b", starts=NOW, changed=NOW, status=status)])
    )

    assert one["STATUS"] == other.status.value == status


def test_calendar_of_nothing_holds_no_event_and_bears_its_name() -> None:
    content = calendar([], name="Groupe ; SVT")

    assert _read(content) == []
    assert b"X-WR-CALNAME:Groupe \\; SVT\r\n" in content


@CALM
@given(title=TEXT, text=TEXT, location=TEXT)
def test_any_text_is_read_back_whole(title: str, text: str, location: str) -> None:
    event = Event(
        uid="a",
        title=f"t{title}",
        starts=NOW,
        ends=NOW + timedelta(hours=1),
        changed=NOW,
        text=f"x{text}\ny",
        location=f"l{location}",
    )

    content = calendar([event])

    [one] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(one["SUMMARY"]) == event.title
    assert str(one["DESCRIPTION"]) == event.text
    assert str(one["LOCATION"]) == event.location
    assert all(len(line) <= LINE for line in content.split(b"\r\n"))


@CALM
@given(st.text(max_size=80))
def test_no_text_opens_another_line(words: str) -> None:
    event = Event(
        uid=words,
        title=words,
        starts=NOW,
        changed=NOW,
        text=words,
        location=words,
        url=words,
        organizer=words,
        organizer_name=words,
    )

    lines = calendar([event]).decode().replace("\r\n ", "").split("\r\n")

    names = [line.partition(":")[0].partition(";")[0] for line in lines if line]
    assert sum(name == "BEGIN" for name in names) == 2
    assert "\n" not in "".join(lines)
    assert set(names) <= {
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "TRANSP",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "URL",
        "STATUS",
        "ORGANIZER",
    }


def test_addressed_puts_the_address_of_whoever_receives_it_and_folds_again() -> None:
    long = f"quelqu-un-{'x' * 90}@ac-lille.invalid"

    content = addressed(calendar([MEETING], method=Method.REQUEST), long)

    [(one, other)] = _read(content)
    assert str(one["ATTENDEE"]) == other.attendee.value == f"mailto:{long}"
    assert str(one["SUMMARY"]) == MEETING.title
    assert RECIPIENT.encode() not in content
    assert all(len(line) <= LINE for line in content.split(b"\r\n"))


def test_same_events_make_the_same_bytes() -> None:
    assert calendar([MEETING, DUE]) == calendar([MEETING, DUE])
