"""« Préparation »: the pilot's doors, and what awaits behind each."""

from datetime import date

import pytest

from tests.house.pages import CheckedClient
from tests.people.factories import MandateFactory
from tests.post.factories import MessageFactory
from tests.reference.factories import TermFactory
from traam.access.actor import Actor, Mandate
from traam.access.policy import RIGHTS
from traam.access.roles import Role
from traam.config.navigation import NAVIGATION
from traam.desk.preparation import GROUPS, RIGHT, groups_for

PAGE = "/preparation/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def of_pilot() -> CheckedClient:
    client = CheckedClient()
    client.force_login(MandateFactory(role=Role.PILOT).person)
    return client


def test_preparation_says_behind_each_door_what_awaits(of_pilot, now):
    TermFactory.create_batch(2, needs_review=True)
    MessageFactory(failed=True)
    pilot = Actor(1, (Mandate(role=Role.PILOT),), date(2026, 3, 20))

    waiting = {
        room.label: [item.title for item in room.items]
        for _, rooms in groups_for(pilot, now)
        for room in rooms
    }
    page = of_pilot.get(PAGE).content.decode()

    assert waiting == {
        "Campagnes": [],
        "Chargements": [],
        "Référentiels": ["2 mots à vérifier dans les référentiels"],
        "Personnes": [],
        "Courrier": ["1 courriel en échec"],
        "Tâches de fond": [],
        "Journal des actes": [],
    }
    assert page.count("Rien n’y attend.") == 5
    assert 'href="/preparation/courrier/?etat=failed">1 courriel en échec' in page


def test_every_door_leads_to_a_page_that_opens(of_pilot, now):
    pilot = Actor(1, (Mandate(role=Role.PILOT),), date(2026, 3, 20))

    hrefs = [room.href for _, rooms in groups_for(pilot, now) for room in rooms]

    assert len(hrefs) == sum(len(rooms) for _, rooms in GROUPS)
    assert {of_pilot.get(href).status_code for href in hrefs} == {200}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PILOT])
def test_preparation_is_closed_to_every_other_role(client, role):
    client.force_login(MandateFactory(role=role, academies=["09"]).person)

    assert client.get(PAGE).status_code == 403
    assert f'href="{PAGE}"' not in client.get("/aide/").content.decode()


def test_menu_shows_the_door_to_whoever_may_open_it(of_pilot):
    assert ("Préparation", "preparation", RIGHT) in NAVIGATION
    assert f'href="{PAGE}"' in of_pilot.get("/aide/").content.decode()


def test_rights_of_the_doors_exist():
    named = {room.right for _, rooms in GROUPS for room in rooms} | {RIGHT}

    assert named <= set(RIGHTS)


def test_preparation_wants_a_sign_in_and_is_only_read(client, of_pilot):
    assert client.get(PAGE).url == f"/connexion/?next={PAGE}"
    assert of_pilot.post(PAGE).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_preparation_costs_the_same_whatever_awaits(of_pilot, count, django_assert_num_queries):
    TermFactory.create_batch(count, needs_review=True)
    MessageFactory.create_batch(count, failed=True)

    # session, account, mandates, their limits; themes and briefs to sign, calls that wait, those
    # whose reviews are to be given, whose choice is to be made, then announced; places to give,
    # replies to answer; loads, words, mail, jobs
    with django_assert_num_queries(4):
        of_pilot.get(PAGE)
