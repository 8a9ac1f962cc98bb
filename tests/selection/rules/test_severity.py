"""Severity on small juries that one can check by hand, and what it must never do."""

import random
from itertools import product
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.selection.rules.severity import Correction, Effect, Pair, correct

QUALITY = {1: 8.0, 2: 15.0, 3: 11.0, 4: 13.5, 5: 6.0, 6: 17.0}
SEVERE = {10: 2.0, 11: -1.0, 12: -1.0, 13: 0.0}
# Each file but two lacks a different reader: everybody is joined, nothing is complete.
READ = [(r, a) for r in SEVERE for a in QUALITY if (r + a) % 4]


def exact(pairs: list[Pair]) -> dict[Pair, float]:
    """Scores without noise."""
    return {(r, a): QUALITY[a] - SEVERE[r] for r, a in pairs}


def noisy(pairs: list[Pair], seed: int = 1) -> dict[Pair, float]:
    draw = random.Random(seed)
    return {pair: score + draw.gauss(0, 0.5) for pair, score in exact(pairs).items()}


def by_hand(scores: dict[Pair, float], ridge: float) -> dict[int, float]:
    """The minimum of the formula, found one unknown at a time until nothing moves."""
    severity = {reviewer: 0.0 for reviewer, _ in scores}
    quality = {application: 0.0 for _, application in scores}
    for _ in range(5_000):
        for key in quality:
            had = [score + severity[r] for (r, a), score in scores.items() if a == key]
            quality[key] = sum(had) / len(had)
        for key in severity:
            had = [quality[a] - score for (r, a), score in scores.items() if r == key]
            severity[key] = sum(had) / (len(had) + ridge)
    return severity


def test_severity_is_found_exactly_without_noise() -> None:
    found = correct(exact(READ), freedom=1)

    (part,) = found.parts
    assert part.effect is Effect.CORRECTED
    assert not part.is_without_effect
    assert dict(part.severities) == pytest.approx(SEVERE)
    assert found.corrected == pytest.approx(QUALITY)
    assert found.noise_deviation == pytest.approx(0, abs=1e-6)


def test_severity_is_the_minimum_of_its_formula() -> None:
    scores = noisy(READ)

    found = correct(scores, freedom=1)

    assert found.severity_deviation
    assert found.noise_deviation
    ridge = (found.noise_deviation / found.severity_deviation) ** 2
    expected = by_hand(scores, ridge)
    assert dict(found.parts[0].severities) == pytest.approx(expected, abs=1e-6)
    for application in QUALITY:
        had = [score + expected[r] for (r, a), score in scores.items() if a == application]
        assert found.corrected[application] == pytest.approx(sum(had) / len(had), abs=1e-6)


def test_variances_of_a_complete_jury_are_those_of_the_analysis_of_variance() -> None:
    scores = {(1, 1): 8.0, (2, 1): 12.0, (1, 2): 13.0, (2, 2): 14.0, (1, 3): 9.0, (2, 3): 13.0}

    found = correct(scores, freedom=2)

    # Differences of 4, 1, 4: mean square of the reviewers 13.5, of the residual 1.5, over 2 cells.
    assert found.noise_deviation == pytest.approx(sqrt(1.5))
    assert found.severity_deviation == pytest.approx(sqrt((13.5 - 1.5) / 3))
    # Each of the two is 1.5 from the mean over three files, shrunk by 3 / (3 + 1.5 / 4).
    assert dict(found.parts[0].severities) == pytest.approx({1: 4 / 3, 2: -4 / 3})


def test_complete_part_is_left_exactly_as_it_was() -> None:
    scores = noisy(list(product(SEVERE, QUALITY)))

    found = correct(scores)

    (part,) = found.parts
    assert part.effect is Effect.COMPLETE
    assert part.is_without_effect
    assert part.corrected == part.raw
    assert part.severities[10] > 1


