"""The personas of the demonstration, and what erasing a person leaves."""

from datetime import date

import pytest

from tests.people.factories import DelegationFactory, MandateFactory, UserFactory
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed
from traam.people import actions
from traam.people.models import Delegation, User
from traam.people.models import Mandate as MandateRow
from traam.people.personas import PERSONAS, mandates_start
from traam.people.queries import actor_for, address_of

TODAY = date(2026, 3, 20)
DEMO = "/connexion/demo/"
SLUGS = [
    *("pilote-national", "expert", "inspection-generale", "dgesco", "recteur-lille", "dan-lille"),
    *("inspecteur-lille", "correspondant-lille", "referent-lille", "enseignant-lille"),
    *("dan-nantes", "inspecteur-nantes", "referent-nantes", "enseignant-nantes"),
    "partenaire-lille",
]


@pytest.fixture
def personas(db, now):
    actions.prepare_personas(now=now)


def test_every_role_has_a_persona():
    assert [persona.slug for persona in PERSONAS] == SLUGS
    assert {persona.role for persona in PERSONAS} == set(Role)


def test_personas_are_prepared_once_with_a_mandate_in_force(personas, now):
    actions.prepare_personas(now=now)

    users = User.objects.personas()
    assert sorted(user.persona for user in users) == sorted(SLUGS)
    for user in users:
        (mandate,) = actor_for(user, TODAY).in_force
        persona = next(each for each in PERSONAS if each.slug == user.persona)
        assert (mandate.role, mandate.academies) == (persona.role, persona.academies)
        assert mandate.disciplines == persona.disciplines
        assert user.name == persona.name
        assert not user.has_usable_password()
    assert MandateRow.objects.count() == 15
    assert Entry.objects.count() == 30  # one invitation and one mandate each


def test_persona_whose_mandate_ended_gets_one_again(personas, now):
    MandateRow.objects.update(ends_on=TODAY)

    actions.prepare_personas(now=now)

    assert all(actor_for(user, TODAY).in_force for user in User.objects.personas())


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 8, 31), date(2023, 9, 1)),
        (date(2026, 9, 1), date(2024, 9, 1)),
        (date(2026, 1, 1), date(2023, 9, 1)),
    ],
)
def test_mandates_of_personas_start_two_school_years_before(today, expected):
    assert mandates_start(today) == expected


def test_demonstration_shows_a_card_for_each_persona(client, personas):
    page = client.get(DEMO).content.decode()

    for persona in PERSONAS:
        assert f'value="{persona.slug}"' in page
        assert persona.sees in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.parametrize("slug", SLUGS)
def test_persona_signs_in_and_lands_on_their_day(client, personas, slug):
    response = client.post(DEMO, {"persona": slug}, follow=True)

    assert response.redirect_chain == [("/tableau-de-bord/", 302)]
    assert response.status_code == 200
    assert User.objects.get(persona=slug).name in response.content.decode()


