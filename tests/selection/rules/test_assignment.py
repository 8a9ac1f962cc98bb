"""Who reads what: the cheapest of all ways on small cases, and what no way may break."""

import random
from collections import Counter
from dataclasses import dataclass
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.selection.rules.test_shortages import NONE_FREE, shortage
from traam.selection.rules.assignment import (
    MISMATCH,
    Assignment,
    Pair,
    Reader,
    ShortageKind,
    ToRead,
    assign,
)

MATHS, ARTS = frozenset({"MATHS"}), frozenset({"ARTS"})


@dataclass(frozen=True)
class Case:
    readers: tuple[Reader, ...]
    applications: tuple[ToRead, ...]
    reviews: int
    barred: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()
    extra: tuple[tuple[Pair, int], ...] = ()
    mismatch: int = 3

    def assigned(self, draw: random.Random | None = None) -> Assignment:
        parts = [list(self.readers), list(self.applications), list(self.barred), list(self.kept)]
        for part in parts if draw else ():
            draw.shuffle(part)  # type: ignore[union-attr]
        return assign(
            parts[0],  # type: ignore[arg-type]
            parts[1],  # type: ignore[arg-type]
            reviews=self.reviews,
            barred=parts[2],  # type: ignore[arg-type]
            kept=parts[3],  # type: ignore[arg-type]
            mismatch=self.mismatch,
            extra=dict(self.extra),
        )

    def cost(self, pairs: frozenset[Pair]) -> int:
        """What the module says it minimises, written again."""
        skills = {reader.key: reader.disciplines for reader in self.readers}
        asks = {one.key: one.disciplines for one in self.applications}
        extra = dict(self.extra)
        load = Counter(reader for reader, _ in {*pairs, *self.kept} if reader in skills)
        foreign = sum(bool(asks[a]) and not asks[a] & skills[r] for r, a in pairs)
        return (
            foreign * self.mismatch
            + sum(extra.get(pair, 0) for pair in pairs)
            + sum(count**2 for count in load.values())
        )

    def ways(self) -> list[frozenset[Pair]]:
        """Every set of new pairs within the rules, not beyond what each application asks."""
        free = {
            one.key: [
                (reader.key, one.key)
                for reader in self.readers
                if (reader.key, one.key) not in self.barred | self.kept
            ]
            for one in self.applications
        }
        had = Counter(application for _, application in self.kept)
        choices = []
        for key, pairs in free.items():
            room = max(self.reviews - had[key], 0)
            sizes = range(min(room, len(pairs)) + 1)
            choices.append([some for size in sizes for some in combinations(pairs, size)])
        ways = [frozenset(pair for some in way for pair in some) for way in product(*choices)]
        return [way for way in ways if self._fits(way)]

    def _fits(self, way: frozenset[Pair]) -> bool:
        fixed = Counter(reader for reader, _ in self.kept)
        load = Counter(reader for reader, _ in way)
        return all(
            load[one.key] == 0 or load[one.key] + fixed[one.key] <= one.maximum
            for one in self.readers
        )

    def price(self, reader: Reader, one: ToRead) -> int:
        foreign = bool(one.disciplines) and not one.disciplines & reader.disciplines
        return foreign * self.mismatch + dict(self.extra).get((reader.key, one.key), 0)

    def moves(self, found: Assignment) -> dict[tuple[int, int], int]:
        """The least price of passing a new pair from one reviewer to another, and from or to 0:
        one reading more or less."""
        pairs, closed = set(found.pairs), self.barred | self.kept
        moves: dict[tuple[int, int], int] = {}
        for giver, taker, one in product(self.readers, self.readers, self.applications):
            taken = (taker.key, one.key)
            if (giver.key, one.key) in pairs and taken not in pairs | closed:
                price = self.price(taker, one) - self.price(giver, one)
                way = (giver.key, taker.key)
                moves[way] = min(price, moves.get(way, price))
        for reader in self.readers:
            load = found.loads[reader.key]
            moves[0, reader.key] = 1 - 2 * load
            if load < reader.maximum:
                moves[reader.key, 0] = 2 * load + 1
        return moves

    def served(self, pairs: frozenset[Pair]) -> list[int]:
        """How many applications have at least 1, 2… reviews."""
        count = Counter(application for _, application in {*pairs, *self.kept})
        return [
            sum(count[one.key] >= wanted for one in self.applications)
            for wanted in range(1, self.reviews + 1)
        ]


@st.composite
def cases(draw: st.DrawFn, *, most: int = 4, files: int = 3) -> Case:
    some = st.sets(st.sampled_from(["A", "B"]), max_size=2).map(frozenset)
    readers = [
        Reader(key, draw(st.integers(0, 3)), draw(some))
        for key in draw(st.sets(st.integers(1, 9), max_size=most))
    ]
    applications = [
        ToRead(key, draw(some)) for key in draw(st.sets(st.integers(1, 9), max_size=files))
    ]
    pairs = [(reader.key, one.key) for reader in readers for one in applications]
    subset = st.sets(st.sampled_from(pairs), max_size=4) if pairs else st.just(set[Pair]())
    return Case(
        readers=tuple(readers),
        applications=tuple(applications),
        reviews=draw(st.integers(1, 2)),
        barred=frozenset(draw(subset)),
        kept=frozenset(draw(subset)),
        extra=tuple((pair, draw(st.integers(0, 5))) for pair in sorted(draw(subset))),
        mismatch=draw(st.integers(0, 6)),
    )