def test_complete_part_of_low_scores_is_left_to_the_last_digit() -> None:
    """Near 0, the sum of the severities of a file is not exactly 0 once computed."""
    draw = random.Random(4)
    scores = {(r, a): draw.choice([1.0, 1.5, 2.0]) - r / 2 for r in range(3) for a in range(12)}

    (part,) = correct(scores).parts

    assert part.effect is Effect.COMPLETE
    assert any(part.severities.values())
    assert part.corrected == part.raw


def test_raw_scores_are_the_means() -> None:
    scores = {(1, 7): 10.0, (2, 7): 13.0, (1, 8): 4.0}

    assert correct(scores).raw == {7: 11.5, 8: 4.0}


def test_parts_are_told_apart_and_the_largest_comes_first() -> None:
    alone = {(r + 100, a + 100): score for (r, a), score in noisy(READ, 2).items()}
    pair = {(90, 50): 12.0, (91, 50): 9.0, (90, 51): 8.0, (91, 51): 7.0}
    one = {(80, 40): 12.0}

    found = correct({**one, **pair, **alone, **noisy(READ)})

    assert [(sorted(part.severities), sorted(part.raw)) for part in found.parts] == [
        ([10, 11, 12, 13], [1, 2, 3, 4, 5, 6]),
        ([110, 111, 112, 113], [101, 102, 103, 104, 105, 106]),
        ([90, 91], [50, 51]),
        ([80], [40]),
    ]
    assert [part.effect.value for part in found.parts] == [
        "corrected",
        "corrected",
        "complete",
        "complete",
    ]


@pytest.mark.parametrize(
    ("owed", "effect"),
    [([], "complete"), ([(77, 77)], "complete"), ([(80, 41)], "unknown"), ([(81, 40)], "unknown")],
)
def test_part_whose_reviews_are_still_to_come_is_not_called_complete(owed, effect) -> None:
    found = correct({(80, 40): 12.0}, owed=owed)

    assert [part.effect.value for part in found.parts] == [effect]


def test_part_is_corrected_by_its_own_reviewers_only() -> None:
    """Twice as generous elsewhere: here, only the shared variances may change, not the centre."""
    here = exact(READ)
    elsewhere = {(r + 100, a + 100): 2 * score for (r, a), score in here.items()}

    found = correct({**here, **elsewhere})

    for part, offset, times in ((found.parts[0], 0, 1), (found.parts[1], 100, 2)):
        for application, quality in QUALITY.items():
            assert part.corrected[application + offset] == pytest.approx(times * quality)


def test_nothing_is_corrected_when_nobody_differs() -> None:
    flat = dict.fromkeys(READ, 12.1)

    found = correct(flat, freedom=1)

    assert found.parts[0].effect is Effect.ALIKE
    assert found.parts[0].is_without_effect
    assert (found.severity_deviation, found.noise_deviation) == (0, 0)
    assert found.corrected == found.raw


@pytest.mark.parametrize("tenths", range(0, 201, 7))
def test_no_severity_is_seen_where_all_agree_whatever_rounding_makes_of_their_mean(
    tenths: int,
) -> None:
    """The sum of three times 0.1 is not three tenths."""
    agreed = {(r, a): (tenths + a) / 10 for r, a in READ}

    found = correct(agreed, freedom=1)

    assert found.parts[0].effect is Effect.ALIKE
    assert (found.severity_deviation, found.noise_deviation) == (0, 0)
    assert found.corrected == found.raw


def test_nothing_is_corrected_when_reviewers_differ_less_than_chance() -> None:
    """Each is one point above, then one below: as much noise, and nothing left for severity."""
    scores = {(r, a): 10.0 + (1 if (r + a) % 2 else -1) for r in (1, 2) for a in (1, 2, 3, 4)}

    found = correct({**scores, (1, 5): 14.0}, freedom=1)

    assert found.noise_deviation == pytest.approx(sqrt(8 / 3))
    assert found.severity_deviation == 0
    assert found.parts[0].effect is Effect.ALIKE
    assert dict(found.parts[0].severities) == {1: 0.0, 2: 0.0}


