"""Small pages, so that a few notices make several."""

import pytest

from traam.dissemination.oai import repository


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    """The records of a page, for this test."""
    monkeypatch.setattr(repository, "PAGE", 3)
    return 3