@given(cases())
def test_assignment_serves_as_evenly_as_any_way_and_at_least_cost(case: Case) -> None:
    found = case.assigned()

    pairs, ways = frozenset(found.pairs), case.ways()
    assert pairs in ways
    assert case.served(pairs) == max(case.served(way) for way in ways)
    counts = Counter(application for _, application in pairs)
    same = [way for way in ways if Counter(application for _, application in way) == counts]
    assert case.cost(pairs) == min(case.cost(way) for way in same)
    assert found.cost == case.cost(pairs)


def _has_a_gainful_cycle(moves: dict[tuple[int, int], int]) -> bool:
    """Bellman and Ford: distances that still fall after as many rounds as there are nodes."""
    nodes = {node for way in moves for node in way}
    distance = dict.fromkeys(nodes, 0)
    for _ in range(len(nodes) + 1):
        before = dict(distance)
        for (start, end), price in moves.items():
            distance[end] = min(distance[end], distance[start] + price)
        if distance == before:
            return False
    return True


@pytest.mark.parametrize("seed", range(60))
def test_no_exchange_of_readings_costs_less(seed: int) -> None:
    """The criterion of optimality of flows, on juries too large for brute force (Klein, 1967)."""
    draw = random.Random(seed)
    keys, files = range(1, 9), range(1, 15)
    codes = ("A", "B", "C", "D")
    pairs = [(reader, file) for reader in keys for file in files]
    case = Case(
        readers=tuple(
            Reader(key, draw.randint(2, 7), frozenset(draw.sample(codes, draw.randint(0, 2))))
            for key in keys
        ),
        applications=tuple(
            ToRead(key, frozenset(draw.sample(codes, draw.randint(0, 2)))) for key in files
        ),
        reviews=draw.randint(1, 3),
        barred=frozenset(draw.sample(pairs, 40)),
        kept=frozenset(draw.sample(pairs, 3)),
        extra=tuple((pair, draw.randint(0, 9)) for pair in draw.sample(pairs, 60)),
        mismatch=draw.randint(0, 12),
    )

    found = case.assigned()

    assert found.pairs
    assert not _has_a_gainful_cycle(case.moves(found))


def test_gainful_cycle_is_seen_where_there_is_one() -> None:
    """The test of the test: the same case, assigned as if nothing but the load had a price."""
    case = Case(
        readers=(Reader(1, 3, MATHS), Reader(2, 3, ARTS)),
        applications=(ToRead(1, ARTS), ToRead(2, MATHS)),
        reviews=1,
    )
    blind = assign(case.readers, case.applications, reviews=1, mismatch=0)

    assert blind.pairs == ((1, 1), (2, 2))
    assert _has_a_gainful_cycle(case.moves(blind))
    assert not _has_a_gainful_cycle(case.moves(case.assigned()))


@given(cases(most=9, files=9), st.randoms(use_true_random=False))
def test_assignment_is_the_same_whatever_the_order(case: Case, draw: random.Random) -> None:
    assert case.assigned(draw) == case.assigned()


@given(cases(most=9, files=9))
def test_assignment_breaks_no_rule(case: Case) -> None:
    found = case.assigned()

    fixed = Counter(reader for reader, _ in case.kept)
    made = Counter(reader for reader, _ in found.pairs)
    assert list(found.pairs) == sorted(set(found.pairs))
    assert not set(found.pairs) & (case.barred | case.kept)
    assert found.barred_kept == tuple(sorted(case.barred & case.kept))
    assert found.loads == {one.key: fixed[one.key] + made[one.key] for one in case.readers}
    for one in case.readers:
        assert found.loads[one.key] <= max(one.maximum, fixed[one.key])


@given(cases(most=9, files=9))
def test_assignment_names_every_application_that_lacks_reviews(case: Case) -> None:
    found = case.assigned()

    given_ = Counter(application for _, application in {*found.pairs, *case.kept})
    lacking = sorted(one.key for one in case.applications if given_[one.key] < case.reviews)
    assert [one.application for one in found.shortages] == lacking
    assert [one.given for one in found.shortages] == [given_[key] for key in lacking]
    assert all(given_[one.key] <= max(case.reviews, given_[one.key]) for one in case.applications)


def loads(found: Assignment) -> list[int]:
    return sorted(found.loads.values())


@given(st.integers(3, 12), st.integers(1, 15), st.integers(1, 3))
def test_loads_differ_by_one_at_most_when_nothing_else_counts(
    readers: int, files: int, reviews: int
) -> None:
    found = assign(
        [Reader(key, 99) for key in range(readers)],
        [ToRead(key) for key in range(files)],
        reviews=reviews,
    )

    assert loads(found)[-1] - loads(found)[0] <= 1
    assert sum(loads(found)) == files * reviews
    assert found.shortages == ()


