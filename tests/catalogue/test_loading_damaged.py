"""Whatever a file holds, each row has an outcome and a reason, or the file is refused: no burst."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.campaigns.loads import theme_row
from tests.catalogue.loads import production_row
from traam.campaigns.loading import COLUMNS as CAMPAIGNS
from traam.catalogue.loading import load_campaigns, load_productions
from traam.catalogue.loading.reading import COLUMNS as PRODUCTIONS
from traam.kit.refusals import Refusal
from traam.kit.rows import Outcome, Report

pytestmark = pytest.mark.usefixtures("vocabularies")
NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
TWO_HUNDRED = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ODD = [
    *("=1+1", "\tx", "@x", "\ud800", "a@b.fr", "06 12 34 56 78", "\x00", "x" * 20_001),
    *("a | | b", "2016-2017", "2023-2021", "2021-2023", "Normandie", "Lile", "Transversal"),
    *("Polynésie", "cycle 3", "2de à BTS", "BTS à 6e", "?", "(", "scénario", "http://[", "déduite"),
]
VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(ODD),
    st.lists(st.text(max_size=20) | st.sampled_from(ODD) | st.none(), max_size=4),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)


def check(load: Callable[..., Report], content: bytes, count: int, name: str) -> None:
    given: dict[str, Any] = {"content": content, "name": name, "now": NOW, "actor": None}
    try:
        report = load(**given, dry_run=True)
    except Refusal:
        return
    assert [row.row for row in report.rows] == list(range(1, count + 1))
    for row in report.rows:
        assert row.reasons or row.outcome in (Outcome.TAKEN, Outcome.UNCHANGED)
        " ".join(row.reasons).encode()


def rows_of(base: dict[str, Any], columns: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
    changes = st.dictionaries(st.sampled_from(sorted(columns)), VALUE, max_size=6)
    return st.lists(changes.map(lambda changed: base | changed), min_size=1, max_size=4)


@TWO_HUNDRED
@given(rows_of(production_row(), PRODUCTIONS))
def test_productions_of_any_types_have_each_an_outcome(rows: list[dict[str, Any]]) -> None:
    check(load_productions, json.dumps(rows).encode(), len(rows), "p.json")


@TWO_HUNDRED
@given(rows_of(theme_row(), CAMPAIGNS))
def test_themes_of_any_types_have_each_an_outcome(rows: list[dict[str, Any]]) -> None:
    check(load_campaigns, json.dumps(rows).encode(), len(rows), "c.json")


@TWO_HUNDRED
@given(st.data())
def test_files_cut_or_scratched_anywhere_are_refused_or_told(data: st.DataObject) -> None:
    content = json.dumps([production_row(), production_row(id="R2")], ensure_ascii=False).encode()
    at = data.draw(st.integers(0, len(content)))
    scratch = data.draw(st.binary(max_size=3))

    damaged = content[:at] + scratch + content[at + data.draw(st.integers(0, 200)) :]

    try:
        count = len(json.loads(damaged, strict=False))
    except ValueError:
        count = 0
    check(load_productions, damaged, count, "p.json")