def test_persona_sign_in_wants_its_token(personas, client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(DEMO, {"persona": "dan-lille"}).status_code == 403
    strict.get(DEMO)

    token = strict.cookies["traam_csrf"].value
    response = strict.post(DEMO, {"persona": "dan-lille", "csrfmiddlewaretoken": token})

    assert response.url == "/tableau-de-bord/"


def test_persona_sign_in_knows_no_limit(client, personas):
    for _ in range(40):
        assert client.post(DEMO, {"persona": "dan-lille"}).url == "/tableau-de-bord/"


def test_persona_can_be_changed_for_another(client, personas):
    client.post(DEMO, {"persona": "dan-lille"})

    page = client.post(DEMO, {"persona": "pilote-national"}, follow=True).content.decode()

    assert "Pilotage national" in page


@pytest.mark.parametrize("slug", ["", "inconnu"])
def test_unknown_persona_stays_outside_and_is_told(client, personas, slug):
    response = client.post(DEMO, {"persona": slug}, follow=True)

    assert "n’existe pas" in response.content.decode()
    assert client.get("/compte/").status_code == 302


def test_person_who_is_no_persona_is_never_signed_in_that_way(client, personas):
    UserFactory(email="alice@ac-lille.invalid")

    client.post(DEMO, {"persona": "alice@ac-lille.invalid"})
    client.post(DEMO, {})

    assert client.get("/compte/").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_production_has_no_demonstration(client, personas, settings, method):
    settings.DEMONSTRATION = False

    assert getattr(client, method)(DEMO, {"persona": "dan-lille"}).status_code == 404
    assert client.get("/compte/").status_code == 302


def test_sign_in_page_points_to_the_demonstration_there_only(client, db, settings):
    assert DEMO in client.get("/connexion/").content.decode()
    settings.DEMONSTRATION = False

    assert DEMO not in client.get("/connexion/").content.decode()


def test_demonstration_page_is_honest_before_it_is_loaded(client, db):
    assert "La démonstration se prépare" in client.get(DEMO).content.decode()


def test_persona_has_no_password_page(client, personas):
    client.post(DEMO, {"persona": "dan-lille"})

    assert client.get("/compte/mot-de-passe/").status_code == 404
    assert "personnage de la démonstration" in client.get("/compte/").content.decode()


# -- erasing


@pytest.fixture
def pilot(db) -> Actor:
    return Actor(UserFactory().pk, (Mandate(role=Role.PILOT),), TODAY)


def test_erased_person_keeps_a_key_and_nothing_else(client, pilot, now):
    user = UserFactory(name="Alice Martin-Test", email="alice@ac-lille.invalid", password="x")
    client.force_login(user)

    actions.erase(person=user, now=now, actor=pilot)

    row = User.objects.values().get(pk=user.pk)
    assert "alice" not in str(row).lower()
    assert row["email"] == f"compte-{user.pk}@efface.invalid"
    assert (row["name"], row["is_active"], row["erased_at"]) == ("", False, now)
    assert not User.objects.get(pk=user.pk).has_usable_password()
    assert address_of(user.pk) is None
    assert client.get("/compte/").status_code == 302  # the open session is dead
    assert str(User.objects.get(pk=user.pk)) == "compte effacé"


def test_erasing_ends_mandates_and_delegations_both_ways(pilot, now):
    user = UserFactory()
    held = MandateFactory(person=user)
    given = DelegationFactory(mandate=held)
    received = DelegationFactory(delegate=user)

    actions.erase(person=user, now=now, actor=pilot)

    assert MandateRow.objects.get(pk=held.pk).ends_on == TODAY
    ends = Delegation.objects.filter(pk__in=(given.pk, received.pk)).values_list(
        "ends_on", flat=True
    )
    assert list(ends) == [TODAY, TODAY]
    assert not actor_for(given.delegate, TODAY).in_force
    assert actor_for(received.holder, TODAY).in_force


def test_erasing_forgets_secrets_and_addresses_kept_by_allauth(pilot, now):
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator

    user = UserFactory()
    EmailAddress.objects.create(user=user, email=user.email)
    Authenticator.objects.create(user=user, type="totp", data={})

    actions.erase(person=user, now=now, actor=pilot)

    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()


def test_erasing_twice_is_harmless_and_noted_once(pilot, now):
    user = UserFactory()

    for _ in range(2):
        actions.erase(person=user, now=now, actor=pilot)

    assert [entry.subject for entry in Entry.objects.all()] == [f"user:{user.pk}"]


def test_address_of_an_erased_person_may_be_invited_again(pilot, now):
    user = UserFactory(email="alice@ac-lille.invalid")
    actions.erase(person=user, now=now, actor=pilot)

    again = actions.invite(
        email="alice@ac-lille.invalid", name="Alice", academies=frozenset(), now=now, actor=pilot
    )

    assert again.pk != user.pk


def test_only_the_pilot_erases(now, db):
    dan = Actor(1, (Mandate(role=Role.DIGITAL_DELEGATE, academies=frozenset({"09"})),), TODAY)
    user = MandateFactory(academies=["09"]).person

    with pytest.raises(NotAllowed):
        actions.erase(person=user, now=now, actor=dan)
    assert User.objects.get(pk=user.pk).name