def test_loads_are_balanced_with_what_is_kept() -> None:
    found = assign(
        [Reader(1, 9), Reader(2, 9)],
        [ToRead(key) for key in range(6)],
        reviews=1,
        kept=[(1, 0), (1, 1), (1, 2)],
    )

    assert found.pairs == ((2, 3), (2, 4), (2, 5))
    assert found.loads == {1: 3, 2: 3}
    assert found.cost == 18


def test_discipline_is_preferred_until_it_costs_ten_files() -> None:
    readers = [Reader(1, 99, MATHS), Reader(2, 99, ARTS)]
    files = [ToRead(key, MATHS) for key in range(14)]

    found = assign(readers, files, reviews=1)

    assert MISMATCH == 20
    assert found.loads == {1: 12, 2: 2}
    assert assign(readers, files[:10], reviews=1).loads == {1: 10, 2: 0}
    assert assign(readers, files, reviews=1, mismatch=0).loads == {1: 7, 2: 7}


def test_transversal_application_suits_everyone() -> None:
    found = assign([Reader(1, 9, MATHS), Reader(2, 9)], [ToRead(1), ToRead(2)], reviews=1)

    assert found.cost == 2


def test_extra_cost_turns_away() -> None:
    found = assign(
        [Reader(1, 9), Reader(2, 9)], [ToRead(1)], reviews=1, extra={(1, 1): 1, (2, 7): 5}
    )

    assert found.pairs == ((2, 1),)
    assert found.cost == 1


def test_reviewer_gives_up_a_file_to_whom_only_he_can_serve() -> None:
    """1 would take either; only 1 may read the second."""
    found = assign([Reader(1, 1), Reader(2, 1)], [ToRead(1), ToRead(2)], reviews=1, barred=[(2, 2)])

    assert found.pairs == ((1, 2), (2, 1))
    assert found.shortages == ()


def test_kept_pair_of_someone_else_counts_for_the_application() -> None:
    found = assign([Reader(1, 9)], [ToRead(1)], reviews=2, kept=[(77, 1), (1, 88)])

    assert found.pairs == ((1, 1),)
    assert found.loads == {1: 2}
    assert found.shortages == ()


def test_kept_pair_that_is_barred_stays_and_is_told() -> None:
    found = assign([Reader(1, 0)], [ToRead(1)], reviews=1, kept=[(1, 1)], barred=[(1, 1)])

    assert (found.pairs, found.barred_kept, found.loads) == ((), ((1, 1),), {1: 1})
    assert found.shortages == ()


def test_only_what_is_both_barred_and_kept_is_told() -> None:
    found = assign(
        [Reader(1, 9), Reader(2, 9)],
        [ToRead(1), ToRead(2)],
        reviews=1,
        kept=[(2, 2), (2, 1), (1, 2)],
        barred=[(2, 2), (2, 1), (1, 1), (7, 7)],
    )

    assert found.barred_kept == ((2, 1), (2, 2))


def test_every_kept_review_of_an_application_counts() -> None:
    found = assign(
        [Reader(key, 9) for key in (1, 2, 3)], [ToRead(1)], reviews=2, kept=[(1, 1), (2, 1)]
    )

    assert (found.pairs, found.loads, found.shortages) == ((), {1: 1, 2: 1, 3: 0}, ())


def test_kept_review_counts_among_those_given() -> None:
    found = assign([Reader(1, 9), Reader(2, 0)], [ToRead(5)], reviews=2, kept=[(1, 5)])

    assert found.shortages == shortage(
        ShortageKind.FULL, 1, f"1 avis sur 2 : 1 évaluateur peut {NONE_FREE}"
    )


def test_first_reviews_are_given_before_any_second() -> None:
    found = assign(
        [Reader(1, 1), Reader(2, 1), Reader(3, 1)],
        [ToRead(1), ToRead(2), ToRead(3)],
        reviews=3,
    )

    assert sorted(application for _, application in found.pairs) == [1, 2, 3]
    assert [one.given for one in found.shortages] == [1, 1, 1]


def test_full_size_campaign_is_assigned_within_every_rule() -> None:
    draw = random.Random(3)
    codes = [f"D{number}" for number in range(16)]
    readers = [Reader(key, 11, frozenset(draw.sample(codes, 2))) for key in range(40)]
    files = [ToRead(key, frozenset(draw.sample(codes, 1))) for key in range(126)]
    barred = {(r, a) for r in range(40) for a in range(126) if r % 15 == a % 15}

    found = assign(readers, files, reviews=3, barred=barred)

    assert found.shortages == ()
    assert len(found.pairs) == 378
    assert not barred & set(found.pairs)
    assert loads(found)[-1] <= 11
    assert Counter(application for _, application in found.pairs) == dict.fromkeys(range(126), 3)
