"""The shipped vocabularies, for the tests that read words."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from pytest_django import DjangoDbBlocker

from tests.campaigns.preparing import NOW
from tests.campaigns.shipped import vocabularies_of_a_module


@pytest.fixture(scope="module")
def _vocabularies(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with vocabularies_of_a_module(django_db_blocker):
        yield


@pytest.fixture
def vocabularies(_vocabularies: None, db: None) -> None:
    """The shipped vocabularies are in the database."""


@pytest.fixture
def at_now(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The clock of every view, at the instant that the test says."""
    instant = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant[0])

    def at(other: datetime) -> None:
        instant[0] = other

    return at
