"""Meetings: convened, changed, cancelled by mail with iCalendar; answered, held, put back."""

import itertools
from datetime import timedelta

import icalendar
import pytest
import vobject

from tests.groups.factories import NOW, MemberFactory, TeamFactory, member
from tests.groups.meeting_setting import (
    IN_A_WEEK,
    Room,
    calendars_to,
    convened,
    details,
    kinds_to,
    proposed,
    room,
)
from tests.people.factories import UserFactory
from traam.access.roles import Role
from traam.groups import actions
from traam.groups.models import Meeting
from traam.groups.queries.meetings import people_of
from traam.groups.rules.life import (
    MEETING_LIFE,
    Answer,
    MeetingMode,
    MeetingState,
)
from traam.journal.models import Entry
from traam.kit.icalendar import RECIPIENT
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def made() -> Room:
    return room()


def changed(meeting: Meeting, made: Room, **changes):
    """Change it, keeping what is not named."""
    meeting.refresh_from_db()
    given = {
        "meeting": meeting,
        "details": details(),
        "people": list(meeting.convened.values_list("person", flat=True)),
        "version": meeting.version,
        "now": LATER,
        "actor": made.expert,
    }
    return actions.change(**given | changes)


def events_to(person) -> list[icalendar.Event]:
    """The event of each calendar that this person received."""
    parsed = map(icalendar.Calendar.from_ical, calendars_to(person))
    return [one.walk("VEVENT")[0] for one in parsed]


def answers(meeting: Meeting) -> set[str]:
    return set(meeting.convened.values_list("answer", flat=True))


# -- before it is convened


def test_propose_tells_nobody_and_keeps_who_will_be_convened(made):
    meeting = proposed(made)

    assert meeting.state == MeetingState.PLANNED
    assert meeting.convened.count() == len(made.keys) == 5  # two teams of two, and the expert
    assert kinds_to(made.people["alice"]) == []


@pytest.mark.parametrize("name", ["alice", "bob"])
def test_propose_of_a_national_meeting_is_for_those_who_lead_it(made, name):
    with pytest.raises(NotAllowed, match="expert"):
        proposed(made, actor=made.actor(name))


@pytest.mark.parametrize("role", [Role.REFERENT, Role.INSPECTOR])
def test_propose_of_an_academic_meeting_is_for_its_referents_and_inspectors(made, role):
    team = made.teams[0]
    actor = member(team, role)

    meeting = proposed(made, space=team, people=[made.people["bob"].pk], actor=actor)

    assert (meeting.team, meeting.group) == (team, None)


def test_propose_of_an_academic_meeting_is_refused_to_a_teacher_and_another_team(made):
    for actor in (made.actor("bob"), made.actor("charlie")):
        with pytest.raises(NotAllowed):
            proposed(made, space=made.teams[0], people=[made.people["bob"].pk], actor=actor)


def test_propose_refuses_a_date_outside_the_campaign_and_a_stranger(made):
    with pytest.raises(Refusal, match="suit la campagne, qui finit le 31 août 2027"):
        proposed(
            made,
            details=details(
                starts_at=IN_A_WEEK + timedelta(days=365),
                ends_at=IN_A_WEEK + timedelta(days=365, hours=1),
            ),
        )
    with pytest.raises(Refusal, match="1 des personnes choisies"):
        proposed(made, people=[UserFactory().pk])
    with pytest.raises(Refusal, match="au moins une personne"):
        proposed(made, people=[])
    assert not Meeting.objects.exists()


def test_people_of_a_group_leave_out_those_who_left_withdrew_or_are_partners(made):
    MemberFactory(team=made.teams[0], ends_on=NOW.date())
    MemberFactory(team=TeamFactory(group=made.group, state="withdrawn", reason="x"))
    MemberFactory(team=made.teams[0], role=Role.PARTNER)
    MemberFactory(team=made.teams[0], person=UserFactory(closed=True))
    MemberFactory(team=made.teams[0], person=None, mandate=None)

    found = {one.name for one in people_of(made.group, NOW.date())}

    assert {one.name for one in made.people.values()} < found
    assert len(found) == 5


# -- convened, changed, cancelled


