"""« Ma journée » and the groups: the actions that a person is in charge of."""

from datetime import timedelta

import pytest

from tests.campaigns.factories import ThemeFactory
from tests.desk.reading import items
from tests.groups.factories import NOW, NationalGroupFactory, PointFactory
from tests.groups.meeting_setting import room
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.desk.groups import actions_to_do
from traam.groups.rules.life import PointKind
from traam.people.models import User

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def made():
    return room()


def told(made, name="bob") -> list[tuple[str, str, str]]:
    found = items(actions_to_do, made.actor(name), NOW)
    return [(one.title, one.text, one.href) for one in found]


def point(made, name="bob", **facts):
    person = User.objects.get(pk=made.actor(name).person)
    return PointFactory(owner=person, **({"group": made.group} | facts))


def test_actions_of_a_space_are_one_item_the_late_one_first(made) -> None:
    point(made, text="Sans date.")
    point(made, text="Plus tard.", due_on=TODAY + timedelta(days=3))
    point(made, text="Envoyer la grille.", due_on=TODAY - timedelta(days=1))

    theme = made.group.theme.shown_title
    assert told(made) == [
        (
            "Action en retard : Envoyer la grille.",
            f"Groupe national {theme} : elle était pour le lundi 9 novembre 2026. 2 autres "
            "actions vous attendent aussi.",
            f"/groupes/{made.group.code}/decisions/",
        )
    ]


def test_space_where_an_action_is_late_comes_first(made) -> None:
    team = made.teams[0]
    point(made, text="Dans le groupe.", due_on=TODAY)
    point(made, text="Dans l’équipe.", due_on=TODAY - timedelta(days=9), group=None, team=team)

    assert [title for title, *_ in told(made)] == [
        "Action en retard : Dans l’équipe.",
        "Action à mener : Dans le groupe.",
    ]


def test_what_is_done_decided_or_of_another_awaits_nobody(made) -> None:
    point(made, due_on=TODAY, done_at=NOW)
    point(made, kind=PointKind.DECISION)
    point(made, "charlie", due_on=TODAY)
    PointFactory(group=made.group, owner=None, due_on=TODAY)

    assert told(made) == []


def test_actions_of_a_closed_campaign_and_of_a_space_one_left_await_nobody(made) -> None:
    elsewhere = NationalGroupFactory(theme=ThemeFactory(campaign=made.group.campaign))
    point(made, due_on=TODAY)
    point(made, due_on=TODAY, group=elsewhere)
    assert len(told(made)) == 1

    Campaign.objects.update(state=CampaignState.CLOSED)

    assert told(made) == []


def test_long_action_is_shortened_in_its_title(made) -> None:
    point(made, text="Envoyer\nla grille " * 30)

    [(title, text, _)] = told(made)

    assert title.endswith("…")
    assert "\n" not in title
    assert len(title) <= len("Action à mener : ") + 90
    assert text.endswith(" : sans date fixée.")
