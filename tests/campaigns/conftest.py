"""The shipped vocabularies, for the tests that read words."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.campaigns.preparing import NOW


@pytest.fixture
def at_now(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The clock of every view, at the instant that the test says."""
    instant = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant[0])

    def at(other: datetime) -> None:
        instant[0] = other

    return at
