"""The life of a campaign, the years it covers, what is known of its academies."""

from datetime import date

import pytest

from traam.campaigns.rules.life import CAMPAIGN_LIFE, CampaignState, how_many_known
from traam.campaigns.rules.years import Years, school_year_of, span
from traam.kit.machines import MoveRefused

PRINTED = {
    "open_call": ("preparation", "call_open"),
    "close_call": ("call_open", "call_closed"),
    "announce": ("call_closed", "announced"),
    "launch": ("announced", "at_work"),
    "close": ("at_work", "closed"),
    "take_back_call": ("call_open", "preparation"),
    "reopen_call": ("call_closed", "call_open"),
    "take_back_announcement": ("announced", "call_closed"),
    "reopen": ("closed", "at_work"),
}


@pytest.mark.parametrize("state", CampaignState)
@pytest.mark.parametrize("move", CAMPAIGN_LIFE.moves)
def test_campaign_moves_as_printed_from_every_state(state: CampaignState, move: str) -> None:
    source, target = PRINTED[move]

    if state.value == source:
        assert CAMPAIGN_LIFE.after(state, move).value == target
    else:
        with pytest.raises(MoveRefused):
            CAMPAIGN_LIFE.after(state, move)


def test_campaign_may_step_back_from_every_state_but_the_first_and_work() -> None:
    order = list(CampaignState)

    steps_back = {
        state.value
        for state in order
        for move in CAMPAIGN_LIFE.open_moves(state)
        if order.index(CAMPAIGN_LIFE.moves[move].target) < order.index(state)
    }

    assert steps_back == {"call_open", "call_closed", "announced", "closed"}


@pytest.mark.parametrize(
    ("known", "total", "is_complete", "said"),
    [
        (5, 7, False, "5 connues sur 7"),
        (2, 7, False, "2 connues sur 7"),
        (1, 8, False, "1 connue sur 8"),
        (0, 7, False, "aucune connue sur 7"),
        (6, 6, True, "6"),
        (2, None, True, "2"),
        (2, None, False, "2 connues, d’autres peut-être"),
        (1, None, False, "1 connue, d’autres peut-être"),
        (0, None, False, "non connues"),
    ],
)
def test_academies_are_counted_with_their_holes(
    known: int, total: int | None, is_complete: bool, said: str
) -> None:
    assert how_many_known(known=known, total=total, is_complete=is_complete) == said


def test_years_of_a_span_are_its_school_years() -> None:
    two = span(("2021-2022", "2022-2023"))

    assert two == Years(2021, 2023)
    assert two.address == "2021-2023"
    assert two.school_years == ("2021-2022", "2022-2023")
    assert (two.starts_on, two.ends_on) == (date(2021, 9, 1), date(2023, 8, 31))


def test_years_of_one_school_year_and_of_three_are_spans() -> None:
    assert span(("2016-2017",)) == Years(2016, 2017)
    assert span(("2016-2017", "2017-2018", "2018-2019")) == Years(2016, 2019)


def test_years_that_are_not_known_have_their_own_address() -> None:
    unknown = span(())

    assert unknown.address == "annee-inconnue"
    assert unknown.school_years == ()
    assert (unknown.starts_on, unknown.ends_on) == (None, None)


@pytest.mark.parametrize(
    ("outer", "inner", "covers"),
    [
        (Years(2021, 2023), Years(2022, 2023), True),
        (Years(2021, 2023), Years(2021, 2023), True),
        (Years(2021, 2022), Years(2021, 2023), False),
        (Years(2021, 2022), Years(2022, 2023), False),
        (Years(), Years(), True),
        (Years(), Years(2021, 2022), False),
        (Years(2021, 2022), Years(), False),
    ],
)
def test_years_cover_what_they_hold_whole(outer: Years, inner: Years, covers: bool) -> None:
    assert outer.covers(inner) is covers


@pytest.mark.parametrize(
    ("day", "began"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)],
)
def test_school_year_begins_in_september(day: date, began: int) -> None:
    assert school_year_of(day) == began


@pytest.mark.parametrize(
    ("years", "is_far"),
    [
        (Years(2016, 2017), False),
        (Years(2026, 2027), False),
        (Years(2026, 2028), False),
        (Years(2027, 2028), True),
        (Years(2035, 2036), True),
        (Years(), False),
    ],
)
def test_years_are_far_ahead_when_they_begin_after_the_next_one(years: Years, is_far: bool) -> None:
    assert years.is_far_ahead(date(2026, 3, 20)) is is_far
