"""What applications await from each: the author, the inspector, the delegate."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.applications.factories import CLOSES, OpenThemeFactory
from tests.applications.world import World, actor
from tests.desk import reading
from tests.people.factories import MandateFactory
from traam.access.roles import Role
from traam.desk import applications
from traam.kit.text import instant, relative

pytestmark = pytest.mark.django_db
PROVIDERS = (applications.to_write, applications.to_agree, applications.to_endorse)


@pytest.fixture
def world(db) -> World:
    return World()


def items(user, now) -> list:
    return [item for provider in PROVIDERS for item in reading.items(provider, actor(user), now)]


def test_pilot_sees_the_open_call_its_deadline_and_how_many_have_answered(
    world: World, now
) -> None:
    campaign = world.begun(now).campaign
    pilot = actor(MandateFactory(role=Role.PILOT).person)

    [card] = reading.items(applications.open_calls, pilot, now)

    assert card.title == f"L’appel {campaign.label} est ouvert"
    assert card.text == (
        f"Il ferme le {instant(CLOSES)} ({relative(CLOSES, now)}). 1 candidature commencée, dont "
        "0 déposée."
    )
    assert card.href == f"/candidatures/?campagne={campaign.year}"
    assert reading.items(applications.open_calls, pilot, CLOSES) == []
    assert reading.items(applications.open_calls, actor(world.author), now) == []


def test_author_is_told_what_to_finish_and_until_when(world: World, now) -> None:
    made = world.begun(now)

    (item,) = items(world.author, now)

    assert item.title == "1 candidature à compléter et à soumettre"
    assert item.text == (
        "L’appel ferme le vendredi 3 avril 2026, 18\u00a0h, heure de Paris (dans 14\u00a0jours)."
    )
    assert item.href == f"/candidatures/{made.code}/"


def test_several_lead_to_the_list_of_what_awaits_me(world: World, now) -> None:
    for theme in (world.theme, OpenThemeFactory(campaign=world.campaign)):
        world.begun(now, theme=theme)

    (item,) = items(world.author, now)

    assert item.title == "2 candidatures à compléter et à soumettre"
    assert item.href == "/candidatures/?etat=draft&attente=moi"


def test_inspector_is_told_what_awaits_their_agreement(world: World, now) -> None:
    made = world.submitted(now)

    (item,) = items(world.inspector, now)

    assert item.title == "1 candidature attend votre accord"
    assert item.href == f"/candidatures/{made.code}/"


def test_delegate_is_led_to_the_comparison(world: World, now) -> None:
    world.agreed(now)

    (item,) = items(world.dan, now)

    code, year = world.academy.code, world.campaign.year
    assert item.title == (f"1 candidature à comparer, classer et viser ({world.academy.name})")
    assert item.href == f"/candidatures/academie/{code}/?campagne={year}"


def test_nothing_awaits_anyone_else_nor_once_it_is_deposited(world: World, now) -> None:
    world.deposited(now)

    people = (world.author, world.inspector, world.dan, world.rector, world.pilot)
    assert [items(one, now) for one in people] == [[]] * 5


def test_draft_awaits_nothing_once_the_call_is_closed_and_an_agreement_until_the_grace_ends(
    world: World, now
) -> None:
    world.begun(now)
    other = World()
    other.submitted(now)

    assert items(world.author, CLOSES) == []
    assert len(items(other.inspector, CLOSES)) == 1
    assert items(other.inspector, CLOSES + timedelta(hours=48)) == []


def test_who_plays_no_part_costs_no_query(now, world: World) -> None:
    pilot = actor(world.pilot)

    with CaptureQueriesContext(connection) as captured:
        assert [reading.items(provider, pilot, now) for provider in PROVIDERS] == [[], [], []]

    assert len(captured) == 0
    assert pilot.in_force[0].role is Role.PILOT
