"""The instant at which decisions are announced in these tests, and who comes to the door."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime

import pytest
import time_machine

from tests.house.pages import CheckedClient
from tests.selection import factories
from tests.selection.announcement.setting import IN, OUT, RESERVE, Hall, hall
from traam.people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "fichiers"


@pytest.fixture
def now() -> datetime:
    """The call has closed, decisions are prepared."""
    return factories.NOW


@pytest.fixture
def ready(db: None) -> Hall:
    """One theme of two places at most: an academy retained, one in reserve, one refused."""
    return hall()


@pytest.fixture(scope="module")
def _told(rows_of_a_module: None) -> Hall:
    made = hall((IN, IN, RESERVE, RESERVE, OUT))
    made.announce()
    return made


@pytest.fixture
def told(_told: Hall, db: None) -> Hall:
    """Two academies retained, two in reserve, one refused; announced."""
    return deepcopy(_told)


@pytest.fixture
def client_of(now: datetime) -> Iterator[Callable[[User], CheckedClient]]:
    """A browser in which this person has signed in; it fails on a page with a fault."""

    def signed_in(person: User) -> CheckedClient:
        client = CheckedClient()
        client.force_login(person, backend=BACKEND)
        return client

    with time_machine.travel(now, tick=False):
        yield signed_in
