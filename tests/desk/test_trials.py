"""« Ma journée » of those who try in class: what it offers, and when."""

import pytest

from tests.desk.reading import items
from tests.trials.setting import NOW, setting
from traam.desk import trials

pytestmark = pytest.mark.django_db


def test_a_trial_without_its_protocol_is_to_prepare_and_not_to_observe() -> None:
    place = setting(indicators=0)

    told = items(trials.to_observe, place.teacher, NOW)

    assert [(one.title, one.action) for one in told] == [("1 essai à préparer", "Préparer")]


def test_a_trial_whose_protocol_is_complete_is_to_observe_too() -> None:
    place = setting()

    told = items(trials.to_observe, place.teacher, NOW)

    title = place.trial.production.title
    assert [(one.title, one.action) for one in told] == [
        (f"Essai à préparer : {title}", "Noter une observation"),
        ("1 essai à préparer", "Préparer"),
    ]
