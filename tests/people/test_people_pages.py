"""« Personnes »: who reads the list, what it finds, one person's page."""

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.house.pages import CheckedClient
from tests.people.factories import DelegationFactory, MandateFactory, UserFactory
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.people.directory_forms import IN_FORCE, WITHOUT
from traam.people.directory_queries import accounts
from traam.people.models import User
from traam.people.rules import search_patterns

pytestmark = pytest.mark.django_db
LIST = "/preparation/personnes/"
TODAY = date(2026, 3, 20)
YESTERDAY, TOMORROW = date(2026, 3, 19), date(2026, 3, 21)
PILOT = Actor(1, (Mandate(role=Role.PILOT),), TODAY)


@pytest.fixture(autouse=True)
def _today(now, vocabularies):
    with time_machine.travel(now, tick=False):
        yield


def entering(role: Role, *academies: str) -> tuple[CheckedClient, User]:
    """A client signed in as a new person with this mandate."""
    user = MandateFactory(role=role, academies=academies, person__name="Qui lit").person
    client = CheckedClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, user


@pytest.fixture
def pilot() -> CheckedClient:
    return entering(Role.PILOT)[0]


@pytest.fixture
def dan() -> CheckedClient:
    return entering(Role.DIGITAL_DELEGATE, "09")[0]


def page_of(user) -> str:
    return f"{LIST}{user.pk}/"


# -- the list


def test_pilot_sees_every_account_and_a_dan_those_of_their_academy(pilot, dan):
    near = MandateFactory(academies=["09"], person__name="Alice").person
    far = MandateFactory(academies=["17"], person__name="Bob").person
    nowhere = UserFactory(name="Charlie")

    seen = {name: client.get(LIST).content.decode() for name, client in (("p", pilot), ("d", dan))}

    assert all(page_of(user) in seen["p"] for user in (near, far, nowhere))
    assert page_of(near) in seen["d"]
    assert not any(word in seen["d"] for word in ("Bob", "Charlie", far.email, nowhere.email))


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.PILOT, Role.DIGITAL_DELEGATE)]
)
def test_nobody_else_reads_the_list_and_they_are_told_who_does(role):
    client, _ = entering(role, "09")

    response = client.get(LIST)

    assert response.status_code == 403
    assert "pilotage national (DNE) et le DAN" in response.content.decode()


def test_erased_account_is_no_longer_listed(pilot, now):
    UserFactory(name="", email="compte-9@efface.invalid", is_active=False, erased_at=now)

    assert "efface.invalid" not in pilot.get(LIST).content.decode()


# session, user, mandates, limits, kept views, vocabulary, count, accounts, their mandates, limits
LIST_QUERIES = 9


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_whatever_its_length(pilot, count, django_assert_num_queries):
    for _ in range(count):
        MandateFactory(academies=["09"], disciplines=["MATHS"])
    pilot.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        pilot.get(LIST)


def test_list_is_cut_in_pages_that_keep_the_filters(pilot):
    for number in range(51):
        UserFactory(name=f"Essai {number:02}")

    first = pilot.get(LIST, {"q": "essai"}).content.decode()
    last = pilot.get(LIST, {"q": "essai", "page": 2}).content.decode()

    assert "51 comptes" in first
    assert ("Essai 49" in first, "Essai 50" in first) == (True, False)
    assert "Essai 50" in last
    assert "q=essai&amp;page=2" in first


def names(**filters) -> list[str]:
    return [user.name for user in accounts(actor=PILOT, **filters)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("helene", True),
        ("HÉLÈNE", True),
        ("Hélène D’Arc", True),
        ("d'arc helene", True),
        ("jean helene", False),
        ("h.l.ne", False),
        ("arc@ac-lille", True),
        ("ac lille", True),
        ("^", False),
        ("[", False),
        ("", True),
    ],
)
def test_person_is_found_by_words_of_their_name_or_address(words, found):
    UserFactory(name="Hélène d’Arc", email="darc@ac-lille.invalid")
    UserFactory(name="Autre", email="autre@exemple.invalid")

    assert ("Hélène d’Arc" in names(text=words)) == found


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=30))
def test_any_search_is_a_pattern_that_databases_read(words):
    import re

    assert all(re.compile(pattern) for pattern in search_patterns(words))


