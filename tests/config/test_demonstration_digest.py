"""The same seed and the same day: the same demonstration, whatever it is played over."""

import pytest
from django.db import transaction

from tests.demonstrated import DAY
from traam.config import demonstration
from traam.reference.actions import prepare


@pytest.mark.once
def test_demonstration_is_the_same_for_the_same_seed_and_day(db, settings, tmp_path, kept_digest):
    settings.INDEX_ROOT = tmp_path / "index"
    settings.FILES_ROOT = tmp_path / "fichiers"
    prepare(now=DAY)

    first = kept_digest or _digest(seed=1)

    assert _digest(seed=1) == first
    assert _digest(seed=2) != first


def _digest(*, seed: int) -> str:
    with transaction.atomic():
        demonstration.load(now=DAY, seed=seed, scale=0)
        found = demonstration.digest()
        transaction.set_rollback(True)
    return found