def test_nothing_is_corrected_while_too_little_is_shared() -> None:
    chain = {(1, 1): 10.0, (2, 1): 13.0, (2, 2): 9.0, (3, 2): 12.0, (3, 3): 11.0}

    found = correct(chain, freedom=0)

    assert (found.severity_deviation, found.noise_deviation) == (None, None)
    assert found.parts[0].effect is Effect.UNKNOWN
    assert found.parts[0].is_without_effect
    assert found.corrected == found.raw
    assert dict(found.parts[0].severities) == {1: 0.0, 2: 0.0, 3: 0.0}


def test_freedom_counts_reviews_less_files_and_reviewers() -> None:
    scores = noisy(READ)
    left = len(READ) - len(QUALITY) - len(SEVERE) + 1

    assert correct(scores, freedom=left).parts[0].effect is Effect.CORRECTED
    assert correct(scores, freedom=left + 1).parts[0].effect is Effect.UNKNOWN


def test_one_degree_of_freedom_is_the_least_that_can_be() -> None:
    square = {(1, 1): 8.0, (2, 1): 12.0, (1, 2): 13.0, (2, 2): 14.0}

    found = correct(square, freedom=0)

    # Differences of 4 and 1: their variance, 4.5, is twice that of the noise.
    assert found.noise_deviation == pytest.approx(sqrt(4.5 / 2))
    assert correct(square, freedom=2).noise_deviation is None


def test_nothing_is_made_of_nothing() -> None:
    assert correct({}) == Correction((), None, None)


def test_effects_without_effect_say_so() -> None:
    silent = [effect.value for effect in Effect if effect.label.startswith("sans effet")]

    assert silent == ["complete", "alike", "unknown"]


@st.composite
def juries(draw: st.DrawFn) -> dict[Pair, float]:
    pairs = st.tuples(st.integers(0, 7), st.integers(0, 9))
    return draw(st.dictionaries(pairs, st.integers(0, 200).map(lambda tenths: tenths / 10)))


@given(juries(), st.randoms())
def test_severities_are_centred_in_each_part_whatever_the_jury(
    scores: dict[Pair, float], draw: random.Random
) -> None:
    shuffled = list(scores.items())
    draw.shuffle(shuffled)

    found = correct(scores, freedom=1)

    assert correct(dict(shuffled), freedom=1) == found
    assert sorted(found.raw) == sorted({application for _, application in scores})
    for part in found.parts:
        assert sum(part.severities.values()) == pytest.approx(0, abs=1e-6)
        if part.is_without_effect:
            assert part.corrected == part.raw


@given(juries())
def test_parts_are_joined_inside_and_apart_outside(scores: dict[Pair, float]) -> None:
    found = correct(scores)
    home = {reviewer: n for n, part in enumerate(found.parts) for reviewer in part.severities}
    rows = {file: n for n, part in enumerate(found.parts) for file in part.raw}

    assert all(home[reviewer] == rows[file] for reviewer, file in scores)
    for number, part in enumerate(found.parts):
        reached, before = {min(part.raw)}, set[int]()
        while reached != before:
            before = set(reached)
            near = {reviewer for reviewer, file in scores if file in reached}
            reached |= {file for reviewer, file in scores if reviewer in near}
        assert reached == {file for file, part_ in rows.items() if part_ == number}


@given(juries(), st.integers(-40, 40))
def test_correction_follows_a_shift_of_every_score(scores: dict[Pair, float], shift: int) -> None:
    moved = {pair: score + shift for pair, score in scores.items()}

    before, after = correct(scores, freedom=1).corrected, correct(moved, freedom=1).corrected

    assert after == pytest.approx(
        {application: value + shift for application, value in before.items()}, abs=1e-5
    )
