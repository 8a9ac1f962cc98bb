"""The shipped vocabularies without their rows: what tests that write no vocabulary need."""

import pytest

from tests.productions.setting import NOW, World
from traam.reference import queries
from traam.reference.rules import Vocabulary


@pytest.fixture(autouse=True)
def _words(monkeypatch) -> None:
    """Until a test loads them, the vocabulary is that of the shipped files."""
    shipped = Vocabulary(queries.shipped_vocabulary().schemes, "")
    monkeypatch.setattr(queries, "_kept", shipped)


@pytest.fixture
def world(db, monkeypatch) -> World:
    """A team and its people, on the day that the pages show."""
    for where in ("lists", "showing", "editing", "live", "acts", "files", "lineage", "tools"):
        monkeypatch.setattr(f"traam.productions.views.{where}.now", lambda: NOW)
    return World()
