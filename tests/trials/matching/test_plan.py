"""The plan of cross-tests: as good as the best of all plans, enumerated; and what it promises."""

import random
from collections import Counter
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traam.kit.refusals import Refusal
from traam.trials.matching.criteria import Score, closed_pairs, score, uneven
from traam.trials.matching.instance import Instance, Suits, Team, Work
from traam.trials.matching.solve import solved

CASES = 300


def _small(seed: int) -> Instance:
    """Three or four teams, two to five productions, nine pairs at most that may be made."""
    dice = random.Random(seed)
    teams = [f"e{n}" for n in range(dice.choice((2, 3, 3, 4)))]
    testers = tuple(
        Team(team, f"a{dice.choice((n, n, 0))}", dice.choice((None, None, 1, 2)))
        for n, team in enumerate(teams)
    )
    productions = tuple(Work(f"p{n}", dice.choice(teams)) for n in range(dice.randint(2, 5)))
    pairs = [(one.id, tester) for one, tester in product(productions, teams)]
    dice.shuffle(pairs)
    drawn = pairs[: dice.randint(0, 9)]
    suits = {pair: Suits(dice.randint(0, 3), dice.randint(0, 3)) for pair in drawn}
    settled = [pair for pair in pairs if dice.random() < 0.05]
    refused = [pair for pair in drawn if dice.random() < 0.1]
    return Instance(
        productions,
        testers,
        suits,
        kept=frozenset(settled),
        refused=frozenset(refused),
        wanted=dice.choice((1, 2)),
    )


def _keeps_the_rules(instance: Instance, made: tuple) -> bool:
    """Nobody gives more than they may, no production has more than is wanted."""
    tests = Counter(p for p, _ in instance.kept)
    loads = Counter(t for _, t in instance.kept)
    for production, tester in made:
        tests[production] += 1
        loads[tester] += 1
    most = {one.id: one.maximum for one in instance.testers}
    return all(tests[p] <= instance.wanted for p, _ in made) and all(
        most[t] is None or loads[t] <= most[t] for _, t in made
    )


def _best(instance: Instance) -> Score:
    pairs = instance.free()
    subsets = chain.from_iterable(combinations(pairs, n) for n in range(len(pairs) + 1))
    return max(score(instance, each) for each in subsets if _keeps_the_rules(instance, each))


@pytest.mark.parametrize("block", range(10))
def test_plan_is_the_best_of_all_plans_on_300_small_cases(block) -> None:
    for seed in range(block * CASES // 10, (block + 1) * CASES // 10):
        instance = _small(seed)

        plan = solved(instance)

        assert plan.is_proven
        assert _keeps_the_rules(instance, plan.pairs), seed
        assert plan.score == _best(instance), seed


def test_small_cases_are_of_every_sort() -> None:
    cases = [_small(seed) for seed in range(CASES)]
    scores = [_best(one) for one in cases[:60]]

    assert any(one.kept for one in cases)
    assert any(one.refused for one in cases)
    assert any(each.maximum is not None for one in cases for each in one.testers)
    assert {each.closed for each in scores} > {0}
    assert {each.uneven for each in scores} > {0}


def _group(teams: int, productions: int) -> Instance:
    """Teams of as many academies, that suit one another in all."""
    testers = tuple(Team(f"e{n}", f"a{n}") for n in range(teams))
    works = tuple(Work(f"p{n:03}", f"e{n % teams}") for n in range(productions))
    suits = {
        (one.id, other.id): Suits(3, 0)
        for one in works
        for other in testers
        if one.team != other.id
    }
    return Instance(works, testers, suits)


@given(teams=st.integers(2, 6), productions=st.integers(1, 14))
@settings(max_examples=40, deadline=None)
def test_group_where_all_suit_is_wholly_covered_and_even(teams, productions) -> None:
    instance = _group(teams, productions)

    plan = solved(instance)

    assert plan.score.covered == productions
    assert plan.score.served == productions * min(2, teams - 1)
    if productions % teams == 0:
        assert uneven(instance, plan.pairs) == 0


@given(teams=st.integers(3, 6), productions=st.integers(3, 12))
@settings(max_examples=40, deadline=None)
def test_no_two_teams_only_test_each_other_when_a_third_suits(teams, productions) -> None:
    instance = _group(teams, max(teams, productions))

    plan = solved(instance)

    assert closed_pairs(instance, plan.pairs) == []


def test_two_teams_alone_test_each_other() -> None:
    instance = _group(2, 4)

    plan = solved(instance)

    assert plan.score == Score(covered=4, served=4, closed=0, uneven=0, fit=12, difference=0)


def test_same_instance_in_another_order_gives_the_same_plan() -> None:
    instance = _group(5, 11)
    backwards = Instance(
        instance.productions, instance.testers, dict(reversed(instance.suits.items()))
    )

    assert solved(backwards) == solved(instance)


def test_instance_is_written_and_read_back() -> None:
    for seed in range(20):
        instance = _small(seed)

        assert Instance.from_data(instance.as_data()) == instance


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"wanted": 0}, "Le nombre de tests par production (reçu : 0) doit être au moins 1."),
        (
            {"testers": (Team("e0", "a0", -1), Team("e1", "a1"))},
            "Le nombre de tests au plus de « e0 » (reçu : -1) est négatif.",
        ),
        (
            {"kept": frozenset({("p9", "e1")})},
            "Le couple « p9 » et « e1 » nomme ce qui n’est pas dans le plan.",
        ),
    ],
)
def test_plan_refuses_what_makes_no_sense(broken, said) -> None:
    given_ = _group(2, 2)
    values = {
        "productions": given_.productions,
        "testers": given_.testers,
        "suits": given_.suits,
        **broken,
    }

    with pytest.raises(Refusal) as refused:
        solved(Instance(**values))

    assert refused.value.reasons == [said]
