"""The shipped vocabularies for the tests that read words; an index and a reader for pages."""

import pytest

from tests.house.pages import CheckedClient


@pytest.fixture
def reader(index: None, db: None) -> CheckedClient:
    """A stranger whose every page is checked."""
    return CheckedClient()
