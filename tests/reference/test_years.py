"""School years: one, a span of them, nothing, or a refusal that says what is accepted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.reference.rules import YearReading, read_years
from traam.reference.rules.years import ACCEPTED


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2016-2017", ("2016-2017",)),
        ("2021-2023", ("2021-2022", "2022-2023")),
        ("2099-2100", ("2099-2100",)),
        (" 2012 – 2014 ", ("2012-2013", "2013-2014")),
        (None, ()),
        ("", ()),
        ("  ", ()),
    ],
)
def test_read_years_gives_every_school_year(text: str | None, years: tuple[str, ...]) -> None:
    assert read_years(text) == YearReading(years=years)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2016/17", "illisible"),
        ("2016", "illisible"),
        ("l’an dernier", "illisible"),
        ("2016-2015", "à rebours"),
        ("2016-2016", "à rebours"),
        ("2016-2040", "trop longue (24 ans, 4 au plus)"),
        ("2000-2005", "trop longue (5 ans, 4 au plus)"),
        ("1999-2000", "hors de la période 2000-2100"),
        ("2100-2101", "hors de la période 2000-2100"),
    ],
)
def test_read_years_refuses_with_a_reason(text: str, why: str) -> None:
    assert read_years(text) == YearReading(
        reasons=(f"Année « {text} » {why} : il faut {ACCEPTED}.",)
    )


@given(st.text())
def test_read_years_takes_any_text(text: str) -> None:
    reading = read_years(text)

    assert not (reading.years and reading.reasons)


@given(st.integers(2000, 2090), st.integers(1, 4))
def test_read_years_gives_as_many_years_as_the_span(start: int, length: int) -> None:
    years = read_years(f"{start}-{start + length}").years

    assert [int(year[:4]) for year in years] == list(range(start, start + length))
