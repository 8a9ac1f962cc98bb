"""What the pages of syntheses are read with."""

import pytest

from tests.groups.factories import NOW


@pytest.fixture
def today(monkeypatch) -> None:
    """The pages are read at the instant of the world."""
    for module in ("syntheses", "editing", "findings", "coding"):
        monkeypatch.setattr(f"traam.syntheses.views.{module}.now", lambda: NOW)
    monkeypatch.setattr("traam.kit.clock.timezone.now", lambda: NOW)
