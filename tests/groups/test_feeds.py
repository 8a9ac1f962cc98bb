"""Feeds: a secret address, read by calendar programs without signing in, until it is revoked."""

from datetime import date, timedelta

import icalendar
import pytest
import time_machine
import vobject
from django.test import Client

from tests.groups.factories import NOW, DueFactory, leader
from tests.groups.meeting_setting import Room, another_room, convened, details, proposed, room
from traam.groups import actions
from traam.groups.models import Feed
from traam.groups.rules.life import Answer
from traam.kit.refusals import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Room:
    return room()


@pytest.fixture(autouse=True)
def _at_work():
    with time_machine.travel(NOW, tick=False):
        yield


def read(feed: Feed, **headers: str):
    return Client().get(f"/agenda/{feed.token}.ics", headers=headers)


def events(feed: Feed) -> dict[str, icalendar.Event]:
    """Its events by title, once two parsers have read it alike."""
    response = read(feed)
    assert response.status_code == 200
    one = icalendar.Calendar.from_ical(response.content)
    other = vobject.readOne(response.content.decode())
    assert one.errors == []
    found = one.walk("VEVENT")
    uids = [each.uid.value for each in other.contents.get("vevent", [])]
    assert [str(each["UID"]) for each in found] == uids
    return {str(each["SUMMARY"]).partition(" – ")[0]: each for each in found}


def mine(made: Room, name: str = "bob") -> Feed:
    return actions.open_feed(group=None, now=NOW, actor=made.actor(name))


def test_personal_feed_holds_the_meetings_one_is_convened_to_and_the_dates_of_ones_groups(made):
    DueFactory(group=made.group, due_on=date(2026, 12, 11), title="Un scénario")
    DueFactory(title="D’un autre groupe")
    convened(made)
    convened(made, details=details(title="Sans Bob"), people=[made.people["alice"].pk])
    proposed(made, details=details(title="En préparation"))

    found = events(mine(made))

    assert sorted(found) == ["Point d’étape de novembre", "Échéance : Un scénario"]
    assert found["Échéance : Un scénario"]["DTSTART"].dt == date(2026, 12, 11)


def test_group_feed_holds_every_national_meeting_of_the_group_alone(made):
    convened(made, people=[made.people["alice"].pk])
    DueFactory(group=made.group, title="Un scénario")
    convened(another_room(made), details=details(title="Ailleurs"))

    feed = actions.open_feed(group=made.group, now=NOW, actor=made.actor("bob"))

    assert sorted(events(feed)) == ["Point d’étape de novembre", "Échéance : Un scénario"]


def test_feed_follows_a_change_a_cancellation_and_an_answer(made):
    meeting = convened(made)
    feed = mine(made)
    first = events(feed)["Point d’étape de novembre"]
    actions.answer(meeting=meeting, said=Answer.ACCEPTED, now=NOW, actor=made.actor("bob"))
    actions.cancel(meeting=meeting, reason="Non.", now=NOW, actor=made.expert)

    last = events(feed)["Point d’étape de novembre"]

    assert (first["UID"], first["SEQUENCE"], str(first["STATUS"])) == (last["UID"], 0, "CONFIRMED")
    assert (last["SEQUENCE"], str(last["STATUS"])) == (1, "CANCELLED")


def test_feed_is_answered_once_until_something_changes(made):
    meeting = convened(made)
    feed = mine(made)
    first = read(feed)
    etag, modified = first["ETag"], first["Last-Modified"]

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert read(feed, if_none_match=etag).status_code == 304
        assert read(feed, if_modified_since=modified).status_code == 304
        assert read(feed).content == first.content
        actions.cancel(meeting=meeting, reason="Non.", now=NOW + timedelta(days=1), actor=None)
        changed = read(feed, if_none_match=etag)

    assert changed.status_code == 200
    assert changed["ETag"] != etag
    assert changed["Last-Modified"] != modified


def test_feed_says_that_nobody_keeps_or_lists_it(made):
    response = read(mine(made))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies


def test_unknown_revoked_or_closed_feeds_answer_nothing(made):
    feed = mine(made)
    actions.revoke_feed(feed=feed, now=NOW, actor=made.actor("bob"))
    closed = mine(made, "charlie")
    made.people["charlie"].is_active = False
    made.people["charlie"].save()

    assert read(feed).status_code == 404
    assert read(closed).status_code == 404
    assert Client().get("/agenda/inconnu.ics").status_code == 404


def test_group_feed_ends_with_the_mandate_that_read_the_group(made):
    actor = made.actor("bob")
    feed = actions.open_feed(group=made.group, now=NOW, actor=actor)
    member = made.teams[0].members.get(person=made.people["bob"])
    member.mandate.ends_on = NOW.date()
    member.mandate.save()

    assert read(feed).status_code == 404


def test_open_feed_is_one_address_and_another_once_revoked(made):
    first, again = mine(made), mine(made)
    actions.revoke_feed(feed=first, now=NOW, actor=made.actor("bob"))
    other = mine(made)

    assert first == again
    assert other.token != first.token
    assert len(other.token) >= 43


def test_feeds_are_ones_own(made):
    feed = mine(made)
    with pytest.raises(Feed.DoesNotExist):
        actions.revoke_feed(feed=feed, now=NOW, actor=made.actor("alice"))
    with pytest.raises(NotAllowed):
        actions.open_feed(group=made.group, now=NOW, actor=leader(another_room(made).group))


@pytest.mark.parametrize("count", [1, 3])
def test_personal_feed_reads_the_same_few_rows_whatever_its_size(
    made, count, django_assert_num_queries
):
    for number in range(count):
        convened(made, details=details(title=f"Réunion {number}"))
        DueFactory(group=made.group, title=f"Échéance {number}")
    feed = mine(made)

    # the feed; the mandates, their scopes; the convocations, the meetings; the dates
    with django_assert_num_queries(5):
        response = read(feed)

    assert response.content.count(b"BEGIN:VEVENT") == 2 * count
