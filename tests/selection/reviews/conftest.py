"""The instant at which reviews are written in these tests, and who comes to the door."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from tests.selection import factories
from traam.people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def now() -> datetime:
    """The call has closed, reviews are under way."""
    return factories.NOW


@pytest.fixture
def _clock(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def client_of(_clock: None) -> Callable[[User], Client]:
    """A browser in which this person has signed in."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend=BACKEND)
        return client

    return signed_in


@pytest.fixture
def made(db: None) -> factories.Study:
    """Two themes, two academies on each, two reviewers for each."""
    return factories.study(themes=2, academies=2, reviewers=2)
