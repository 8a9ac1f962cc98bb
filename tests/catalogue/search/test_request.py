"""An address is read tolerantly, and written back as it was."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from traam.catalogue.search import FACETS, SORTS, Request, parse
from traam.catalogue.search.request import TEXT_MAX, VALUES_MAX, cleaned

VALUES = st.one_of(st.text(), st.lists(st.text(), max_size=4), st.none(), st.integers())
KEYS = st.sampled_from(["q", "tri", "page", *FACETS, "autre"])


def test_parse_reads_an_address() -> None:
    asked = parse(QueryDict("q=vid%C3%A9o&discipline=SVT&discipline=EPS&tri=titre&page=3"))

    assert asked == Request(
        text="vidéo", filters={"discipline": ("SVT", "EPS")}, sort="titre", page=3
    )


def test_parse_reads_nothing_in_an_empty_address() -> None:
    assert parse({}) == Request()


@pytest.mark.parametrize("page", ["", "0", "-1", "a", "1e9", "٣", "1.5", "\x00"])
def test_parse_takes_a_strange_page_for_the_first(page: str) -> None:
    assert parse({"page": page}).page == 1


def test_parse_keeps_a_huge_page_for_the_last() -> None:
    assert parse({"page": "9" * 5000}).page == 999_999_999


def test_parse_keeps_an_unknown_value_and_forgets_an_unknown_order() -> None:
    asked = parse({"discipline": "ZZZ", "tri": "hasard"})

    assert (asked.filters, asked.sort) == ({"discipline": ("ZZZ",)}, "pertinence")


def test_parse_cuts_what_is_too_long() -> None:
    asked = parse({"q": "é" * 100_000, "outil": [str(number) for number in range(500)]})

    assert (len(asked.text), len(asked.filters["outil"])) == (TEXT_MAX, VALUES_MAX)


def test_parse_drops_what_cannot_be_written() -> None:
    assert parse({"q": "a\ud800b\x00c\x07d"}).text == "ab c d"


@given(st.dictionaries(KEYS, VALUES))
def test_parse_never_raises_and_is_clean_already(values: dict) -> None:
    asked = parse(values)

    assert cleaned(asked) == asked
    assert asked.sort in SORTS
    asked.address().encode("ascii")


@given(st.dictionaries(KEYS, VALUES))
def test_address_is_read_back_as_it_was(values: dict) -> None:
    asked = parse(values)

    assert parse(QueryDict(asked.address())) == asked


@given(st.binary(max_size=300))
def test_parse_never_raises_on_any_query_string(raw: bytes) -> None:
    asked = parse(QueryDict(raw))

    assert cleaned(asked) == asked


def test_toggled_adds_then_removes_a_value() -> None:
    asked = Request(filters={"discipline": ("SVT",)}, page=4)

    added = asked.toggled("discipline", "EPS")

    assert added == Request(filters={"discipline": ("SVT", "EPS")})
    assert added.toggled("discipline", "SVT").toggled("discipline", "EPS") == Request()
