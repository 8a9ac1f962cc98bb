"""Signing in with a password, and with a second factor."""

import re
import time

import pytest
from allauth.mfa.adapter import get_adapter as second_factor_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from tests.people.entering import (
    CODE,
    PASSWORD,
    SIGN_IN,
    ask,
    by_password,
    code_in,
    errors,
    signed_in,
)
from tests.people.factories import UserFactory
from traam.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return UserFactory(email="alice@ac-lille.invalid", password=PASSWORD)


# -- password


def test_password_opens_the_account(client, alice):
    response = by_password(client, "ALICE@ac-lille.invalid", PASSWORD)

    assert response.url == "/tableau-de-bord/"
    assert signed_in(client)


def test_session_lasts_a_working_day(client, alice, settings):
    by_password(client, alice.email, PASSWORD)

    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE == 12 * 3600


@pytest.mark.parametrize("email", ["alice@ac-lille.invalid", "inconnue@ac-lille.invalid"])
def test_wrong_password_and_unknown_address_get_the_same_words(client, alice, email):
    response = by_password(client, email, "autre chose que cela")

    assert "L’adresse ou le mot de passe ne convient pas." in response.content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize("email", ["alice@ac-lille.invalid", "inconnue@ac-lille.invalid"])
def test_failed_passwords_are_limited_for_each_address_known_or_not(client, alice, email):
    for _ in range(5):
        by_password(client, email, "faux")

    refused = by_password(client, email, PASSWORD)

    assert "Trop de tentatives." in refused.content.decode()
    assert not signed_in(client)


def test_too_many_tries_from_one_machine_get_a_page_in_french(client):
    for number in range(30):
        by_password(client, f"personne{number}@ac-lille.invalid", "")

    refused = by_password(client, "autre@ac-lille.invalid", "")

    assert refused.status_code == 429
    assert "Attendez quelques minutes" in refused.content.decode()


def test_password_page_comes_back_open_with_what_was_typed(client, alice):
    page = by_password(client, alice.email, "faux").content.decode()

    assert re.search(r"<details[^>]* open", page)
    assert 'value="alice@ac-lille.invalid"' in page
    assert "faux" not in page


def test_account_without_a_password_cannot_be_opened_by_one(client):
    user = UserFactory()

    for password in ("", "!", user.password):
        by_password(client, user.email, password)

    assert not signed_in(client)


def test_closed_account_is_refused_even_with_its_password(client):
    user = UserFactory(closed=True, password=PASSWORD)

    response = by_password(client, user.email, PASSWORD)

    assert response.url == SIGN_IN
    assert not signed_in(client)


# -- second factor


def totp(secret: str) -> str:
    """What an application would show now (RFC 6238): taken until its step of 30 seconds is past,
    and one more."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def activate(client) -> str:
    """Turn the second factor on from the account pages; gives its secret."""
    page = client.get("/compte/second-facteur/activer/").content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page).group(1)
    response = client.post("/compte/second-facteur/activer/", {"code": totp(secret)})
    assert response.url == "/compte/second-facteur/codes/", response.content.decode()
    return secret


@pytest.fixture
def protected(client, mailoutbox):
    """Someone who signs in by code, with a second factor; signed out. Gives (user, secret)."""
    user = UserFactory(email="denis@ac-lille.invalid")
    client.force_login(user)
    secret = activate(client)
    client.post("/deconnexion/")
    cache.clear()  # a code of the application serves once
    return user, secret


def test_second_factor_is_asked_after_the_code(client, protected, mailoutbox):
    user, secret = protected
    ask(client, user.email)
    first = client.post(CODE, {"code": code_in(mailoutbox)})
    assert first.url == "/connexion/second-facteur/"
    assert not signed_in(client)

    response = client.post("/connexion/second-facteur/", {"code": totp(secret)})

    assert response.url == "/tableau-de-bord/"
    assert signed_in(client)


def test_second_factor_is_asked_after_the_password(client, protected):
    user, _ = protected
    user.set_password(PASSWORD)
    user.save()

    assert by_password(client, user.email, PASSWORD).url == "/connexion/second-facteur/"
    assert not signed_in(client)


def test_wrong_second_factor_is_refused(client, protected, mailoutbox):
    user, _ = protected
    ask(client, user.email)
    client.post(CODE, {"code": code_in(mailoutbox)})

    response = client.post("/connexion/second-facteur/", {"code": "000000"})

    assert errors(response) == ["Ce code ne convient pas. Attendez le suivant et recopiez-le."]
    assert not signed_in(client)


def test_recovery_code_replaces_the_application_once(client, protected, mailoutbox):
    user, _ = protected
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    for expected in (True, False):
        ask(client, user.email)
        client.post(CODE, {"code": code_in(mailoutbox)})
        client.post("/connexion/second-facteur/", {"code": codes[0]})
        assert signed_in(client) is expected
        client.post("/deconnexion/")


def test_secret_of_the_second_factor_is_encrypted_at_rest(protected):
    _, secret = protected
    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in stored
    assert second_factor_adapter().decrypt(stored) == secret


def test_second_factor_can_be_given_up_half_way(client, protected, mailoutbox):
    user, _ = protected
    ask(client, user.email)
    client.post(CODE, {"code": code_in(mailoutbox)})

    client.post(SIGN_IN, {"restart": "1"})

    assert client.get("/connexion/second-facteur/").url == SIGN_IN


def test_second_factor_is_taken_away_from_the_account_page(client, protected):
    user, secret = protected
    client.force_login(user)
    asked = client.get("/compte/second-facteur/retirer/")
    assert asked.url.startswith("/connexion/confirmer/code/?")
    client.post(asked.url, {"code": totp(secret)})

    client.post("/compte/second-facteur/retirer/")

    assert not Authenticator.objects.filter(user=user).exists()