def test_convene_sends_each_person_a_request_once(made):
    meeting = convened(made)
    actions.convene(meeting=meeting, now=LATER, actor=made.expert)

    for person in made.people.values():
        assert kinds_to(person) == ["meeting_convened"]
    [content] = calendars_to(made.people["bob"])
    parsed = icalendar.Calendar.from_ical(content)
    [event] = parsed.walk("VEVENT")
    assert parsed["METHOD"] == "REQUEST"
    assert (event["SEQUENCE"], str(event["STATUS"])) == (0, "CONFIRMED")
    assert event["DTSTART"].dt == IN_A_WEEK
    assert str(event["ATTENDEE"]) == RECIPIENT  # no address is kept
    assert "visio.exemple.fr/groupe" in str(event["LOCATION"])
    assert vobject.readOne(content.decode()).method.value == "REQUEST"


def test_change_of_a_convened_meeting_sends_the_next_revision_of_the_same_event(made):
    meeting = convened(made)
    later = IN_A_WEEK + timedelta(days=1)

    changed(meeting, made, details=details(starts_at=later, ends_at=later + timedelta(hours=2)))

    bob = made.people["bob"]
    assert kinds_to(bob) == ["meeting_convened", "meeting_changed"]
    first, second = (
        icalendar.Calendar.from_ical(one).walk("VEVENT")[0] for one in calendars_to(bob)
    )
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second["DTSTART"].dt == later
    assert second["DTSTAMP"].dt == LATER


def test_change_without_a_change_says_nothing(made):
    meeting = convened(made)

    changed(meeting, made)

    meeting.refresh_from_db()
    assert meeting.sequence == 0
    assert kinds_to(made.people["bob"]) == ["meeting_convened"]


def test_change_convenes_who_joins_and_takes_it_away_from_who_leaves(made):
    bob, denise = made.people["bob"], made.people["denise"]
    meeting = convened(made, people=[made.people["alice"].pk, bob.pk])

    changed(meeting, made, people=[made.people["alice"].pk, denise.pk])

    assert kinds_to(made.people["alice"]) == ["meeting_convened"]
    assert kinds_to(denise) == ["meeting_convened"]
    assert kinds_to(bob) == ["meeting_convened", "meeting_left_out"]
    parsed = icalendar.Calendar.from_ical(calendars_to(bob)[1])
    assert parsed["METHOD"] == "CANCEL"
    assert str(parsed.walk("VEVENT")[0]["STATUS"]) == "CANCELLED"
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CONVENED


def test_change_is_refused_to_who_read_an_older_meeting(made):
    meeting = convened(made)
    changed(meeting, made, details=details(title="Autre"))

    with pytest.raises(Refusal, match="entre-temps"):
        changed(meeting, made, details=details(title="Encore"), version=0)


def test_cancel_says_why_and_takes_the_event_away(made):
    meeting = convened(made)

    for _ in range(2):
        actions.cancel(meeting=meeting, reason="Trop d’absents.", now=LATER, actor=made.expert)

    bob = made.people["bob"]
    assert kinds_to(bob) == ["meeting_convened", "meeting_cancelled"]
    parsed = icalendar.Calendar.from_ical(calendars_to(bob)[1])
    [event] = parsed.walk("VEVENT")
    assert (parsed["METHOD"], event["SEQUENCE"], str(event["STATUS"])) == ("CANCEL", 1, "CANCELLED")
    assert str(vobject.readOne(calendars_to(bob)[1].decode()).vevent.status.value) == "CANCELLED"


def test_cancel_asks_why_and_tells_nobody_of_a_meeting_in_preparation(made):
    meeting = proposed(made)
    with pytest.raises(Refusal, match="motif"):
        actions.cancel(meeting=meeting, reason=" ", now=LATER, actor=made.expert)

    actions.cancel(meeting=meeting, reason="Inutile.", now=LATER, actor=made.expert)

    assert kinds_to(made.people["bob"]) == []


def test_put_back_then_convened_again_is_a_later_revision(made):
    meeting = convened(made)
    actions.answer(meeting=meeting, said=Answer.ACCEPTED, now=NOW, actor=made.actor("bob"))
    actions.cancel(meeting=meeting, reason="Erreur.", now=LATER, actor=made.expert)

    meeting = actions.put_back(meeting=meeting, reason="Maintenue.", now=LATER, actor=made.expert)
    assert meeting.reason == "Maintenue."
    actions.convene(meeting=meeting, now=LATER + timedelta(hours=1), actor=made.expert)

    contents = calendars_to(made.people["bob"])
    sequences = [
        icalendar.Calendar.from_ical(one).walk("VEVENT")[0]["SEQUENCE"] for one in contents
    ]
    assert sequences == sorted(set(sequences)) == [0, 1, 2]
    assert answers(meeting) == {Answer.AWAITED}


