"""The plan of cross-tests: processor time to a proven optimum, beside the plan made by hand.

A size is academies × productions of the group. Teams suit six productions in ten of the other
academies, at random, with every degree of fit and of difference; two tests are wanted for each.
Three seeds, the worst of the three is kept. Goal: 8 × 60 in less than two seconds. Floor: the plan
by hand, which gives each production in turn the free team that suits it best. The first size is
asked again with a maximum: the tests that a team gives at most, a fair share (2 × 60 / 8).
"""

import math
import random
import time
from collections import Counter

from traam.trials.matching.criteria import Score, score
from traam.trials.matching.instance import Instance, Pair, Suits, Team, Work
from traam.trials.matching.solve import solved

SEEDS = (1, 2, 3)
GOAL = 2.0  # seconds of CPU, for the first size
SIZES = ((8, 60), (8, 120), (8, 480))
MAXIMUM = 15  # tests that a team of the first size gives at most


def run(*, large: bool) -> dict[str, float]:
    solved(_instance(3, 6, 0))  # what opens once
    figures: dict[str, float] = {}
    for teams, productions in SIZES:
        figures |= _figures(teams, productions)
    figures |= _figures(*SIZES[0], maximum=MAXIMUM)
    name = f"{SIZES[0][0]} × {SIZES[0][1]}"
    spent = figures[f"{name}, proven, s of CPU, worst of 3"]
    return figures | {f"{name}, proven / goal of {GOAL:g} s": round(spent / GOAL, 3)}


def _figures(teams: int, productions: int, maximum: int | None = None) -> dict[str, float]:
    name = f"{teams} × {productions}" + (f", {maximum} at most" if maximum else "")
    spent, by_hand, lost = [], [], []
    for seed in SEEDS:
        instance = _instance(teams, productions, seed, maximum)
        start = time.process_time()
        plan = solved(instance)
        spent.append(time.process_time() - start)
        assert plan.is_proven
        start = time.process_time()
        hand = score(instance, by_turns(instance))
        by_hand.append(time.process_time() - start)
        lost.append(_lost(plan.score, hand))
    return {
        f"{name}, proven, s of CPU, worst of 3": round(max(spent), 3),
        f"{name}, proven / by hand, CPU": round(max(spent) / max(by_hand), 1),
        f"{name}, tests that the plan by hand loses, mean": round(_mean(lost, 0), 1),
        f"{name}, tests too many for one team by hand, mean": round(_mean(lost, 1), 1),
        f"{name}, fit that the plan by hand loses, %": round(_mean(lost, 2), 1),
    }


def _lost(best: Score, hand: Score) -> tuple[float, float, float]:
    fit = 100 * (best.fit - hand.fit) / best.fit
    return best.served - hand.served, best.uneven - hand.uneven, fit


def _mean(rows: list[tuple[float, float, float]], place: int) -> float:
    return sum(row[place] for row in rows) / len(rows)


def by_turns(instance: Instance) -> list[Pair]:
    """Each production in turn takes the team that suits it best, the least laden among equals."""
    made: list[Pair] = []
    load: Counter[str] = Counter()
    free = instance.free()
    most = {one.id: math.inf if one.maximum is None else one.maximum for one in instance.testers}
    for _ in range(instance.wanted):
        for work in instance.productions:
            left = [
                pair
                for pair in free
                if pair[0] == work.id and pair not in made and load[pair[1]] < most[pair[1]]
            ]
            if left:
                best = max(left, key=lambda pair: (instance.suits[pair].fit, -load[pair[1]]))
                made.append(best)
                load[best[1]] += 1
    return made


def _instance(teams: int, productions: int, seed: int, maximum: int | None = None) -> Instance:
    dice = random.Random(seed)
    testers = tuple(Team(f"e{n}", f"a{n}", maximum) for n in range(teams))
    works = tuple(Work(f"p{n:04}", f"e{dice.randrange(teams)}") for n in range(productions))
    suits = {
        (work.id, team.id): Suits(dice.choice((1, 2, 2, 3)), dice.randint(0, 3))
        for work in works
        for team in testers
        if team.id != work.team and dice.random() < 0.6
    }
    return Instance(works, testers, suits)
