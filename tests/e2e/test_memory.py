"""What the random walk remembers: it says what is lost, and only that."""

from tests.e2e.memory import GRACE, Memory, mark

LATE = 10 * GRACE


def walked(*edits: tuple[str, str, str]) -> Memory:
    """A memory of these edits (tab, text before, text after), a second apart."""
    memory = Memory()
    for number, (tab, over, text) in enumerate(edits):
        memory.note(tab, over=over, text=text, at=1000 * number)
    return memory


def test_text_that_nobody_finds_is_lost_after_three_seconds() -> None:
    memory = walked(("a", "", mark(1)))

    assert memory.lost(set(), at=GRACE - 1) == []
    assert memory.lost(set(), at=GRACE) == [1]
    assert memory.lost({1}, at=GRACE) == []


def test_text_written_over_knowingly_is_safe_as_long_as_the_later_one_is() -> None:
    memory = walked(("a", "", mark(1)), ("b", mark(1), mark(2)), ("a", mark(2), mark(3)))

    assert memory.lost({3}, at=LATE) == []
    assert memory.lost({1}, at=LATE) == [2, 3]
    assert memory.lost(set(), at=LATE) == [1, 2, 3]


def test_text_replaced_by_who_did_not_see_it_is_lost() -> None:
    memory = walked(("a", "", mark(1)), ("b", "", mark(2)))

    assert memory.lost({2}, at=LATE) == [1]


def test_text_that_goes_on_keeps_what_it_says() -> None:
    memory = walked(("a", "", mark(1)), ("b", mark(1), f"{mark(1)} {mark(2)}"))

    assert memory.lost({2}, at=LATE) == [1]
    assert memory.lost({1, 2}, at=LATE) == []


def test_text_taken_back_is_not_looked_for() -> None:
    assert walked(("a", "", mark(1)), ("a", mark(1), "")).lost(set(), at=LATE) == []


def test_killed_tab_takes_only_what_was_typed_in_it_just_before() -> None:
    memory = walked(("a", "", mark(1)), ("a", "", mark(2)), ("b", "", mark(3)))
    memory.die("a", at=GRACE + 500)

    assert memory.lost(set(), at=LATE) == [1, 3]
