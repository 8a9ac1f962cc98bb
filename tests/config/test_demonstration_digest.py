"""The same seed and the same day: the same demonstration, whatever it is played over."""

from dataclasses import fields
from typing import Any

import pytest
from django.db import transaction

from tests.demonstrated import DAY
from traam.config import demonstration
from traam.config.demonstration.words import Dice, Labels, answers, themes
from traam.reference.actions import prepare


@pytest.mark.once
def test_demonstration_is_the_same_for_the_same_seed_and_day(db, settings, tmp_path, kept_digest):
    settings.INDEX_ROOT = tmp_path / "index"
    settings.FILES_ROOT = tmp_path / "fichiers"
    prepare(now=DAY)

    first = kept_digest or _digest()

    assert _digest() == first


def test_another_seed_draws_other_answers_and_the_same_one_the_same() -> None:
    drawn = [_answers(seed) for seed in (1, 1, *range(2, 20))]

    assert drawn[0] == drawn[1]
    assert len({str(one) for one in drawn}) > 5


def _answers(seed: int) -> dict[str, Any]:
    theme = themes()[0]
    names = (one.name for one in fields(Labels))
    return answers(
        theme=theme,
        situation=theme.situations[0],
        labels=Labels(**{name: f"mot {name}" for name in names}),
        level="6e",
        dice=Dice(seed, "2026-2027"),
        year=2026,
    )


def _digest() -> str:
    with transaction.atomic():
        demonstration.load(now=DAY, seed=1, scale=0)
        found = demonstration.digest()
        transaction.set_rollback(True)
    return found
