"""« Ma journée » and the groups' calendar: the next meeting, the next date, what is late."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.desk.reading import items
from tests.groups.factories import NOW, DueFactory, MemberFactory, national
from tests.groups.meeting_setting import IN_A_WEEK, convened, details, room
from traam.access.roles import Role
from traam.desk.meetings import due_dates, late_dates, meetings_to_close, next_meeting
from traam.groups import actions
from traam.groups.rules.life import Answer
from traam.people.queries import actor_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return room()


def titles(provider, actor, now=NOW) -> list[str]:
    return [item.title for item in items(provider, actor, now)]


def test_next_meeting_asks_for_an_answer_then_leads_to_its_link(made):
    bob = made.actor("bob")
    assert titles(next_meeting, bob) == []
    meeting = convened(made)

    [item] = items(next_meeting, bob, NOW)
    assert item.title == "Viendrez-vous ? Point d’étape de novembre"
    assert "heure de Paris" in item.text
    assert item.href == reverse("meeting", kwargs={"key": meeting.pk})

    actions.answer(meeting=meeting, said=Answer.ACCEPTED, now=NOW, actor=bob)
    assert titles(next_meeting, bob) == ["Prochaine réunion : Point d’étape de novembre"]

    [item] = items(next_meeting, bob, IN_A_WEEK - timedelta(minutes=10))
    assert (item.action, item.href) == ("Se connecter", meeting.link)
    assert titles(next_meeting, bob, IN_A_WEEK + timedelta(hours=3)) == []


def test_a_meeting_over_awaits_who_leads_it(made):
    convened(made)
    after = IN_A_WEEK + timedelta(hours=3)

    assert titles(meetings_to_close, made.expert) == []
    assert titles(meetings_to_close, made.expert, after) == [
        "Présences à relever : Point d’étape de novembre"
    ]
    assert titles(meetings_to_close, made.actor("bob"), after) == []


def test_next_due_date_is_that_of_ones_own_team_until_it_is_met(made):
    due = DueFactory(group=made.group, title="Un scénario", due_on=date(2026, 12, 11))
    bob = made.actor("bob")

    [item] = items(due_dates, bob, NOW)
    assert item.title == "Prochaine échéance : Un scénario"
    theme = made.group.theme.shown_title
    assert item.text == f"{theme} : pour le vendredi 11 décembre 2026 (dans 31 jours)."

    actions.meet(due=due, team=made.teams[0], now=NOW, actor=made.expert)
    assert titles(due_dates, bob) == []
    assert titles(due_dates, made.actor("charlie")) == ["Prochaine échéance : Un scénario"]


def test_inspector_then_pilot_see_what_is_late(made):
    inspector = MemberFactory(team=made.teams[0], role=Role.INSPECTOR).person
    DueFactory(group=made.group, title="Un scénario", due_on=NOW.date() - timedelta(days=15))
    pilot = national(Role.PILOT)
    assert titles(late_dates, pilot) == []

    for days in range(-15, 1):
        actions.remind_due(now=NOW + timedelta(days=days))

    team = made.teams[0]
    assert titles(due_dates, actor_for(inspector, NOW.date())) == [
        f"Échéance passée, équipe {team.named} : Un scénario"
    ]
    assert titles(late_dates, pilot) == ["2 équipes en retard : Un scénario"]
    assert titles(due_dates, made.actor("bob")) == ["Échéance passée : Un scénario"]


def test_other_meetings_that_await_an_answer_are_counted_apart(made):
    convened(made)
    [alone] = items(next_meeting, made.actor("bob"), NOW)
    assert "autre" not in alone.text
    convened(made, details=details(title="Autre"))

    [item] = items(next_meeting, made.actor("bob"), NOW)

    assert item.text.endswith(". 1 autre réunion attend aussi votre réponse.")
