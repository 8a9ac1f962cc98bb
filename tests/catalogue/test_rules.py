"""Names are opaque, never met twice and catch a slip of the keyboard; instants never go back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.catalogue.rules import (
    ALPHABET,
    ROOM,
    ark_name,
    check_character,
    datestamp,
    is_ark_name,
)

NUMBERS = st.integers(1, ROOM)


def test_check_character_is_that_of_noid() -> None:
    # The example of noid(1): 13030/xf93gt2 has « q » for its check character.
    assert check_character("13030/xf93gt2") == "q"


def test_first_names_are_those_and_stay_those() -> None:
    assert [ark_name(number) for number in (1, 2, 3)] == [
        "tpgbcczz",
        "tb5k49k1",
        "t0vsw66r",
    ]


def test_names_of_the_first_fifty_thousand_are_all_different() -> None:
    assert len({ark_name(number) for number in range(1, 50_001)}) == 50_000


@given(NUMBERS, NUMBERS)
def test_two_numbers_never_share_a_name(one: int, other: int) -> None:
    assert (ark_name(one) == ark_name(other)) is (one == other)


@given(NUMBERS)
def test_name_is_short_and_has_no_vowel(number: int) -> None:
    name = ark_name(number)

    assert len(name) == 8
    assert name[0] == "t"
    assert not set(name) & set("aeiouyl")
    assert is_ark_name(name)


@given(NUMBERS, st.integers(1, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(number: int, at: int, wrong: str) -> None:
    name = ark_name(number)

    slipped = name[:at] + wrong + name[at + 1 :]

    assert is_ark_name(slipped) is (slipped == name)


@given(NUMBERS, st.integers(1, 5))
def test_two_neighbours_exchanged_are_caught(number: int, at: int) -> None:
    name = ark_name(number)

    slipped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]

    assert is_ark_name(slipped) is (slipped == name)


@pytest.mark.parametrize("number", [0, -1, ROOM + 1])
def test_there_is_no_name_out_of_the_room(number: int) -> None:
    with pytest.raises(ValueError, match="no name"):
        ark_name(number)


@pytest.mark.parametrize("text", ["", "t", "T000000x", "t00000", "x0000000", "t0000000\n"])
def test_other_words_are_no_names(text: str) -> None:
    assert not is_ark_name(text)


def test_datestamp_is_in_whole_seconds_of_utc() -> None:
    paris = timezone(timedelta(hours=2))

    stamp = datestamp(now=datetime(2026, 7, 1, 12, 0, 0, 999_999, paris), previous=None)

    assert stamp == datetime(2026, 7, 1, 10, 0, 0, tzinfo=UTC)
    assert stamp.tzinfo is UTC


def test_datestamp_never_goes_before_the_version_it_replaces() -> None:
    previous = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)

    assert datestamp(now=previous - timedelta(days=1), previous=previous) == previous
