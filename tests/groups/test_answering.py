"""Meetings answered and held: by whom, until when, and who came."""

from datetime import timedelta

import pytest

from tests.groups.factories import NOW
from tests.groups.meeting_setting import IN_A_WEEK, Room, convened, proposed, room
from traam.groups import actions
from traam.groups.models import Convened
from traam.groups.rules.life import Answer, Attendance, MeetingState
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def made() -> Room:
    return room()


@pytest.mark.parametrize("said", [one for one in Answer if one is not Answer.AWAITED])
def test_answer_is_kept_for_who_gives_it(made, said):
    meeting = convened(made)

    actions.answer(meeting=meeting, said=said, now=LATER, actor=made.actor("bob"))

    assert Convened.objects.get(person=made.people["bob"]).answer == said
    assert Convened.objects.get(person=made.people["alice"]).answer == Answer.AWAITED
    assert Entry.objects.filter(verb="meeting.answer").count() == 1


def test_answer_is_refused_to_who_is_not_convened_and_before_the_invitations(made):
    meeting = proposed(made, people=[made.people["alice"].pk])
    with pytest.raises(NotAllowed):
        actions.answer(meeting=meeting, said=Answer.ACCEPTED, now=NOW, actor=made.actor("alice"))
    actions.convene(meeting=meeting, now=NOW, actor=made.expert)

    with pytest.raises(NotAllowed, match="convoquées"):
        actions.answer(meeting=meeting, said=Answer.ACCEPTED, now=NOW, actor=made.actor("bob"))


def test_answer_to_a_cancelled_meeting_is_refused(made):
    meeting = convened(made)
    actions.cancel(meeting=meeting, reason="Non.", now=LATER, actor=made.expert)

    with pytest.raises(Refusal, match="annulée"):
        actions.answer(meeting=meeting, said=Answer.ACCEPTED, now=LATER, actor=made.actor("bob"))


def test_answer_given_by_mail_is_entered_by_who_leads_alone(made):
    meeting, bob = convened(made), made.people["bob"]
    with pytest.raises(NotAllowed):
        actions.answer_for(
            meeting=meeting, person=bob.pk, said=Answer.DECLINED, now=NOW, actor=made.actor("alice")
        )

    actions.answer_for(
        meeting=meeting, person=bob.pk, said=Answer.DECLINED, now=NOW, actor=made.expert
    )

    assert Convened.objects.get(person=bob).answer == Answer.DECLINED


def test_hold_keeps_who_came_and_may_be_mended(made):
    meeting = convened(made)
    alice, bob = made.people["alice"].pk, made.people["bob"].pk
    with pytest.raises(Refusal, match="pas commencé"):
        actions.hold(meeting=meeting, attendance={}, now=NOW, actor=made.expert)

    for presence in (Attendance.ABSENT, Attendance.PRESENT):
        actions.hold(
            meeting=meeting,
            attendance={alice: Attendance.PRESENT, bob: presence},
            now=IN_A_WEEK + timedelta(hours=3),
            actor=made.expert,
        )

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    assert Convened.objects.get(person=bob).attendance == Attendance.PRESENT


def test_reopen_forgets_who_came(made):
    meeting = convened(made)
    bob = made.people["bob"].pk
    after = IN_A_WEEK + timedelta(hours=3)
    actions.hold(
        meeting=meeting, attendance={bob: Attendance.PRESENT}, now=after, actor=made.expert
    )

    actions.reopen(meeting=meeting, reason="Mauvaise réunion.", now=after, actor=made.expert)

    assert Convened.objects.get(person=bob).attendance == Attendance.UNKNOWN
    meeting.refresh_from_db()
    assert meeting.reason == "Mauvaise réunion."
    assert meeting.state == MeetingState.CONVENED
