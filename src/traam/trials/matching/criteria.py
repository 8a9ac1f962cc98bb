"""What is sought, in this order; a later criterion never costs an earlier one anything.

1. `covered`: productions tested at least once, the most.
2. `served`: tests given, up to `wanted` for each production, the most.
3. `closed`: pairs of teams that only test each other while a third suits one of them, the fewest.
4. `uneven`: tests, beyond one, that the most laden team gives more than the least, the fewest.
5. `fit`: level and discipline, the sum over pairs, the greatest.
6. `difference`: contexts unlike the author's, the sum over pairs, the greatest.
"""

from collections import Counter
from collections.abc import Collection
from itertools import combinations
from typing import NamedTuple

from traam.trials.matching.instance import Id, Instance, Pair


class Score(NamedTuple):
    """The six criteria; of two scores the greater tuple is the better (what is to be few is
    negative)."""

    covered: int
    served: int
    closed: int
    uneven: int
    fit: int
    difference: int


def score(instance: Instance, made: Collection[Pair]) -> Score:
    """What these new pairs are worth, with those that are kept."""
    pairs = {*made, *instance.kept}
    tests = Counter(production for production, _ in pairs)
    known = [instance.suits[pair] for pair in pairs if pair in instance.suits]
    return Score(
        covered=sum(tests[one.id] > 0 for one in instance.productions),
        served=sum(min(tests[one.id], instance.wanted) for one in instance.productions),
        closed=-len(closed_pairs(instance, pairs)),
        uneven=-uneven(instance, pairs),
        fit=sum(one.fit for one in known),
        difference=sum(one.difference for one in known),
    )


def uneven(instance: Instance, pairs: Collection[Pair]) -> int:
    """How far the loads are apart, beyond the one test that cannot be split."""
    load = Counter(tester for _, tester in pairs)
    loads = [load[one.id] for one in instance.testers]
    return max(0, max(loads, default=0) - min(loads, default=0) - 1)


def closed_pairs(instance: Instance, pairs: Collection[Pair]) -> list[tuple[Id, Id]]:
    """The pairs of teams that test each other and nobody else, though a third suits one of them."""
    team_of = instance.team_of
    given: dict[Id, set[Id]] = {one.id: set() for one in instance.testers}
    for production, tester in pairs:
        given[tester].add(team_of[production])
    return [
        (one, other)
        for one, other in watched(instance)
        if given[one] == {other} and given[other] == {one}
    ]


def watched(instance: Instance) -> list[tuple[Id, Id]]:
    """The pairs of teams of which one could test the work of a third: those that must not close."""
    team_of = instance.team_of
    may: dict[Id, set[Id]] = {one.id: set() for one in instance.testers}
    for production, tester in instance.free():
        may[tester].add(team_of[production])
    return [
        (one, other)
        for one, other in combinations(sorted(may), 2)
        if (may[one] | may[other]) - {one, other}
    ]
