"""The calendar of a campaign as a line with today on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from traam.campaigns.rules.calendar import Calendar, Milestone
from traam.campaigns.rules.hours import LocalHour, elsewhere

WITH_HOURS = (Milestone.CALL_OPENS, Milestone.CALL_CLOSES)


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone, or today (`milestone` None); `at` None: not set."""

    milestone: Milestone | None
    at: datetime | None
    state: str  # done, current or todo
    hours: tuple[LocalHour, ...] = ()

    @property
    def label(self) -> str:
        return self.milestone.label.capitalize() if self.milestone else "Aujourd’hui"


def points(calendar: Calendar, now: datetime) -> list[Point]:
    """Every milestone in the order of the year, today right after the last one that is past."""
    found = list(_points(calendar, now))
    past = max((rank for rank, point in enumerate(found, 1) if point.state == "done"), default=0)
    return [*found[:past], Point(None, now, "current"), *found[past:]]


def _points(calendar: Calendar, now: datetime) -> Iterator[Point]:
    for each in Milestone:
        at = calendar.at(each)
        hours = tuple(elsewhere(at)) if at and each in WITH_HOURS else ()
        yield Point(each, at, "done" if at is not None and at <= now else "todo", hours)
