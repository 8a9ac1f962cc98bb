"""What may be a meeting's hours, and the due dates that a group begins with: from the campaign's
calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from traam.groups.rules.life import MeetingMode
from traam.kit.clock import day_of
from traam.kit.text import short_day

LENGTH_MAX = timedelta(hours=72)  # a residential seminar, no more
FRIDAY = 4
WEEK = timedelta(days=7)
NEAR = tuple(sorted(range(-4, 5), key=lambda n: (abs(n), -n)))  # weeks: 0, 1, -1, 2, -2…


@dataclass(frozen=True, slots=True)
class Kind:
    """A due date that every group has; `share`: how far into the campaign's work it falls."""

    key: str
    title: str
    share: float


DEFAULTS = (  # *(ours)*: the sources only give a launch in autumn and reports from late May on
    Kind("shared", "Un premier scénario partagé avec le groupe", 0.30),
    Kind("tested", "Un premier essai en classe clos", 0.55),
    Kind("cross_tested", "Un test croisé rendu à une autre académie", 0.75),
    Kind("synthesis", "La synthèse académique soumise à l’inspection", 0.92),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A due date to be: its key, its words, its day (included)."""

    key: str
    title: str
    due_on: date


def default_dues(
    first: date, last: date, is_off: Callable[[date], bool] = lambda day: False
) -> tuple[Dated, ...]:
    """The Fridays nearest to each share of the work's time at which no academy of the group is in
    holidays, as `is_off` says; where there is none around, the nearest all the same."""
    return tuple(
        Dated(kind.key, kind.title, _friday(kind.share, first, last, is_off)) for kind in DEFAULTS
    )


def _friday(share: float, first: date, last: date, is_off: Callable[[date], bool]) -> date:
    near = first + (last - first) * share
    friday = near + timedelta(days=(FRIDAY - near.weekday() + 3) % 7 - 3)
    weeks = (friday + WEEK * n for n in NEAR)
    open_ = (day for day in weeks if first <= day <= last and not is_off(day))
    return next(open_, min(friday, last))


def meeting_faults(
    *,
    starts_at: datetime,
    ends_at: datetime,
    mode: MeetingMode,
    location: str,
    link: str,
    first: date | None,
    last: date | None,
) -> list[str]:
    """Why these hours or this place will not do, in French. `first`, `last`: the campaign's days,
    both included; None: not known."""
    found = []
    if ends_at <= starts_at:
        found.append("La fin de la réunion doit suivre son début.")
    elif ends_at - starts_at > LENGTH_MAX:
        found.append("La réunion dure plus de trois jours : faites-en plusieurs.")
    found += outside(day_of(starts_at), first=first, last=last)
    if mode in (MeetingMode.ON_SITE, MeetingMode.BOTH) and not location.strip():
        found.append("Le lieu manque : dites où l’on se réunit.")
    if mode in (MeetingMode.REMOTE, MeetingMode.BOTH) and not link.strip():
        found.append("Le lien de connexion manque : sans lui, personne ne peut se joindre.")
    return found


def outside(day: date, *, first: date | None, last: date | None) -> list[str]:
    """Why this day is not one of the campaign's; empty when it is."""
    if first is not None and day < first:
        return [f"Le {short_day(day)} précède la campagne, qui commence le {short_day(first)}."]
    if last is not None and day > last:
        return [f"Le {short_day(day)} suit la campagne, qui finit le {short_day(last)}."]
    return []
