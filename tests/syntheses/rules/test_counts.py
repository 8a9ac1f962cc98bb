"""The counts of a finding: numbers of trials, said as the rules of the domain say them."""

from hypothesis import given
from hypothesis import strategies as st

from traam.syntheses.rules.counts import (
    ISOLATED,
    OWN,
    UNSUPPORTED,
    WRITERS,
    Counts,
    Proof,
    SoughtIn,
    counts,
)
from traam.syntheses.rules.life import Support

S, Q, C = Support.SUPPORTS, Support.QUALIFIES, Support.CONTRADICTS


def trials(number: int, **facts: object) -> list[SoughtIn]:
    return [SoughtIn(key, f"A{key % 4}", **facts) for key in range(number)]


def test_counts_read_as_the_rules_say() -> None:
    eleven = [SoughtIn(key, f"A{key % 4}", is_cross_test=key < 2) for key in range(11)]
    abandoned = [SoughtIn(20 + key, "A9", is_closed=False, is_abandoned=True) for key in range(2)]
    proofs = [*(Proof(key, S) for key in range(7)), Proof(8, C)]

    found = counts(trials=[*eleven, *abandoned], proofs=proofs, author=None)

    assert found.sentence == (
        "vu dans 7 essais sur 11 où il était recherché, 4 académies, 2 tests croisés, "
        "1 contraire, 2 essais abandonnés"
    )
    assert found.marks == ()


def test_counts_count_a_trial_once_whatever_its_observations() -> None:
    proofs = [Proof(0, S), Proof(0, S), Proof(0, C), Proof(1, Q), Proof(1, Q)]

    found = counts(trials=trials(3), proofs=proofs, author=None)

    assert (found.seen, found.contrary, found.qualified, found.sought) == (1, 1, 1, 3)
    assert "1 nuancé" in found.sentence


def test_stale_proofs_and_those_of_reopened_trials_count_nowhere() -> None:
    reopened = SoughtIn(9, "A9", is_closed=False)
    proofs = [Proof(0, S, is_stale=True), Proof(9, S), Proof(1, C)]

    found = counts(trials=[*trials(2), reopened], proofs=proofs, author=None)

    assert (found.seen, found.contrary, found.sought, found.stale) == (0, 1, 2, 2)
    assert found.marks == (UNSUPPORTED,)


def test_finding_is_isolated_under_two_academies_or_three_classes() -> None:
    def marks(*academies: str) -> tuple[str, ...]:
        given = [SoughtIn(key, code) for key, code in enumerate(academies)]
        proofs = [Proof(one.trial, S) for one in given]
        return counts(trials=given, proofs=proofs, author=None).marks

    assert marks("A", "A", "A") == (ISOLATED,)
    assert marks("A", "B") == (ISOLATED,)
    assert marks("A", "B", "B") == ()


def test_finding_says_when_only_its_authors_classes_support_it() -> None:
    mine = [SoughtIn(key, f"A{key}", teacher=7, writers=frozenset({7})) for key in range(3)]
    other = SoughtIn(5, "A5", teacher=8)
    proofs = [Proof(key, S) for key in range(3)]

    assert counts(trials=[*mine, other], proofs=proofs, author=7).marks == (OWN,)
    assert counts(trials=[*mine, other], proofs=proofs, author=9).marks == (WRITERS,)
    assert counts(trials=[*mine, other], proofs=[*proofs, Proof(5, S)], author=7).marks == ()
    assert counts(trials=mine, proofs=proofs, author=None).marks == (WRITERS,)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(list(Support)), st.booleans())),
    st.sets(st.integers(0, 9)),
)
def test_counts_stay_within_what_was_sought(rows, closed) -> None:
    given_trials = [
        SoughtIn(key, f"A{key % 3}", is_closed=key in closed, is_abandoned=key not in closed)
        for key in range(10)
    ]

    found = counts(trials=given_trials, proofs=[Proof(*row) for row in rows], author=None)

    assert max(found.seen, found.contrary, found.qualified) <= found.sought == len(closed)
    assert found.abandoned == 10 - len(closed)
    assert found.academies <= found.seen
    assert found.stale == sum(is_stale or key not in closed for key, _, is_stale in rows)
    assert Counts(**found.as_data()) == found
