"""The greedy choice keeps every rule, or is none; it never beats the optimum."""

from hypothesis import given
from hypothesis import strategies as st

from tests.selection.optimiser.instances import drawn, made
from traam.selection.optimiser import objective
from traam.selection.optimiser.constraints import broken
from traam.selection.optimiser.greedy import greedy
from traam.selection.optimiser.instance import Academy, LockKind, Theme
from traam.selection.optimiser.solve import solve


@given(seed=st.integers(0, 10_000))
def test_greedy_keeps_every_rule_and_is_never_worth_more(seed: int) -> None:
    instance = drawn(seed)
    kept, choice = greedy(instance), solve(instance)

    if kept is not None:
        assert broken(instance, kept) == []
        assert objective.value(instance, kept) <= choice.objective + 1e-6


def test_greedy_takes_the_best_scores_and_loses_by_it() -> None:
    rows = [
        {"id": "c1", "score": 15.0},
        {"id": "c2", "score": 14.0, "theme": "U"},
        {"id": "c3", "score": 14.0, "academy": "B"},
    ]
    academies = (Academy(id="A", maximum=1), Academy(id="B", maximum=1))
    instance = made(*rows, themes=(Theme(id="T", maximum=1), Theme(id="U")), academies=academies)

    assert greedy(instance) == {"c1"}
    assert solve(instance).retained == ("c2", "c3")


def test_greedy_begins_with_what_is_imposed_then_with_minima() -> None:
    rows = [
        {"id": "c1", "score": 1.0, "lock": LockKind.IN},
        {"id": "c2", "score": 20.0},
        {"id": "c3", "score": 2.0, "theme": "U"},
    ]
    instance = made(
        *rows,
        themes=(Theme(id="T"), Theme(id="U", minimum=1)),
        academies=(Academy(id="A", maximum=2),),
    )

    assert greedy(instance) == {"c1", "c3"}


def test_greedy_is_none_where_it_breaks_a_rule() -> None:
    assert greedy(made({"id": "c1"}, themes=(Theme(id="T", minimum=2),))) is None
