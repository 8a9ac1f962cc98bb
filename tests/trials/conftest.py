"""What the tests of trials share."""

import pytest
import time_machine

from tests.trials.setting import NOW
from tests.vocabularies import vocabularies


@pytest.fixture
def clock(db):
    """The vocabularies loaded, the hour stopped at that of the setting."""
    with time_machine.travel(NOW, tick=False):
        vocabularies(now=NOW)
        yield
