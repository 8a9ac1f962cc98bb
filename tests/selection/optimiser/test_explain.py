"""Each « why », price and margin: forced, and solved again from nothing by trying every choice."""

import math
from collections import Counter
from dataclasses import replace

import pytest

from tests.selection.optimiser.instances import choices, drawn, made, with_row
from traam.selection.optimiser import objective
from traam.selection.optimiser.constraints import occupancy
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.explain import Explanation, Held, LeftOut, Why, explain
from traam.selection.optimiser.instance import Academy, Id, Instance, LockKind, Theme, Weights
from traam.selection.optimiser.solve import Choice, solve, solved

SEEDS = range(200)
CHUNK = 20
EXACT = 1e-6


def explained(instance: Instance) -> tuple[Choice, Explanation]:
    done = solved(instance)
    return done.choice, explain(done)


def worth(instance: Instance) -> dict[frozenset[Id], float]:
    return {kept: objective.value(instance, kept) for kept in choices(instance)}


def check_left_out(instance: Instance, choice: Choice, left: LeftOut, values) -> None:
    row = next(one for one in instance.applications if one.id == left.id)
    if not row.is_open:
        assert left.price is None
        return
    assert left.price is not None
    with_it = {kept: value for kept, value in values.items() if row.id in kept}
    if not with_it:
        assert (left.price, left.displaces) == (math.inf, ())
        return
    greatest = max(with_it.values())
    assert left.price == pytest.approx(choice.objective - greatest, abs=EXACT)
    fewest = min(
        len(set(choice.retained) - kept)
        for kept, value in with_it.items()
        if value >= greatest - EXACT / 2
    )
    assert len(left.displaces) == fewest
    assert any(
        set(choice.retained) - kept == set(left.displaces) and value >= greatest - EXACT
        for kept, value in with_it.items()
    )


def check_why(instance: Instance, choice: Choice, left: LeftOut) -> None:
    row = next(one for one in instance.applications if one.id == left.id)
    theme = next(one for one in instance.themes if one.id == row.theme)
    academy = next(one for one in instance.academies if one.id == row.academy)
    counts = occupancy(instance, choice.retained)
    holds = [
        not row.eligible,
        row.lock == LockKind.OUT,
        counts.themes[theme.id] == theme.maximum,
        counts.academies[academy.id] == academy.maximum,
        True,
    ]
    assert list(Why).index(left.why) == holds.index(True)


def check_held(instance: Instance, choice: Choice, held: Held, values) -> None:
    row = next(one for one in instance.applications if one.id == held.id)
    if row.is_imposed:
        assert (held.margin, held.is_imposed, held.is_robust) == (math.inf, True, True)
        return
    without = [value for kept, value in values.items() if row.id not in kept]
    if not without:
        assert (held.margin, held.is_robust) == (math.inf, True)
        return
    assert held.margin == pytest.approx(choice.objective - max(without), abs=EXACT)
    check_lower(instance, held, row.score - 0.5, held.falls_lowered)
    for number in range(len(row.reviews)):
        others = [score for place, score in enumerate(row.reviews) if place != number]
        if others:
            shift = sum(others) / len(others) - sum(row.reviews) / len(row.reviews)
            check_lower(instance, held, row.score + shift, number in held.falls_without)


def check_lower(instance: Instance, held: Held, score: float, falls: bool) -> None:
    """With that score and the same choices, is it in? Where both are worth the same: said fragile
    (but a score that does not fall changes nothing)."""
    row = next(one for one in instance.applications if one.id == held.id)
    values = worth(with_row(instance, held.id, score=score))
    inside = max(value for kept, value in values.items() if held.id in kept)
    outside = max(value for kept, value in values.items() if held.id not in kept)
    if score >= row.score or not instance.weights.score:
        assert not falls
    else:
        assert falls == (inside <= outside + EXACT)


@pytest.mark.parametrize("first", SEEDS[::CHUNK])
def test_explanation_is_what_forcing_and_solving_again_gives(first: int) -> None:
    for seed in range(first, first + CHUNK):
        instance = drawn(seed)
        choice, explanation = explained(instance)
        values = worth(instance)
        if not values:
            continue
        ids = {one.id for one in explanation.left_out} | {one.id for one in explanation.held}
        assert ids == {row.id for row in instance.applications}
        assert {one.id for one in explanation.held} == set(choice.retained)
        for left in explanation.left_out:
            check_left_out(instance, choice, left, values)
            check_why(instance, choice, left)
        for held in explanation.held:
            check_held(instance, choice, held, values)


