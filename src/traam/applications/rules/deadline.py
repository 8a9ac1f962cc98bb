"""Until when an application may be written, agreed to and endorsed: judged on the instant itself,
whether or not any job has run."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from traam.campaigns.rules.calendar import Calendar
from traam.kit.text import instant


@dataclass(frozen=True, slots=True)
class Deadline:
    """The opening, the end (excluded) for this application, and the end of its grace.

    `closes_at` None: the calendar is not set, nothing may be written.
    """

    opens_at: datetime | None
    closes_at: datetime | None
    grace_ends_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """May authors write and submit?"""
        opens, closes = self.opens_at, self.closes_at
        return opens is not None and closes is not None and opens <= now < closes

    def is_before_grace_ends(self, now: datetime) -> bool:
        """May what was submitted in time still be agreed to and endorsed?"""
        opens, ends = self.opens_at, self.grace_ends_at
        return opens is not None and ends is not None and opens <= now < ends

    def lapses(self, now: datetime) -> bool:
        """Is it over for what was not deposited?"""
        return self.grace_ends_at is not None and now >= self.grace_ends_at

    def why_closed(self, now: datetime) -> str:
        """Why nothing may be written now, in French."""
        if self.opens_at is None or self.closes_at is None:
            return "Les dates de l’appel ne sont pas fixées."
        if now < self.opens_at:
            return f"L’appel n’ouvre que le {instant(self.opens_at)}."
        return (
            f"L’appel est clos depuis le {instant(self.closes_at)} : le pilotage national peut "
            "donner plus de temps à une académie."
        )

    def why_too_late(self, now: datetime) -> str:
        """Why nothing may be agreed to nor endorsed now, in French."""
        if self.grace_ends_at is None or self.opens_at is None or now < self.opens_at:
            return self.why_closed(now)
        return (
            f"Le délai laissé après la clôture est passé depuis le {instant(self.grace_ends_at)} : "
            "le pilotage national peut donner plus de temps à une académie."
        )


def deadline(
    calendar: Calendar, *, grace_hours: int, extended_until: datetime | None = None
) -> Deadline:
    """`extended_until`: the end of the extension of its academy, were it over."""
    closes = calendar.closes_at
    if closes is not None and extended_until is not None:
        closes = max(closes, extended_until)
    grace = None if closes is None else closes + timedelta(hours=grace_hours)
    return Deadline(calendar.opens_at, closes, grace)
