"""The choice is the best there is, whoever computes it and in whatever order the rows come."""

import math
import random
from collections import Counter
from dataclasses import fields, replace

import pytest

from tests.selection.optimiser.instances import best, drawn, made
from traam.selection.optimiser import objective
from traam.selection.optimiser.constraints import RuleKind, broken, hard_rules
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.instance import Academy, Instance, LockKind, Theme, Weights
from traam.selection.optimiser.solve import solve

SEEDS = range(500)
CHUNK = 50


@pytest.mark.parametrize("first", SEEDS[::CHUNK])
def test_choice_is_the_one_found_by_trying_them_all(first: int) -> None:
    for seed in range(first, first + CHUNK):
        instance = drawn(seed)
        expected = best(instance)

        choice = solve(instance)

        if expected is None:
            assert (choice.status, choice.retained) == (ChoiceStatus.INFEASIBLE, ()), seed
            continue
        assert choice.status is ChoiceStatus.OPTIMAL, seed
        assert choice.objective == pytest.approx(objective.value(instance, expected), abs=1e-6)
        assert choice.bound == pytest.approx(choice.objective, abs=1e-6), seed
        assert set(choice.retained) == expected, seed


def test_drawn_instances_have_every_rule_and_every_weight_at_work() -> None:
    met: Counter[RuleKind] = Counter()
    weights: Counter[str] = Counter()
    for seed in SEEDS:
        instance = drawn(seed)
        met.update(rule.kind for rule in hard_rules(instance))
        values = objective.terms(instance, solve(instance).retained)
        weights.update(name for name, value in values.items() if value)

    assert min(met[kind] for kind in RuleKind) >= 30
    assert min(weights[field.name] for field in fields(Weights)) >= 30


def shuffled(instance: Instance, seed: int) -> Instance:
    draw = random.Random(seed)

    def mixed(rows: tuple) -> tuple:
        return tuple(draw.sample(rows, len(rows)))

    return replace(
        instance,
        themes=mixed(instance.themes),
        academies=mixed(instance.academies),
        applications=mixed(instance.applications),
        incompatible=mixed(tuple(mixed(pair) for pair in instance.incompatible)),
    )


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_choice_is_the_same_whatever_the_order_of_the_rows(seed: int) -> None:
    instance = drawn(seed)

    assert {solve(shuffled(instance, order)) for order in range(5)} == {solve(instance)}


def test_choice_between_equals_is_the_one_drawn_by_the_marks() -> None:
    rows = [{"id": name, "academy": "A"} for name in ("c1", "c2", "c3")]
    instance = made(*rows, themes=(Theme(id="T", maximum=1),))

    assert solve(instance).retained == (max(("c1", "c2", "c3"), key=objective.mark),)


def test_choice_retains_what_brings_nothing_and_costs_nothing() -> None:
    assert solve(made({"id": "c1", "score": 0.0})).retained == ("c1",)


def test_choice_of_nothing_is_empty() -> None:
    choice = solve(made())

    assert (choice.status, choice.objective, choice.retained) == (ChoiceStatus.OPTIMAL, 0.0, ())


def test_choice_of_a_theme_that_nobody_answers_is_impossible() -> None:
    choice = solve(made(themes=(Theme(id="T", minimum=1),)))

    assert (choice.status, choice.objective, choice.bound) == (ChoiceStatus.INFEASIBLE, None, None)


def test_choice_gives_back_numbers_as_numbers() -> None:
    assert solve(made({"id": 7}, {"id": "c8"})).retained == (7, "c8")


def test_choice_keeps_a_team_already_in_before_a_better_newcomer() -> None:
    rows = [
        {"id": "c1", "score": 1.0, "continuing": True},
        {"id": "c2", "academy": "B", "score": 20.0},
    ]

    assert solve(made(*rows, themes=(Theme(id="T", maximum=1),))).retained == ("c1",)


def test_choice_serves_an_academy_rather_than_another_twice_when_the_weight_says_so() -> None:
    rows = [
        {"id": "c1", "score": 15.0},
        {"id": "c2", "theme": "U", "score": 14.0},
        {"id": "c3", "theme": "U", "academy": "B", "score": 10.0},
    ]
    themes = (Theme(id="T", maximum=1), Theme(id="U", maximum=1))

    def retained(served: float) -> tuple:
        return solve(made(*rows, themes=themes, weights=Weights(served=served))).retained

    assert (retained(3.9), retained(4.1)) == (("c1", "c2"), ("c1", "c3"))


def large() -> Instance:
    """Too large to be tried: 12 academies, 10 themes, balance and pairs."""
    draw = random.Random(3)
    rows = [
        {
            "id": f"c{academy}-{theme}",
            "theme": f"t{theme}",
            "academy": f"a{academy}",
            "score": draw.randint(0, 40) / 2,
            "rank": rank,
            "levels": (draw.choice("abcd"),),
            "lock": LockKind.OUT if draw.random() < 0.05 else None,
        }
        for academy in range(12)
        for rank, theme in enumerate(draw.sample(range(10), 6), 1)
    ]
    return made(
        *rows,
        themes=tuple(Theme(id=f"t{theme}", minimum=1, maximum=3) for theme in range(10)),
        academies=tuple(Academy(id=f"a{academy}", maximum=3) for academy in range(12)),
        weights=Weights(rank=2, served=5, balance=4),
        incompatible=tuple(tuple(draw.sample([row["id"] for row in rows], 2)) for _ in range(8)),
    )


def test_choice_without_time_keeps_every_rule_and_says_how_far_it_may_be() -> None:
    instance = large()

    stopped, proven = solve(instance, seconds=0), solve(instance)

    assert (stopped.status, proven.status) == (ChoiceStatus.STOPPED, ChoiceStatus.OPTIMAL)
    assert broken(instance, stopped.retained) == []
    assert stopped.objective == objective.value(instance, stopped.retained)
    assert stopped.objective <= proven.objective <= stopped.bound < math.inf


def test_choice_without_time_says_when_it_found_none() -> None:
    rows = [{"id": "c1", "score": 20.0}, {"id": "c2", "score": 1.0, "theme": "U"}]
    one = (Academy(id="A", maximum=1),)
    themes = (Theme(id="T"), Theme(id="U", minimum=1))
    # The greedy choice fails: the imposed one takes the place that theme U needs.
    rows[0]["lock"] = LockKind.IN

    choice = solve(made(*rows, academies=one, themes=themes), seconds=0)

    assert choice.objective is None
    assert choice.retained == ()
