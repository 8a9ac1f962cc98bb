"""The hours of a meeting, and the due dates drawn from the campaign's calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traam.groups.rules.calendar import (
    DEFAULTS,
    FRIDAY,
    LENGTH_MAX,
    default_dues,
    meeting_faults,
)
from traam.groups.rules.life import MeetingMode

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
START = datetime(2027, 1, 15, 13, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)


def faults(**changes) -> list[str]:
    given = {
        "starts_at": START,
        "ends_at": START + timedelta(hours=2),
        "mode": MeetingMode.BOTH,
        "location": "Lille",
        "link": "https://visio.exemple.fr/a",
        "first": FIRST,
        "last": LAST,
    }
    return meeting_faults(**given | changes)


def test_meeting_within_the_campaign_has_no_fault() -> None:
    assert faults() == []
    assert faults(first=None, last=None) == []
    assert faults(ends_at=START + LENGTH_MAX) == []
    assert faults(first=date(2027, 1, 15), last=date(2027, 1, 15)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_at": START}, "La fin de la réunion doit suivre son début."),
        ({"ends_at": START - timedelta(minutes=1)}, "La fin de la réunion doit suivre son début."),
        (
            {"ends_at": START + LENGTH_MAX + timedelta(minutes=1)},
            "La réunion dure plus de trois jours : faites-en plusieurs.",
        ),
        (
            {"first": date(2027, 1, 16)},
            "Le 15 janvier 2027 précède la campagne, qui commence le 16 janvier 2027.",
        ),
        (
            {"last": date(2027, 1, 14)},
            "Le 15 janvier 2027 suit la campagne, qui finit le 14 janvier 2027.",
        ),
        ({"location": " "}, "Le lieu manque : dites où l’on se réunit."),
        ({"link": ""}, "Le lien de connexion manque : sans lui, personne ne peut se joindre."),
    ],
)
def test_each_fault_is_said(changes: dict[str, object], words: str) -> None:
    assert faults(**changes) == [words]


@pytest.mark.parametrize("mode", MeetingMode)
def test_each_mode_asks_for_where_it_takes_place(mode: MeetingMode) -> None:
    asked = len(faults(mode=mode, location="", link=""))

    assert asked == (2 if mode is MeetingMode.BOTH else 1)


@CALM
@given(
    st.dates(date(2020, 9, 1), date(2030, 12, 31)),
    st.integers(60, 330),
    st.sets(st.integers(0, 330), max_size=40),
)
def test_default_dates_are_in_order_within_the_work(
    first: date, length: int, off: set[int]
) -> None:
    last = first + timedelta(days=length)
    closed = {first + timedelta(days=n) for n in off}

    made = default_dues(first, last, closed.__contains__)

    assert [one.key for one in made] == [kind.key for kind in DEFAULTS]
    assert [one.due_on for one in made] == sorted(one.due_on for one in made)
    assert all(first - timedelta(days=3) <= one.due_on <= last for one in made)
    assert all(one.due_on.weekday() == FRIDAY or one.due_on == last for one in made)


def test_default_dates_give_way_to_holidays() -> None:
    plain = default_dues(date(2026, 10, 5), date(2027, 6, 11))
    closed = {plain[0].due_on}

    moved = default_dues(date(2026, 10, 5), date(2027, 6, 11), closed.__contains__)

    assert [str(one.due_on) for one in plain] == [
        "2026-12-18", "2027-02-19", "2027-04-09", "2027-05-21",
    ]  # fmt: skip
    assert moved[0].due_on == plain[0].due_on + timedelta(days=7)
    assert moved[1:] == plain[1:]
    closed.add(moved[0].due_on)
    sooner = default_dues(date(2026, 10, 5), date(2027, 6, 11), closed.__contains__)
    assert sooner[0].due_on == plain[0].due_on - timedelta(days=7)


def test_default_dates_keep_their_titles() -> None:
    made = default_dues(date(2026, 10, 5), date(2027, 6, 11))

    assert [one.title for one in made] == [kind.title for kind in DEFAULTS]


def test_default_date_may_be_the_first_day_or_the_last() -> None:
    friday = date(2026, 10, 2)

    assert {one.due_on for one in default_dues(friday, friday)} == {friday}
    # Every Friday between is off: the first day and the last are left, and both will do.
    last = friday + timedelta(days=28)
    between = {friday + timedelta(days=7 * n) for n in (1, 2, 3)}
    made = default_dues(friday, last, between.__contains__)
    assert [one.due_on for one in made] == [friday, last, last, last]


def test_default_date_without_an_open_friday_is_the_nearest_all_the_same() -> None:
    first, last = date(2026, 10, 5), date(2027, 6, 11)

    assert default_dues(first, last, lambda day: True) == default_dues(first, last)
