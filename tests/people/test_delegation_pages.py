"""Delegations, from the pages of those who give, receive, or have nothing to do with them."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.people.factories import DelegationFactory, MandateFactory, UserFactory
from traam.access.actor import Actor, Mandate
from traam.access.roles import Role
from traam.people.models import Delegation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
GIVEN = {"starts_on": TODAY.isoformat(), "last_on": (TODAY + timedelta(days=9)).isoformat()}


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def mandate():
    return MandateFactory(role=Role.DIGITAL_DELEGATE, academies=["09"])


def page(mandate) -> str:
    return f"/compte/mandats/{mandate.pk}/suppleance/"


def test_holder_delegates_from_their_day(client, mandate):
    deputy = UserFactory(name="Suppléante")
    client.force_login(mandate.person)
    assert page(mandate) in client.get("/tableau-de-bord/").content.decode()

    response = client.post(page(mandate), GIVEN | {"email": deputy.email.upper()}, follow=True)

    (made,) = Delegation.objects.all()
    assert (made.delegate, made.starts_on, made.ends_on) == (
        deputy,
        TODAY,
        TODAY + timedelta(days=10),  # the last day is included
    )
    text = response.content.decode()
    assert "La suppléance est confiée" in text
    assert "suppléance confiée à Suppléante" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "personne@ac-lille.invalid"}, "Aucun compte ouvert ne porte l’adresse"),
        ({"email": ""}, "Donnez l’adresse de la personne."),
        ({"starts_on": ""}, "Donnez le premier jour."),
        ({"last_on": "hier"}, "Donnez une date."),
        ({"last_on": "2026-03-19"}, "(reçu : 19 mars 2026) vient avant le premier (20 mars 2026)"),
        ({"starts_on": "2001-01-01"}, "doit tenir dans le mandat"),
    ],
)
def test_faulty_delegation_comes_back_with_its_reason(client, mandate, changes, words):
    client.force_login(mandate.person)
    deputy = UserFactory()

    response = client.post(page(mandate), GIVEN | {"email": deputy.email} | changes)

    assert words in response.content.decode()
    assert not Delegation.objects.exists()


def test_mandate_of_someone_else_does_not_exist(client, mandate):
    client.force_login(MandateFactory().person)

    assert client.get(page(mandate)).status_code == 404
    assert client.post(page(mandate), GIVEN).status_code == 404


def test_delegate_is_told_that_only_the_holder_delegates(client, mandate):
    received = DelegationFactory(mandate=mandate, ends_on=TODAY + timedelta(days=9))
    client.force_login(received.delegate)
    assert page(mandate) not in client.get("/tableau-de-bord/").content.decode()

    response = client.post(page(mandate), GIVEN | {"email": UserFactory().email})

    assert "seul son titulaire le peut" in response.content.decode()


@pytest.mark.parametrize("who", ["holder", "delegate"])
def test_delegation_is_withdrawn_after_one_question(client, who):
    delegation = DelegationFactory(ends_on=TODAY + timedelta(days=9))
    address = f"/compte/suppleances/{delegation.pk}/retirer/"
    client.force_login(getattr(delegation, who))
    assert "n’agira plus" in client.get(address).content.decode()

    client.post(address)

    delegation.refresh_from_db()
    assert delegation.ends_on == TODAY


def test_delegation_of_others_does_not_exist(client):
    delegation = DelegationFactory(ends_on=TODAY + timedelta(days=9))
    client.force_login(MandateFactory().person)

    assert client.post(f"/compte/suppleances/{delegation.pk}/retirer/").status_code == 404


def test_list_of_delegations_agrees_with_their_places():
    mine, theirs, received = DelegationFactory(), DelegationFactory(), DelegationFactory()
    received.delegate = mine.holder
    received.save()
    actor = Actor(mine.holder.pk, (Mandate(role=Role.TEACHER),), TODAY)

    listed = set(Delegation.objects.over_which(actor, "mandate.withdraw_delegation"))

    assert listed == {mine, received}
    for delegation in (mine, theirs, received):
        allowed = actor.allows("mandate.withdraw_delegation", delegation.place())
        assert allowed == (delegation in listed)
