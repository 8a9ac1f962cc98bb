"""From the themes to the announcement, through the screens, each by whose work it is.

The clock is simulated: the call opens and closes by itself, and what is not deposited lapses.
With `--log-level=INFO -o log_cli=true`, each step says how long it took.
"""

import pytest

from tests.e2e.year import announcing, applying, choosing, preparing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:No directory at"),  # WhiteNoise, before the collection
]


def test_year_is_walked_from_the_themes_to_the_announcement(walk) -> None:
    walk.through(preparing.STEPS)
    walk.through(applying.STEPS)
    walk.through(choosing.STEPS)
    walk.through(announcing.STEPS)

    assert walk.faults == []
