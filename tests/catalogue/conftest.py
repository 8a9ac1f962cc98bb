"""The shipped vocabularies for the tests that read words; an index and a reader for pages."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.campaigns.shipped import vocabularies_of_a_module
from tests.house.pages import CheckedClient


@pytest.fixture(scope="module")
def _vocabularies(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with vocabularies_of_a_module(django_db_blocker):
        yield


@pytest.fixture
def vocabularies(_vocabularies: None, db: None) -> None:
    """The shipped vocabularies are in the database."""


@pytest.fixture
def reader(index: None, db: None) -> CheckedClient:
    """A stranger whose every page is checked."""
    return CheckedClient()
