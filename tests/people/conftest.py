"""The actors of the tests, and the shipped vocabularies for the pages that name academies."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.campaigns.shipped import vocabularies_of_a_module
from tests.people.acting import LILLE, acting
from tests.people.factories import UserFactory
from traam.access.actor import Actor
from traam.access.roles import Role


@pytest.fixture(scope="module")
def _vocabularies(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with vocabularies_of_a_module(django_db_blocker):
        yield


@pytest.fixture
def vocabularies(_vocabularies: None, db: None) -> None:
    """The shipped vocabularies are in the database."""


@pytest.fixture
def pilot(db: None) -> Actor:
    return acting(UserFactory(), Role.PILOT)


@pytest.fixture
def dan(db: None) -> Actor:
    """The digital delegate of Lille."""
    return acting(UserFactory(), Role.DIGITAL_DELEGATE, academies=LILLE)
