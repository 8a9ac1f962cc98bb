"""The actors of the tests, and the shipped vocabularies for the pages that name academies."""

import pytest

from tests.people.acting import LILLE, acting
from tests.people.factories import UserFactory
from traam.access.actor import Actor
from traam.access.roles import Role


@pytest.fixture
def pilot(db: None) -> Actor:
    return acting(UserFactory(), Role.PILOT)


@pytest.fixture
def dan(db: None) -> Actor:
    """The digital delegate of Lille."""
    return acting(UserFactory(), Role.DIGITAL_DELEGATE, academies=LILLE)
