"""The whole year, from an empty folder: from the themes to a public synthesis whose finding opens
onto observations and whose notice a harvester collects; through the screens, each by whose work it
is.

The clock is simulated: the call opens and closes by itself, and what is not deposited lapses.
With `--log-level=INFO -o log_cli=true`, each step says how long it took.
"""

import pytest

from tests.e2e.year import (
    announcing,
    applying,
    choosing,
    launching,
    preparing,
    spreading,
    synthesising,
    testing,
    working,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:No directory at"),  # WhiteNoise, before the collection
]


def test_year_is_walked_from_the_themes_to_the_harvested_synthesis(walk) -> None:
    walk.through(preparing.STEPS)
    walk.through(applying.STEPS)
    walk.through(choosing.STEPS)
    walk.through(announcing.STEPS)
    walk.through(launching.STEPS)
    walk.through(working.STEPS)
    walk.through(testing.STEPS)
    walk.through(synthesising.STEPS)
    walk.through(spreading.STEPS)

    assert walk.faults == []
