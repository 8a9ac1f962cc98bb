"""Reminders: walked day by day, each step goes once, never in holidays, and nothing slides."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traam.groups.rules.life import Step
from traam.groups.rules.reminders import OFFSETS, Planned, plan, step_on
from traam.reference.queries import shipped_vocabulary
from traam.reference.rules import Holidays

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
SCHOOL = Holidays.of(shipped_vocabulary())
START = date(2026, 9, 1)
YEAR = [START + timedelta(days=n) for n in range(365)]
ACADEMIES = sorted({"08", "09", "01", "28"})  # zones A, B, C, and no known calendar
OFF = st.sets(st.integers(0, 364).map(lambda n: START + timedelta(days=n)), max_size=5)


def walk(due_on: date, is_off, days: list[date]) -> list[Planned]:
    """What goes day by day, as the job does it."""
    sent: list[Planned] = []
    for day in days:
        if step := step_on(day, due_on=due_on, sent=[one.step for one in sent], is_off=is_off):
            sent.append(Planned(step, day))
    return sent


@CALM
@given(st.integers(30, 280), st.sampled_from(ACADEMIES))
def test_a_year_sends_each_step_once_in_order_and_never_in_holidays(
    days: int, academy: str
) -> None:
    due_on = START + timedelta(days=days)

    sent = walk(due_on, lambda day: SCHOOL.off(academy, day) is not None, YEAR)

    assert [one.step for one in sent] == list(Step)
    assert [one.on for one in sent] == sorted({one.on for one in sent})
    assert not any(SCHOOL.off(academy, one.on) for one in sent)
    assert sent[0].on <= due_on < sent[1].on
    assert sent == list(plan(due_on, lambda day: SCHOOL.off(academy, day) is not None))


@CALM
@given(st.integers(30, 300), OFF, st.integers(0, 60))
def test_any_calendar_sends_each_step_once(days: int, starts: set[date], length: int) -> None:
    due_on = START + timedelta(days=days)
    off = {day + timedelta(days=n) for day in starts for n in range(length // max(len(starts), 1))}

    sent = walk(due_on, off.__contains__, [START + timedelta(days=n) for n in range(-90, 500)])

    assert [one.step for one in sent] == list(Step)
    assert not off & {one.on for one in sent}
    assert sent[0].on <= due_on < sent[1].on


@CALM
@given(st.integers(30, 250), st.sets(st.sampled_from(list(Step))), st.integers(0, 120))
def test_a_stopped_job_sends_the_rest_one_a_day_when_it_comes_back(
    days: int, before: set[Step], late: int
) -> None:
    due_on = START + timedelta(days=days)
    sent = set(before)
    for day in [due_on + timedelta(days=14 + late + n) for n in range(6)]:
        if step := step_on(day, due_on=due_on, sent=sent):
            assert step not in sent
            sent.add(step)

    assert sent == before | {Step.AFTER, Step.INSPECTOR, Step.PILOT}


@pytest.mark.parametrize("step", Step)
def test_every_step_has_its_delay(step: Step) -> None:
    due_on = date(2026, 11, 27)  # far from any holidays

    [planned] = [one for one in plan(due_on) if one.step is step]

    assert planned.on == due_on + timedelta(days=OFFSETS[step])


def test_steps_wait_for_the_return_and_keep_their_distance() -> None:
    due_on = date(2026, 12, 18)  # the eve of the Christmas holidays, 19 December to 3 January

    planned = plan(due_on, lambda day: SCHOOL.off("09", day) is not None)

    assert planned == (
        Planned(Step.BEFORE, date(2026, 12, 11)),
        Planned(Step.AFTER, date(2027, 1, 4)),
        Planned(Step.INSPECTOR, date(2027, 1, 10)),
        Planned(Step.PILOT, date(2027, 1, 17)),
    )


def test_a_due_date_set_for_the_return_is_reminded_before_the_holidays() -> None:
    planned = plan(date(2027, 1, 6), lambda day: SCHOOL.off("09", day) is not None)

    assert planned[0] == Planned(Step.BEFORE, date(2026, 12, 14))


def test_a_date_set_too_late_for_its_first_reminder_is_reminded_at_once_then_after() -> None:
    due_on = START + timedelta(days=3)

    sent = walk(due_on, lambda day: False, YEAR)

    assert sent[0] == Planned(Step.BEFORE, START)
    assert [one.step for one in sent] == list(Step)


def test_a_date_set_in_the_past_is_never_announced_as_to_come() -> None:
    sent = walk(START - timedelta(days=5), lambda day: False, YEAR)

    assert [one.step for one in sent] == [Step.AFTER, Step.INSPECTOR, Step.PILOT]


def test_a_calendar_without_a_school_day_stops_the_search_and_sends_nothing() -> None:
    assert len(plan(START, lambda day: True)) == len(Step)
    assert step_on(START, due_on=START, sent=(), is_off=lambda day: True) is None
