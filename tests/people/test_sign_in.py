"""Signing in from outside: code, password, second factor, limits; nothing tells who is known."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.people.entering import (
    CODE,
    PASSWORD,
    SIGN_IN,
    ask,
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


def test_sign_in_page_offers_both_ways_and_no_sign_up(client):
    page = client.get(SIGN_IN).content.decode()

    assert page.count('name="email"') == 1
    assert page.count('name="password"') == 1
    assert "inscri" not in page.lower().replace("prescri", "")


def test_sign_in_page_is_never_kept_by_a_cache(client):
    assert "no-store" in client.get(SIGN_IN)["Cache-Control"]


def test_code_received_by_mail_opens_the_account(client, alice, mailoutbox):
    asked = ask(client, "Alice@AC-Lille.invalid ")
    assert (asked.status_code, asked.url) == (302, CODE)
    assert mailoutbox[0].to == ["alice@ac-lille.invalid"]

    response = client.post(CODE, {"code": code_in(mailoutbox).lower().replace("-", " ")})

    assert (response.status_code, response.url) == (302, "/tableau-de-bord/")
    assert signed_in(client)


def test_code_leads_to_the_page_that_was_asked_for(client, alice, mailoutbox):
    asked = ask(client, alice.email, next="/compte/")
    assert asked.url == "/connexion/code/?next=%2Fcompte%2F"

    response = client.post(asked.url, {"code": code_in(mailoutbox), "next": "/compte/"})

    assert response.url == "/compte/"


def test_code_never_leads_to_another_site(client, alice, mailoutbox):
    ask(client, alice.email, next="https://ailleurs.invalid/")

    response = client.post(CODE, {"code": code_in(mailoutbox), "next": "https://ailleurs.invalid/"})

    assert response.url == "/tableau-de-bord/"


def test_code_serves_once(client, alice, mailoutbox):
    ask(client, alice.email)
    code = code_in(mailoutbox)
    client.post(CODE, {"code": code})
    client.post("/deconnexion/")

    response = client.post(CODE, {"code": code})

    assert response.url == SIGN_IN
    assert not signed_in(client)


def test_wrong_code_is_refused_three_times_then_voids_the_right_one(client, alice, mailoutbox):
    ask(client, alice.email)

    for _ in range(2):
        wrong = client.post(CODE, {"code": "MAUV-AISE"})
        assert errors(wrong) == [
            "Ce code ne convient pas. Recopiez celui du dernier courriel reçu."
        ]
    last = client.post(CODE, {"code": "MAUV-AISE"})
    assert last.url == SIGN_IN
    after = client.post(CODE, {"code": code_in(mailoutbox)})

    assert after.url == SIGN_IN
    assert not signed_in(client)


@pytest.mark.parametrize(("seconds", "opens"), [(590, True), (610, False)])
def test_code_is_good_for_ten_minutes(client, alice, mailoutbox, now, seconds, opens):
    with time_machine.travel(now, tick=False) as clock:
        ask(client, alice.email)
        clock.shift(timedelta(seconds=seconds))
        client.post(CODE, {"code": code_in(mailoutbox)})

        assert signed_in(client) is opens


def test_code_page_without_a_code_asked_for_leads_back(client):
    assert client.get(CODE).url == SIGN_IN


def test_changing_ones_mind_starts_again(client, alice, mailoutbox):
    ask(client, "faute@ac-lille.invalid")
    assert client.get(SIGN_IN).url == CODE

    client.post(SIGN_IN, {"restart": "1"})

    assert client.get(SIGN_IN).status_code == 200


def test_unknown_address_gets_the_same_answers_as_a_known_one(client, alice, mailoutbox):
    pages = []
    for email in ("alice@ac-lille.invalid", "bruno@ac-lille.invalid"):
        client.cookies.clear()
        asked = ask(client, email)
        shown = client.get(CODE).content.decode().replace(email, "")
        wrong = client.post(CODE, {"code": "MAUV-AISE"})
        pages.append((asked.status_code, asked.url, _bare(shown), errors(wrong)))

    assert pages[0] == pages[1]


def _bare(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value)="[^"]+"', r"\1", page)


def test_unknown_address_is_told_so_by_mail_only(client, mailoutbox):
    ask(client, "bruno@ac-lille.invalid")

    assert [mail.subject for mail in mailoutbox] == [
        "Connexion à TraAM : cette adresse n’a pas de compte"
    ]


def test_no_code_is_right_for_an_unknown_address(client, mailoutbox):
    ask(client, "bruno@ac-lille.invalid")

    for code in ("", " ", "-"):
        client.post(CODE, {"code": code})

    assert not signed_in(client)
    assert not User.objects.exists()


def test_closed_account_receives_no_code(client, mailoutbox):
    UserFactory(email="carole@ac-lille.invalid", closed=True)

    ask(client, "carole@ac-lille.invalid")

    assert "n’a pas de compte" in mailoutbox[0].subject


@pytest.mark.parametrize("email", ["alice@ac-lille.invalid", "inconnue@ac-lille.invalid"])
def test_codes_are_limited_for_each_address_known_or_not(client, alice, mailoutbox, email):
    for _ in range(3):
        assert ask(client, email).url == CODE
        client.cookies.clear()

    refused = ask(client, email)

    assert errors(refused) == ["Trop de tentatives. Patientez quelques minutes, puis recommencez."]
    assert len(mailoutbox) == 3


def test_limits_are_kept_in_the_database_for_every_process(client, alice, mailoutbox):
    from traam.people.models import RateCount

    ask(client, alice.email)

    keys = [row.cache_key for row in RateCount.objects.all()]
    assert any("request_login_code" in key for key in keys)
    assert not any("alice" in key for key in keys)  # digests of addresses only


def test_limits_end(client, alice, mailoutbox, now):
    with time_machine.travel(now, tick=False) as clock:
        for _ in range(4):
            last = ask(client, alice.email)
            client.cookies.clear()
        assert last.status_code == 200
        clock.shift(timedelta(seconds=61))

        assert ask(client, alice.email).url == CODE


def test_address_that_is_none_is_said_at_its_field(client):
    assert errors(ask(client, "alice")) == [
        "Donnez une adresse complète, comme prenom.nom@ac-lille.fr."
    ]
    assert errors(ask(client, "")) == ["Donnez votre adresse électronique."]


def test_mail_server_away_is_said_and_nothing_is_pending(client, alice, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    response = ask(client, alice.email)

    assert response.status_code == 200
    assert "le serveur d’envoi ne répond pas" in response.content.decode()
    assert client.get(CODE).url == SIGN_IN


def test_the_outbox_keeps_neither_the_code_nor_the_address(client, alice, mailoutbox):
    from traam.post.models import Message

    ask(client, alice.email)

    (trace,) = Message.objects.values()
    assert trace["kind"] == "people/sign_in_code"
    assert (trace["to"], trace["params"]) == (None, {})
    assert code_in(mailoutbox) not in str(trace)


# -- and out


def test_signing_out_is_a_post_and_ends_the_session(client, alice):
    client.force_login(alice)
    assert client.get("/deconnexion/").status_code == 405

    response = client.post("/deconnexion/")

    assert response.url == "/"
    assert not signed_in(client)


def test_signed_in_person_is_led_from_the_sign_in_page_to_their_day(client, alice):
    client.force_login(alice)

    assert client.get(SIGN_IN).url == "/tableau-de-bord/"


def test_only_the_listed_pages_of_allauth_exist():
    from django.urls import NoReverseMatch

    for name in ("account_email", "account_inactive", "account_set_password", "mfa_trust"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert reverse("account_signup") == SIGN_IN  # a name that allauth looks up: the same page
