"""One's own account: what it shows, its password; the actor of each request; the hourly sweep."""

import re
import socket
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from django.contrib.sessions.models import Session

from tests.people.factories import MandateFactory, RateCountFactory, UserFactory
from traam.access.roles import Role
from traam.people import tasks
from traam.people.models import RateCount
from traam.post.models import Message

PASSWORD, OTHER = "une phrase assez longue", "une tout autre phrase"
PAGE = "/compte/mot-de-passe/"
pytestmark = pytest.mark.django_db


class Sink(MessageHandler):
    """Keeps the mails that a real server would have delivered."""

    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings):
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield sink
    controller.stop()


def test_code_goes_through_a_real_mail_server(client, smtp):
    user = UserFactory(email="alice@ac-lille.invalid")

    client.post("/connexion/", {"email": user.email})

    (mail,) = smtp.mails
    body = mail.get_payload(decode=True).decode()
    code = re.search(r"^ {4}(\S+)\r?$", body, re.MULTILINE).group(1)
    assert mail["To"] == user.email
    assert code in str(mail["Subject"]) or "=?utf-8?" in str(mail["Subject"])
    assert "10 minutes" in body
    response = client.post("/connexion/code/", {"code": code})
    assert response.url == "/tableau-de-bord/"


def _by_code(client, user, mailoutbox):
    client.post("/connexion/", {"email": user.email})
    code = re.search(r"^ {4}(\S+)$", mailoutbox[-1].body, re.MULTILINE).group(1)
    client.post("/connexion/code/", {"code": code})


def test_first_password_is_chosen_after_a_code(client, mailoutbox):
    user = UserFactory()
    _by_code(client, user, mailoutbox)

    response = client.post(PAGE, {"new": PASSWORD})

    assert response.url == "/compte/"
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert client.get("/compte/").status_code == 200  # still here
    assert Message.objects.filter(kind="people/password_changed", to=user.pk).count() == 1


def test_forgotten_password_is_replaced_after_a_code(client, mailoutbox):
    user = UserFactory(password=PASSWORD)
    _by_code(client, user, mailoutbox)

    client.post(PAGE, {"new": OTHER})

    user.refresh_from_db()
    assert user.check_password(OTHER)


def test_code_replaces_the_old_password_for_a_quarter_of_an_hour(client, mailoutbox, now):
    user = UserFactory(password=PASSWORD)
    with time_machine.travel(now, tick=False) as clock:
        _by_code(client, user, mailoutbox)
        assert 'name="old"' not in client.get(PAGE).content.decode()
        clock.shift(timedelta(minutes=16))

        assert 'name="old"' in client.get(PAGE).content.decode()


def test_old_password_is_asked_of_who_came_with_it(client):
    user = UserFactory(password=PASSWORD)
    client.post("/connexion/", {"login": user.email, "password": PASSWORD})

    wrong = client.post(PAGE, {"old": "faux", "new": OTHER}).content.decode()
    assert "Ce mot de passe n’est pas l’actuel." in wrong
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    client.post(PAGE, {"old": PASSWORD, "new": OTHER})

    user.refresh_from_db()
    assert user.check_password(OTHER)


@pytest.mark.parametrize("weak", ["", "court", "1234567890", "personne-dix@"])
def test_weak_password_is_refused(client, mailoutbox, weak):
    user = UserFactory(email="personne-dix@x.invalid")
    _by_code(client, user, mailoutbox)

    response = client.post(PAGE, {"new": weak})

    assert response.status_code == 200
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_new_password_closes_the_other_sessions(client, mailoutbox):
    from django.test import Client

    user = UserFactory(password=PASSWORD)
    other = Client()
    other.force_login(user)
    _by_code(client, user, mailoutbox)

    client.post(PAGE, {"new": OTHER})

    assert other.get("/compte/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        *("/compte/", PAGE, "/compte/second-facteur/", "/compte/second-facteur/activer/"),
        *("/compte/second-facteur/codes/", "/connexion/confirmer/", "/tableau-de-bord/"),
    ],
)
def test_account_pages_want_a_sign_in_and_come_back(client, address):
    assert client.get(address).url == f"/connexion/?next={address}"


def test_account_page_shows_what_protects_it(client):
    user = UserFactory(password=PASSWORD)
    client.force_login(user)

    page = client.get("/compte/").content.decode()

    assert user.email in page
    assert "Changer de mot de passe" in page
    assert "non activé" in page


# -- the actor of a request


def test_actor_of_a_request_without_a_session_costs_nothing(rf, django_assert_num_queries):
    from traam.people.middleware import ActorMiddleware

    request = rf.get("/")  # no session, no user: touching either would burst
    ActorMiddleware(lambda request: request)(request)

    with django_assert_num_queries(0):
        assert request.actor.is_anonymous


def test_actor_of_a_request_is_computed_once(rf, django_assert_num_queries, settings):
    from traam.people.middleware import ActorMiddleware

    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.user = MandateFactory(role=Role.PILOT, academies=["09"]).person
    ActorMiddleware(lambda request: request)(request)

    with django_assert_num_queries(1):  # the mandates, their limits
        assert request.actor.may("archive.load")
        assert request.actor.person == request.user.pk


def test_actor_lives_in_paris(rf, settings):
    """At 23:30 in UTC on the eve, the mandate that starts tomorrow already counts."""
    from datetime import UTC, date, datetime

    from traam.people.middleware import ActorMiddleware

    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.user = MandateFactory(role=Role.PILOT, starts_on=date(2026, 3, 20)).person
    ActorMiddleware(lambda request: request)(request)

    with time_machine.travel(datetime(2026, 3, 19, 23, 30, tzinfo=UTC), tick=False):
        assert request.actor.may("archive.load")


# -- the sweep


def test_sweep_removes_what_has_expired_and_keeps_the_rest(client, now):
    with time_machine.travel(now, tick=False) as clock:
        client.force_login(UserFactory())
        RateCountFactory(expires=now + timedelta(hours=1))
        RateCountFactory(cache_key="vivante", expires=now + timedelta(days=2))
        clock.shift(timedelta(hours=13))
        client.force_login(UserFactory())

        tasks.clear_expired.call()

        assert [row.cache_key for row in RateCount.objects.all()] == ["vivante"]
        assert Session.objects.count() == 1
