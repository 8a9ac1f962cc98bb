"""The shipped vocabularies, for the pages that name academies and disciplines."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.campaigns.shipped import vocabularies_of_a_module


@pytest.fixture(scope="module")
def _vocabularies(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with vocabularies_of_a_module(django_db_blocker):
        yield


@pytest.fixture
def vocabularies(_vocabularies: None, db: None) -> None:
    """The shipped vocabularies are in the database."""
