"""The instant at which groups are at work in these tests, and who comes to the door."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine

from tests.groups import factories
from tests.house.pages import CheckedClient
from traam.people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "fichiers"


@pytest.fixture
def now() -> datetime:
    """An autumn day: the groups are at work."""
    return factories.NOW


@pytest.fixture
def client_of(now: datetime) -> Iterator[Callable[[User], CheckedClient]]:
    """A browser in which this person has signed in; it fails on a page with a fault."""

    def signed_in(person: User) -> CheckedClient:
        client = CheckedClient()
        client.force_login(person, backend=BACKEND)
        return client

    with time_machine.travel(now, tick=False):
        yield signed_in
