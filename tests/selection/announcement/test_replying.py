"""An academy replies to its decision within its delay; the pilot answers it, once."""

from datetime import timedelta

import pytest

from tests.selection.announcement.setting import IN, OUT, RESERVE, Hall, hall, mail
from tests.selection.factories import NOW, actor_of
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def told(db: None) -> Hall:
    """Two academies retained, two in reserve, one refused; announced."""
    made = hall((IN, IN, RESERVE, RESERVE, OUT))
    made.announce()
    return made


def reply(made: Hall, place: int, text: str = "Nous regrettons.", **given):
    whole = {"decision": made.decision(place), "now": LATER, "actor": made.delegate(place)}
    return actions.reply(**(whole | {"text": text} | given))


def test_reply_reaches_the_pilot_and_its_answer_the_academy(told: Hall) -> None:
    made = reply(told, 4)
    actions.answer_reply(reply=made, text="Nous comprenons.", now=LATER, actor=told.pilot)

    assert set(mail("reply_received")) == {told.study.pilot.pk}
    assert set(mail("reply_answered")) == told.team(4).keys
    made.refresh_from_db()
    assert (made.answer, made.answered_by_id) == ("Nous comprenons.", told.study.pilot.pk)


def test_reply_of_the_same_text_twice_is_one(told: Hall) -> None:
    assert reply(told, 4) == reply(told, 4)
    assert {len(each) for each in mail("reply_received").values()} == {1}


def test_reply_is_of_the_delegate_or_the_authors_of_this_academy(told: Hall) -> None:
    reply(told, 4, actor=actor_of(told.team(4).author))
    for actor in (told.delegate(0), actor_of(told.team(4).rector), told.pilot):
        with pytest.raises(NotAllowed):
            reply(told, 4, actor=actor)


def test_reply_ends_with_the_calendar(told: Hall) -> None:
    due = told.campaign.calendar.at("replies_due")
    reply(told, 4, now=due, text="À temps.")

    with pytest.raises(Refusal, match="délai pour répondre est passé"):
        reply(told, 4, now=due + timedelta(seconds=1))


def test_reply_before_the_announcement_or_blank_is_refused(ready: Hall, told: Hall) -> None:
    with pytest.raises(NotAllowed):
        reply(ready, 2)
    with pytest.raises(Refusal, match="texte manque"):
        reply(told, 4, text="  ")
    with pytest.raises(Refusal, match="doit tenir en 10000"):
        reply(told, 4, text="a" * 10_001)


def test_answer_once_given_does_not_change(told: Hall) -> None:
    made = reply(told, 4)
    given = {"reply": made, "now": LATER, "actor": told.pilot}
    actions.answer_reply(**given, text="Oui.")
    actions.answer_reply(**given, text="Oui.")

    with pytest.raises(Refusal, match="déjà été faite"):
        actions.answer_reply(**given, text="Non.")
    with pytest.raises(NotAllowed):
        actions.answer_reply(**(given | {"actor": told.delegate(4)}), text="Oui.")