def test_a_client_that_follows_every_mail_ends_with_the_last_revision(made):
    """As a calendar program keeps it: the greatest sequence of a UID wins."""
    meeting = convened(made)
    for days in (1, 2):
        at = IN_A_WEEK + timedelta(days=days)
        changed(
            meeting,
            made,
            details=details(starts_at=at, ends_at=at + timedelta(hours=1)),
            now=NOW + timedelta(hours=days),
        )
    actions.cancel(meeting=meeting, reason="Non.", now=NOW + timedelta(hours=5), actor=made.expert)

    mails = calendars_to(made.people["bob"])
    for order in itertools.permutations(mails):
        kept: dict[str, icalendar.Event] = {}
        for content in order:
            [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
            known = kept.get(str(event["UID"]))
            if known is None or event["SEQUENCE"] > known["SEQUENCE"]:
                kept[str(event["UID"])] = event
        [last] = kept.values()
        assert (last["SEQUENCE"], str(last["STATUS"])) == (3, "CANCELLED")
        assert last["DTSTART"].dt == IN_A_WEEK + timedelta(days=2)


@pytest.mark.parametrize("state", MeetingState)
def test_every_act_is_refused_from_a_state_that_does_not_open_it(made, state):
    meeting = convened(made)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    after = IN_A_WEEK + timedelta(hours=3)
    given = {"meeting": meeting, "now": after, "actor": made.expert}
    acts = {
        "convene": lambda: actions.convene(**given),
        "cancel": lambda: actions.cancel(reason="x", **given),
        "put_back": lambda: actions.put_back(reason="x", **given),
        "reopen": lambda: actions.reopen(reason="x", **given),
        "hold": lambda: actions.hold(attendance={}, **given),
    }
    again = {"convene": "convened", "cancel": "cancelled", "hold": "held"}  # twice is once

    for name, act in acts.items():
        if name not in MEETING_LIFE.open_moves(state) and again.get(name) != state:
            with pytest.raises(MoveRefused):
                act()


def test_an_inspector_convenes_the_people_of_their_team_and_nobody_else(made):
    team = made.teams[0]
    inspector = member(team, Role.INSPECTOR)

    found = {one.key for one in people_of(team, NOW.date())}

    assert found == {made.people["alice"].pk, made.people["bob"].pk, inspector.person}
    with pytest.raises(Refusal):
        proposed(made, space=team, people=[made.people["charlie"].pk], actor=inspector)


def test_someone_who_left_the_group_may_stay_convened(made):
    meeting = convened(made)
    bob = made.people["bob"]
    bob_member = made.teams[0].members.get(person=bob)
    bob_member.ends_on = NOW.date()
    bob_member.save()

    changed(meeting, made, details=details(title="Autre objet"))

    assert meeting.convened.filter(person=bob).exists()


@pytest.mark.parametrize("mode", MeetingMode)
def test_a_meeting_of_every_mode_is_convened_with_where_it_takes_place(made, mode):
    meeting = convened(made, details=details(mode=mode, location="Lille, salle 3"))

    [content] = calendars_to(made.people["bob"])
    place = str(icalendar.Calendar.from_ical(content).walk("VEVENT")[0]["LOCATION"])
    assert ("Lille" in place) is (mode is not MeetingMode.REMOTE)
    assert ("https://visio" in place) is (mode is not MeetingMode.ON_SITE)
    assert meeting.mode == mode


def test_the_journal_of_a_meeting_holds_no_word_of_it(made):
    meeting = convened(made)
    actions.cancel(meeting=meeting, reason="Trop d’absents.", now=LATER, actor=made.expert)

    rows = Entry.objects.filter(subject=f"meeting:{meeting.pk}")
    assert list(rows.order_by("pk").values_list("verb", flat=True)) == [
        "meeting.propose",
        "meeting.convene",
        "meeting.cancel",
    ]
    assert "absents" not in str(list(rows.values()))
