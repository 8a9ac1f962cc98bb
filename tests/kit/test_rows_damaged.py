"""Whatever happens to a file on its way, it is read, mended or refused: it never bursts."""

import csv
import io
import json
import unicodedata
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traam.kit.refusals import Refusal
from traam.kit.rows import Column, Kind, RawRow, read_rows

COLUMNS = {
    "id": Column(kind=Kind.IDENTIFIER, required=True),
    "title": Column(required=True),
    "words": Column(kind=Kind.WORDS),
    "count": Column(kind=Kind.COUNT),
    "sure": Column(kind=Kind.FLAG),
    "url": Column(kind=Kind.ADDRESS),
}
GOOD = [
    {"id": "R001", "title": "Élèves « en » Île-de-France", "words": ["a", "b"], "count": 3},
    {"id": "R002", "title": "Œuvre", "sure": True, "url": "https://a.fr/é?x=1&y"},
]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(
        ["=1+1", "\tx", "\ud800", "a@b.fr", "06 12 34 56 78", "\x00", "x" * 20_001, "a | | b"]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
TWO_HUNDRED = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def outcome(content: bytes, name: str) -> list[RawRow] | Refusal:
    """The rows, or the refusal. Anything else bursts, and fails the test."""
    try:
        return read_rows(content=content, name=name, columns=COLUMNS)
    except Refusal as refusal:
        return refusal


def check(result: list[RawRow] | Refusal) -> None:
    """Each sentence is one that can be shown; what is read can be stored and sent as XML."""
    reasons = (
        result.reasons
        if isinstance(result, Refusal)
        else [reason for row in result for reason in (*row.mended, *row.refused)]
    )
    for reason in reasons:
        assert not {unicodedata.category(character) for character in reason} & {"Cc", "Cs"}
    for row in [] if isinstance(result, Refusal) else result:
        json.dumps(dict(row.values), ensure_ascii=False).encode()
        assert row.refused or (row.text("id") and row.text("title"))


def as_csv() -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(row | {"words": " | ".join(row.get("words", []))} for row in GOOD)
    return text.getvalue().encode()


FILES = {"a.json": json.dumps(GOOD, ensure_ascii=False).encode(), "a.csv": as_csv()}


def test_whole_files_are_read_without_a_word() -> None:
    for name, content in FILES.items():
        rows = outcome(content, name)

        assert [(row.mended, row.refused) for row in rows] == [((), ()), ((), ())]


def test_files_cut_at_any_byte_are_refused_or_read_up_to_there() -> None:
    for name, content in FILES.items():
        for end in range(len(content)):
            check(outcome(content[:end], name))


@TWO_HUNDRED
@given(st.data())
def test_files_with_changed_bytes_never_burst(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))

    check(outcome(bytes(content), name))


@TWO_HUNDRED
@given(st.binary(max_size=400), st.sampled_from(["a.json", "a.csv", "a", "a.xls"]))
def test_files_of_random_bytes_never_burst(content: bytes, name: str) -> None:
    check(outcome(content, name))


@TWO_HUNDRED
@given(
    st.lists(
        ANYTHING | st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, ANYTHING)), max_size=5
    )
)
def test_rows_of_any_types_never_burst(rows: list[Any]) -> None:
    check(outcome(json.dumps(rows).encode(), "a.json"))


@TWO_HUNDRED
@given(st.lists(st.lists(st.text(max_size=30), min_size=6, max_size=6), max_size=5))
def test_cells_of_any_text_never_burst(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([list(COLUMNS), *rows])

    check(outcome(text.getvalue().encode("utf-8", "replace"), "a.csv"))


@TWO_HUNDRED
@given(st.text(max_size=40), st.sampled_from(["latin-1", "cp1252", "utf-16", "utf-32", "utf-7"]))
def test_other_encodings_never_burst(title: str, encoding: str) -> None:
    content = json.dumps([{"id": "R1", "title": title}], ensure_ascii=False)

    check(outcome(content.encode(encoding, "replace"), "a.json"))
