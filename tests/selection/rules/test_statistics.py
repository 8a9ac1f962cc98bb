"""What the reviews of a file say together, and places with ties."""

import random
from decimal import Decimal
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.selection.rules.statistics import (
    DISCUSS_FROM,
    Ranked,
    Summary,
    is_to_discuss,
    ranking,
    summary,
)

SCORES = st.floats(0, 20)


def test_summary_of_three_reviews() -> None:
    assert summary([Decimal("10.00"), 12.0, 17.0]) == Summary(
        count=3, mean=13.0, median=12.0, deviation=sqrt(13), lowest=10.0, highest=17.0
    )


def test_summary_of_two_reviews_has_its_median_between() -> None:
    said = summary([9.0, 14.0])

    assert said is not None
    assert (said.mean, said.median, said.range) == (11.5, 11.5, 5.0)
    assert said.deviation == pytest.approx(5 / sqrt(2))


def test_summary_of_one_review_has_no_deviation() -> None:
    assert summary([9.0]) == Summary(1, 9.0, 9.0, None, 9.0, 9.0)


def test_summary_of_nothing_is_nothing() -> None:
    assert summary([]) is None


@pytest.mark.parametrize(
    ("scores", "discussed"),
    [
        ([], False),
        ([0.0], False),
        ([10.0, 10.0], False),
        ([10.0, 15.6], False),
        ([10.0, 15.7], True),
        ([8.1, 12.0, 15.9], False),
        ([8.0, 12.0, 16.0], True),
        ([5.0, 12.0, 12.0], True),
        ([5.1, 12.0, 12.0], False),
    ],
)
def test_file_is_discussed_when_its_reviews_disagree(scores: list[float], discussed: bool) -> None:
    assert is_to_discuss(scores) is discussed


def test_file_is_discussed_from_the_threshold_on() -> None:
    scores = [8.0, 10.0, 12.0]  # a deviation of 2, exactly

    assert DISCUSS_FROM == 4
    assert is_to_discuss(scores, threshold=2.0)
    assert not is_to_discuss(scores, threshold=2.01)


def test_ranking_says_its_ties() -> None:
    places = ranking({4: 12.0, 2: Decimal("15.00"), 3: 12.0, 1: 9.5})

    assert places == (
        Ranked(2, 15.0, 1),
        Ranked(3, 12.0, 2, tied_with=(4,)),
        Ranked(4, 12.0, 2, tied_with=(3,)),
        Ranked(1, 9.5, 4),
    )
    assert [place.label for place in places] == ["1re", "2e ex æquo", "2e ex æquo", "4e"]


def test_ranking_ties_what_looks_the_same() -> None:
    values = {1: 37 / 3, 2: 12.33, 3: 12.34}

    assert [(one.key, one.rank) for one in ranking(values)] == [(3, 1), (1, 2), (2, 2)]
    assert [(one.key, one.rank) for one in ranking(values, places=3)] == [(3, 1), (1, 2), (2, 3)]


def test_ranking_of_a_tie_at_the_top_has_two_first_places() -> None:
    assert [one.label for one in ranking({1: 8.0, 2: 8.0})] == ["1re ex æquo", "1re ex æquo"]
    assert ranking({}) == ()


@given(st.dictionaries(st.integers(0, 50), st.integers(0, 6).map(float)), st.randoms())
def test_ranking_places_each_after_those_above_whatever_the_order(
    values: dict[int, float], draw: random.Random
) -> None:
    shuffled = list(values.items())
    draw.shuffle(shuffled)

    places = ranking(values)

    assert ranking(dict(shuffled)) == places
    assert {one.key: one.rank for one in places} == {
        key: 1 + sum(other > value for other in values.values()) for key, value in values.items()
    }


@given(st.lists(SCORES, min_size=2))
def test_summary_lies_between_its_ends(scores: list[float]) -> None:
    said = summary(scores)

    assert said is not None
    assert said.lowest - 1e-9 <= said.mean <= said.highest + 1e-9
    assert said.lowest <= said.median <= said.highest
    assert said.deviation is not None
    assert said.deviation <= said.range + 1e-9
