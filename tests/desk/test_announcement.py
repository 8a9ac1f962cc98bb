"""« Ma journée » from the decisions on: to announce, to call, to accept, to reply, to answer."""

import pytest
from django.urls import reverse

from tests.desk.reading import items
from tests.selection.announcement.setting import IN, OUT, RESERVE, Hall, hall, person
from tests.selection.factories import NOW, actor_of
from traam.access.roles import Role
from traam.desk.announcement import called, to_announce, to_answer, to_call, told
from traam.selection import actions

pytestmark = pytest.mark.django_db
WHY = "L’équipe a changé d’établissement."


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "fichiers"


@pytest.fixture
def ready() -> Hall:
    return hall((IN, RESERVE, OUT))


def titles(provider, actor) -> list[str]:
    return [item.title for item in items(provider, actor, NOW)]


def test_decisions_await_the_announcement_once_all_are_taken(ready: Hall) -> None:
    partly = hall((IN, None))

    (item,) = items(to_announce, ready.pilot, NOW)
    assert item.title == "3 décisions à annoncer"
    assert item.href == reverse("announcement", kwargs={"year": ready.campaign.year})

    ready.announce()
    assert titles(to_announce, partly.pilot) == []


def test_decision_awaits_its_academy_s_reply_while_it_may(ready: Hall) -> None:
    delegate = ready.delegate(2)
    assert titles(told, delegate) == []

    ready.announce()
    (item,) = items(told, delegate, NOW)
    assert item.title == f"Décision annoncée : {ready.theme.shown_title}"
    assert item.href == reverse("decision", kwargs={"key": ready.decision(2).pk})
    assert titles(told, ready.pilot) == []
    assert titles(told, actor_of(ready.team(2).rector)) == []

    actions.reply(decision=ready.decision(2), text="Merci.", now=NOW, actor=delegate)
    assert titles(told, delegate) == []


def test_reply_awaits_the_pilot_s_answer(ready: Hall) -> None:
    ready.announce()
    made = actions.reply(
        decision=ready.decision(2), text="Merci.", now=NOW, actor=ready.delegate(2)
    )

    assert titles(to_answer, ready.pilot) == ["1 académie attend une réponse"]
    assert titles(to_answer, ready.delegate(2)) == []
    actions.answer_reply(reply=made, text="De rien.", now=NOW, actor=ready.pilot)
    assert titles(to_answer, ready.pilot) == []


def test_place_that_an_academy_left_awaits_the_pilot_then_the_delegate(ready: Hall) -> None:
    ready.announce()
    assert titles(to_call, ready.pilot) == []

    ready.act("withdraw_participation", 0, reason=WHY)
    (item,) = items(to_call, ready.pilot, NOW)
    assert item.title == f"Une place à proposer : {ready.theme.shown_title}"
    assert ready.application(1).academy.name in item.text
    assert titles(called, ready.delegate(1)) == []

    ready.act("call_reserve", 1)
    assert titles(to_call, ready.pilot) == []
    (item,) = items(called, ready.delegate(1), NOW)
    assert item.href == reverse("decision", kwargs={"key": ready.decision(1).pk})
    assert titles(called, ready.delegate(0)) == []

    ready.act("accept_place", 1, actor=ready.delegate(1))
    assert titles(called, ready.delegate(1)) == []
    assert titles(to_call, ready.pilot) == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PILOT])
def test_pilot_alone_is_asked_to_announce_to_call_and_to_answer(ready: Hall, role: Role) -> None:
    actor = actor_of(person(role))

    assert [titles(each, actor) for each in (to_announce, to_call, to_answer)] == [[], [], []]
