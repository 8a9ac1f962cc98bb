"""The same seed and the same day: the same demonstration, whatever it is played over."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from traam.config import demonstration
from traam.reference.actions import prepare

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.once
def test_demonstration_is_the_same_for_the_same_seed_and_day(db, settings, tmp_path):
    settings.INDEX_ROOT = tmp_path / "index"
    prepare(now=NOW)

    found = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            demonstration.load(now=NOW, seed=seed, scale=0)
            found.append(demonstration.digest())
            transaction.set_rollback(True)

    assert found[0] == found[1] != found[2]