def test_drawn_explanations_have_every_why_and_both_kinds_of_strength() -> None:
    whys: Counter[Why] = Counter()
    strengths: Counter[str] = Counter()
    for seed in SEEDS:
        _choice, explanation = explained(drawn(seed))
        whys.update(one.why for one in explanation.left_out)
        strengths.update(
            name
            for one in explanation.held
            for name in ("is_robust", "is_imposed", "falls_without", "falls_lowered")
            if getattr(one, name)
        )

    assert min(whys[why] for why in Why) >= 3
    assert min(strengths.values()) >= 3
    assert len(strengths) == 4


def test_price_is_found_again_by_locking_in_and_solving() -> None:
    for seed in SEEDS[:40]:
        instance = drawn(seed)
        choice, explanation = explained(instance)
        for left in explanation.left_out:
            if left.price is not None and left.price < math.inf:
                again = solve(with_row(instance, left.id, lock=LockKind.IN))
                assert again.objective == pytest.approx(choice.objective - left.price, abs=EXACT)


SEATS = (
    {"id": "c1", "academy": "A", "score": 15.0, "reviews": (20.0, 10.0)},
    {"id": "c2", "academy": "B", "score": 14.0},
    {"id": "c3", "academy": "C", "score": 14.0},
    {"id": "c4", "academy": "C", "score": 2.0, "eligible": False},
)


def test_explanation_of_one_seat_is_the_expected_one() -> None:
    _, explanation = explained(made(*SEATS, themes=(Theme(id="T", maximum=1),)))

    assert explanation.left_out == (
        LeftOut("c2", Why.THEME_FULL, 1.0, ("c1",)),
        LeftOut("c3", Why.THEME_FULL, 1.0, ("c1",)),
        LeftOut("c4", Why.NOT_ELIGIBLE, None, ()),
    )
    assert explanation.held == (
        Held("c1", margin=1.0, reviews=2, falls_without=(0,), falls_lowered=False),
    )
    assert explanation.reserves == {"T": ("c2", "c3")}
    assert explanation.conflict == ()


def test_reserve_is_by_price_then_score_then_id() -> None:
    rows = [
        {"id": "c1", "academy": "A", "score": 18.0},
        {"id": "c2", "academy": "B", "score": 12.0},
        {"id": "c3", "academy": "B", "score": 12.0, "rank": 2},
        {"id": "c4", "academy": "B", "score": 11.0, "newcomer": True},
        {"id": "c5", "academy": "C", "score": 13.0},
    ]
    weights = Weights(newcomer=1)
    instance = made(*rows, themes=(Theme(id="T", maximum=1),), weights=weights)

    assert explained(instance)[1].reserves == {"T": ("c5", "c2", "c3", "c4")}


def test_lone_review_leaves_nothing_to_stand_on() -> None:
    rows = ({"id": "c1", "reviews": (10.0,)}, {"id": "c2", "academy": "B", "score": 1.0})
    instance = made(*rows, themes=(Theme(id="T", maximum=1),))

    (held,) = explained(instance)[1].held

    assert (held.falls_without, held.falls_lowered, held.is_robust) == ((0,), False, False)


def test_half_a_point_follows_the_scale() -> None:
    rows = ({"id": "c1", "score": 52.0}, {"id": "c2", "academy": "B", "score": 50.0})
    themes = (Theme(id="T", maximum=1),)

    def fragile(scale: float) -> bool:
        return explained(made(*rows, themes=themes, scale=scale))[1].held[0].falls_lowered

    assert (fragile(20.0), fragile(100.0)) == (False, True)


def test_score_that_does_not_count_makes_nothing_fragile() -> None:
    rows = ({"id": "c1", "reviews": (1.0,)}, {"id": "c2", "academy": "B"})
    instance = made(*rows, themes=(Theme(id="T", maximum=1),), weights=Weights(score=0))

    assert all(held.is_robust for held in explained(instance)[1].held)


def test_stopped_computation_gives_no_price_and_no_margin() -> None:
    instance = made(*SEATS, themes=(Theme(id="T", maximum=1),))
    done = solved(instance)
    explanation = explain(replace(done, choice=replace(done.choice, status=ChoiceStatus.STOPPED)))

    assert [(one.id, one.price) for one in explanation.left_out] == [
        ("c2", None),
        ("c3", None),
        ("c4", None),
    ]
    assert [(one.id, one.margin, one.is_robust) for one in explanation.held] == [
        ("c1", None, False)
    ]


def test_impossible_application_has_an_infinite_price() -> None:
    rows = ({"id": "c1", "lock": LockKind.IN}, {"id": "c2", "theme": "U"})
    instance = made(*rows, academies=(Academy(id="A", maximum=1),))

    (left,) = explained(instance)[1].left_out

    assert left == LeftOut("c2", Why.ACADEMY_FULL, math.inf, ())
