"""What a form or an address gives as a key is a number that every database holds, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.kit.keys import DIGITS_MAX, count_in, number_in


@pytest.mark.parametrize("number", [1, 17, 10**DIGITS_MAX - 1])
def test_number_is_read(number: int) -> None:
    assert number_in(str(number)) == number


@pytest.mark.parametrize(
    "text", [None, "", "0", "-1", " 1", "1.0", "²", "٣", "9" * 10, "9" * 30, "1" * 5_000]
)
def test_what_is_no_key_is_none_that_exists(text: str | None) -> None:
    assert number_in(text) == 0
    assert count_in(text) == (0 if text == "0" else None)


@given(st.text())
def test_any_text_gives_a_number_that_a_column_holds(text: str) -> None:
    assert 0 <= number_in(text) < 2**31