@pytest.fixture
def several() -> None:
    """Three people of Lille and Nantes, one of whom has nothing any more, and one nothing yet."""
    alice = UserFactory(name="Alice")
    MandateFactory(person=alice, role=Role.INSPECTOR, academies=["09"])
    MandateFactory(person=alice, role=Role.TEACHER, academies=["17"], ends_on=TODAY)
    MandateFactory(person__name="Bob", role=Role.INSPECTOR, academies=["17"], ends_on=TODAY)
    MandateFactory(person__name="Charlie", role=Role.TEACHER, academies=["09"], starts_on=TOMORROW)
    UserFactory(name="Dominique")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Alice", "Bob", "Charlie", "Dominique"]),
        ({"role": "inspector"}, ["Alice", "Bob"]),
        ({"academy": "17"}, ["Alice", "Bob"]),
        ({"role": "inspector", "academy": "17"}, ["Bob"]),
        ({"role": "teacher", "academy": "09"}, ["Charlie"]),
        ({"mandate": IN_FORCE}, ["Alice"]),
        ({"mandate": IN_FORCE, "academy": "17"}, []),
        ({"mandate": WITHOUT}, ["Bob", "Charlie", "Dominique"]),
        ({"mandate": WITHOUT, "role": "inspector"}, ["Bob"]),
    ],
)
def test_filters_combine(several, filters, expected):
    assert names(**filters) == expected


def test_filters_live_in_the_address_and_say_when_nothing_fits(pilot, several):
    found = pilot.get(LIST, {"role": "inspector", "mandat": "sans"}).content.decode()
    nothing = pilot.get(LIST, {"q": "zzz"}).content.decode()
    odd = pilot.get(LIST, {"role": "chef", "academie": "999", "mandat": "x"})

    assert ("Bob" in found, "Alice" in found) == (True, False)
    assert "Aucun compte ne répond à ces filtres" in nothing
    assert odd.status_code == 200


# -- one person


def test_page_says_mandates_in_words(pilot):
    mandate = MandateFactory(
        role=Role.INSPECTOR, academies=["09", "17"], disciplines=["MATHS"], ends_on=TOMORROW
    )
    MandateFactory(person=mandate.person, role=Role.DGESCO, starts_on=TOMORROW)

    text = pilot.get(page_of(mandate.person)).content.decode()

    assert "Lille, Nantes, Mathématiques" in text
    assert "toute la France" in text
    assert "du 1er septembre 2025 au 20 mars 2026" in text
    assert ("en cours" in text, "à venir" in text) == (True, True)


def test_dan_reads_people_of_their_academy_only(dan):
    near, far = MandateFactory(academies=["09"]), MandateFactory(academies=["17"])

    assert dan.get(page_of(near.person)).status_code == 200
    assert dan.get(page_of(far.person)).status_code == 404


def test_page_of_oneself_is_open_and_offers_nothing():
    client, user = entering(Role.TEACHER, "09")

    text = client.get(page_of(user)).content.decode()

    assert "Mettre fin" not in text
    assert "Effacer" not in text
    assert "Seul le pilotage national (DNE) peut donner un nouveau mandat" in text
    assert f'href="{LIST}"' not in text
    assert client.get(page_of(UserFactory())).status_code == 404


def test_dan_is_offered_the_end_of_what_they_may_end(dan):
    user = UserFactory()
    mine = MandateFactory(person=user, academies=["09"])
    both = MandateFactory(person=user, academies=["09", "17"])
    over = MandateFactory(person=user, academies=["09"], ends_on=TODAY)

    text = dan.get(page_of(user)).content.decode()

    offered = {each: f"/mandats/{each.pk}/terminer/" in text for each in (mine, both, over)}
    assert offered == {mine: True, both: False, over: False}
    assert "mettre fin à un mandat" in text
    assert "peut effacer un compte" in text


def test_delegations_lead_only_where_the_reader_may_go(dan):
    mandate = MandateFactory(academies=["09"], person__name="Alice")
    near = MandateFactory(academies=["09"], person__name="Bob").person
    far = MandateFactory(academies=["17"], person__name="Charlie").person
    for delegate in (near, far):
        DelegationFactory(mandate=mandate, delegate=delegate, ends_on=TOMORROW)

    text = dan.get(page_of(mandate.person)).content.decode()

    assert (page_of(near) in text, page_of(far) in text) == (True, False)
    assert "Charlie" in text
    assert "Alice" in dan.get(page_of(near)).content.decode()


# session, user, the reader's mandates, their limits, account, vocabulary, delegations, whose pages
# may be opened, mandates, their limits, the academies by which erasing is judged
PERSON_QUERIES = 10


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_whatever_it_lists(pilot, count, django_assert_num_queries):
    user = UserFactory()
    for _ in range(count):
        mandate = MandateFactory(person=user, academies=["09"], disciplines=["MATHS"])
        DelegationFactory(mandate=mandate)
    pilot.get(page_of(user))

    with django_assert_num_queries(PERSON_QUERIES):
        pilot.get(page_of(user))


def test_page_of_an_erased_account_keeps_its_key_and_offers_nothing(pilot, now):
    user = MandateFactory(ends_on=TODAY).person
    User.objects.filter(pk=user.pk).update(
        name="", email=f"compte-{user.pk}@efface.invalid", is_active=False, erased_at=now
    )

    text = pilot.get(page_of(user)).content.decode()

    assert "effacé le" in text
    assert not any(word in text for word in ("@efface", "/effacer/", "/mandat/", "terminer"))
