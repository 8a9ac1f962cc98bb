"""A calendar that goes with a message: addressed to its receiver only as it leaves."""

import email
from datetime import UTC, datetime
from email import policy

import icalendar
import pytest

from tests.post.factories import MessageFactory
from tests.post.test_delivery import deliver
from traam.kit.icalendar import RECIPIENT, Event, Method, calendar
from traam.post.models import Message

pytestmark = pytest.mark.django_db
DIGEST = "e" * 64


def attached(digest: str, name: str) -> tuple[str, str, bytes]:
    """What `settings.ATTACHED_FILES` names here."""
    at = datetime(2027, 1, 15, 14, tzinfo=UTC)
    event = Event(uid="a", title="Réunion", starts=at, changed=at, is_addressed=True)
    return name, "text/calendar", calendar([event], method=Method.REQUEST)


@pytest.fixture(autouse=True)
def _calendar(settings, _texts) -> None:
    settings.ATTACHED_FILES = f"{__name__}.attached"


def test_invitation_reaches_each_receiver_under_their_own_address(smtp, now):
    MessageFactory(to=7, attachments=[{"digest": DIGEST, "name": "invitation.ics"}])
    MessageFactory(to=8, attachments=[{"digest": DIGEST, "name": "invitation.ics"}])

    deliver(now)
    deliver(now)

    for address, content in smtp.received:
        mail = email.message_from_bytes(content, policy=policy.default)
        parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        assert [part["Content-Type"].params["method"] for part in parts] == ["REQUEST", "REQUEST"]
        assert [part.get_filename() for part in parts] == [None, "invitation.ics"]
        for part in parts:
            [event] = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
            assert str(event["ATTENDEE"]) == f"mailto:{address}"
            assert str(event["SUMMARY"]) == "Réunion"
    assert {address for address, _ in smtp.received} == {
        "alice@exemple.invalid",
        "bob@exemple.invalid",
    }


def test_no_address_is_kept_with_the_message(now):
    MessageFactory(to=7, attachments=[{"digest": DIGEST, "name": "invitation.ics"}])

    deliver(now)

    assert "@" not in str(Message.objects.values().get())
    assert RECIPIENT in attached(DIGEST, "a.ics")[2].decode().replace("\r\n ", "")
