"""A session lasts a working day, and no cookie opens another."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from tests.people.entering import signed_in
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(hours=12), timedelta(seconds=1)


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _kept(client: Client) -> Session:
    return Session.objects.get(session_key=client.cookies["traam_session"].value)


def test_session_that_is_over_opens_nothing(client, now):
    Session.objects.update(expire_date=now + DAY)
    with time_machine.travel(now + DAY - SECOND, tick=False):
        assert signed_in(client)

    with time_machine.travel(now + DAY, tick=False):
        assert not signed_in(client)


@pytest.mark.parametrize(
    "key", ["", "a", "é" * 32, "\x00" * 32, "x" * 5000, "' OR 1=1 --", "0" * 32]
)
def test_cookie_that_nobody_was_given_opens_nothing(client, key):
    client.cookies["traam_session"] = key

    assert not signed_in(client)


def test_session_says_what_was_put_in_it_whoever_else_signs_in(client):
    other = Client()
    other.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert (
        _kept(client).get_decoded()["_auth_user_id"] != _kept(other).get_decoded()["_auth_user_id"]
    )
    assert signed_in(client)
    assert signed_in(other)

    _kept(client).delete()

    assert not signed_in(client)
    assert signed_in(other)
