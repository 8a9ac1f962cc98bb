"""Each term of the objective, computed by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.selection.optimiser.instances import choices, drawn, made
from traam.selection.optimiser import objective
from traam.selection.optimiser.instance import Academy, LockKind, Theme, Weights

ROWS = (
    {"id": "c1", "academy": "A", "score": 12.5, "rank": 1, "newcomer": True},
    {"id": "c2", "academy": "A", "score": 8.0, "rank": 3},
    {"id": "c3", "academy": "B", "score": 3.0, "rank": 2, "newcomer": True},
    {"id": "c4", "academy": "C", "score": 1.0, "rank": 4},
)
ACADEMIES = (
    Academy(id="A", region="r"),
    Academy(id="B", region="r", overseas=True),
    Academy(id="C"),
)


@pytest.mark.parametrize(
    ("weight", "retained", "points"),
    [
        ("score", ["c1", "c2"], 2 * 20.5),
        ("rank", ["c1", "c2", "c3"], 2 * (1 + 1 / 3 + 1 / 2)),
        ("served", ["c1", "c2"], 2 * 1),
        ("served", ["c1", "c3", "c4"], 2 * 3),
        ("overseas", ["c1", "c2", "c4"], 0),
        ("overseas", ["c1", "c3"], 2 * 1),
        ("region", ["c1", "c3"], 2 * 1),
        ("region", ["c4"], 0),
        ("newcomer", ["c1", "c2", "c3"], 2 * 2),
    ],
)
def test_term_is_what_its_docstring_says(weight: str, retained: list[str], points: float) -> None:
    weights = Weights(**({"score": 0.0} | {weight: 2.0}))
    instance = made(*ROWS, academies=ACADEMIES, weights=weights)

    assert objective.value(instance, retained) == pytest.approx(points)
    assert objective.terms(instance, retained)[weight] == pytest.approx(points)


def levelled(**others):
    """Three colleges and a lycée professionnel for two places: one and a half, then a half."""
    rows = [
        {"id": "c1", "school_types": ("CLG",), "levels": ("C4",)},
        {"id": "c2", "school_types": ("CLG",)},
        {"id": "c3", "school_types": ("CLG", "LP")},
        {"id": "c4", "school_types": ("LP",), **others},
    ]
    return made(*rows, themes=(Theme(id="T", maximum=2),), weights=Weights(score=0, balance=3))


@pytest.mark.parametrize(
    ("retained", "points"),
    [([], -6), (["c1"], -3), (["c1", "c2"], -3), (["c4"], -3), (["c3"], 0), (["c1", "c4"], 0)],
)
def test_balance_counts_what_each_value_lacks_of_its_share(retained, points) -> None:
    instance = levelled()

    assert objective.places(instance) == 2
    assert objective.targets(instance, "school_types") == {"CLG": 1, "LP": 1}
    assert objective.targets(instance, "levels") == {"C4": 0}
    assert objective.value(instance, retained) == points


@pytest.mark.parametrize("closed", [{"eligible": False}, {"lock": LockKind.OUT}])
def test_balance_leaves_aside_what_cannot_be_retained(closed) -> None:
    assert objective.targets(levelled(**closed), "school_types") == {"CLG": 2, "LP": 0}


def test_places_are_those_of_the_academies_when_they_are_fewer() -> None:
    instance = replace(levelled(), academies=(Academy(id="A", maximum=1),))

    assert objective.places(instance) == 1


@given(seed=st.integers(0, 10_000))
def test_ceiling_is_above_every_choice(seed: int) -> None:
    instance = drawn(seed)
    top = objective.ceiling(instance) + 1e-9

    assert all(objective.value(instance, kept) <= top for kept in choices(instance))


def test_mark_is_between_one_and_two_and_stays_what_it_was() -> None:
    assert [round(objective.mark(one), 6) for one in ("c1", "c2", 7)] == [
        1.816257,
        1.609539,
        1.472693,
    ]
    assert objective.mark(7) == objective.mark("7")
