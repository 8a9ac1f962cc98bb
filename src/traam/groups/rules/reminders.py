"""When each reminder of a due date goes: before and after it, then to the inspector, then to the
pilot, each once. The due date itself never moves: only reminders wait for the end of holidays.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from traam.groups.rules.life import Step

IsOff = Callable[[date], bool]
# Days outside holidays from the due date on; the delays of a campaign's year *(ours)*.
OFFSETS = {Step.BEFORE: -7, Step.AFTER: 1, Step.INSPECTOR: 7, Step.PILOT: 14}
HORIZON = 400  # days after which a calendar without a school day is taken for none
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A step, and the first day it may go."""

    step: Step
    on: date


def never(day: date) -> bool:
    """The calendar of who has none: no holidays."""
    return False


def plan(due_on: date, is_off: IsOff = never) -> tuple[Planned, ...]:
    """The day of each step, in order: so many days outside the holidays before or after the due
    date. Nobody is hurried from one step to the next by holidays that lie between."""
    return tuple(Planned(step, _moved(due_on, OFFSETS[step], is_off)) for step in Step)


def _moved(start: date, count: int, is_off: IsOff) -> date:
    """The day that lies `count` days outside the holidays from `start` on, or before it."""
    way = DAY if count > 0 else -DAY
    day, left = start, abs(count)
    for _ in range(HORIZON):
        if not left:
            return day
        day += way
        left -= not is_off(day)
    return start + timedelta(days=count)


def step_on(
    today: date, *, due_on: date, sent: Collection[Step], is_off: IsOff = never
) -> Step | None:
    """The step to send that day: the first whose day has come and that was not sent; one a day.

    A reminder before the due date is of no use once it has passed. Nothing goes in holidays.
    """
    if is_off(today):
        return None
    for planned in plan(due_on, is_off):
        is_past = planned.step is Step.BEFORE and today > due_on
        if planned.step not in sent and not is_past and planned.on <= today:
            return planned.step
    return None
