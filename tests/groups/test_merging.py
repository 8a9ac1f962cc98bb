"""Minutes merged: what each wrote is kept, what one alone changed is taken, nothing is doubled."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traam.groups.rules.merging import Merged, merge

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
LINE = st.sampled_from(["", "Bilan", "Deux essais", "Prochaine réunion", "Trois", "Fin"])
TEXT = st.lists(LINE, max_size=8).map("\n".join)
BASE = "Bilan\n\nDeux essais menés.\n\nSuite"


def test_merge_takes_both_changes_made_in_different_places() -> None:
    one = "Bilan de l’année\n\nDeux essais menés.\n\nSuite"
    other = "Bilan\n\nDeux essais menés.\n\nSuite en mars"

    assert merge(base=BASE, present=one, given=other) == Merged(
        "Bilan de l’année\n\nDeux essais menés.\n\nSuite en mars"
    )


def test_merge_keeps_one_after_the_other_what_both_wrote_in_the_same_place() -> None:
    one = BASE.replace("Deux", "Trois")
    other = BASE.replace("Deux", "Quatre")

    merged = merge(base=BASE, present=one, given=other)

    assert merged == Merged(
        "Bilan\n\nTrois essais menés.\nQuatre essais menés.\n\nSuite", clashes=1
    )


def test_merge_lets_a_paragraph_go_when_one_removed_it_and_the_other_left_it() -> None:
    assert merge(base=BASE, present=BASE, given="Bilan\n\nSuite") == Merged("Bilan\n\nSuite")
    both = BASE.replace("Bilan", "Le bilan")
    assert merge(base=BASE, present="Bilan\n\nSuite", given=both) == Merged("Le bilan\n\nSuite")


def test_merge_keeps_what_one_changed_and_the_other_removed() -> None:
    changed = BASE.replace("menés", "clos")

    merged = merge(base=BASE, present="Bilan\n\nSuite", given=changed)

    assert "Deux essais clos." in merged.text.split("\n")


def test_merge_adds_once_what_both_added_alike() -> None:
    added = f"{BASE}\nFin"

    assert merge(base=BASE, present=added, given=added) == Merged(added)
    assert merge(base=BASE, present=added, given=f"{added}\nVraiment") == Merged(
        f"{added}\nVraiment"
    )


@CALM
@given(TEXT, TEXT)
def test_merge_without_rival_is_what_was_given(base: str, text: str) -> None:
    assert merge(base=base, present=base, given=text) == Merged(text)
    assert merge(base=base, present=text, given=base) == Merged(text)
    assert merge(base=base, present=text, given=text) == Merged(text)


@CALM
@given(TEXT, TEXT, TEXT)
def test_merge_never_loses_a_line_that_either_added(base: str, one: str, other: str) -> None:
    kept = merge(base=base, present=one, given=other).text.split("\n")

    before = set(base.split("\n"))
    added = (set(one.split("\n")) | set(other.split("\n"))) - before
    assert added <= set(kept)


@CALM
@given(TEXT, TEXT, TEXT)
def test_merge_invents_no_line_and_keeps_what_all_three_share(
    base: str, one: str, other: str
) -> None:
    merged = merge(base=base, present=one, given=other)

    lines = set(merged.text.split("\n"))
    assert lines <= set(one.split("\n")) | set(other.split("\n"))


@CALM
@given(TEXT, TEXT, TEXT)
def test_merge_has_the_same_clashes_whoever_comes_first(base: str, one: str, other: str) -> None:
    first = merge(base=base, present=one, given=other)
    second = merge(base=base, present=other, given=one)

    assert sorted(first.text.split("\n")) == sorted(second.text.split("\n"))
    assert first.clashes == second.clashes
