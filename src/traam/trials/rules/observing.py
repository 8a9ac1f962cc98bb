"""What an observation must say, and when it may have been made."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from traam.kit.clock import day_of
from traam.kit.contacts import contact_faults
from traam.kit.text import short_day
from traam.trials.rules.life import Observer, Outcome, TrialState

SEEN = "Ce qui a été vu"
PLACE = "Lieu"
SEEN_MAX = 4_000  # characters
PLACE_MAX = 200  # characters
PUPILS_MAX = 200
AHEAD = timedelta(minutes=15)  # how far a device's clock may run ahead of ours
FULL_YEAR = (9, 1), (8, 31)  # the first and the last day of a school year


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a campaign's trials take place, both included; None where not known."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An observation as it is typed. `outcomes`: by the key of the indicator."""

    seen_at: datetime
    seen: str
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    location: str = ""
    pupils: int | None = None
    observer: Observer = Observer.SELF


def window_of(
    *, first_year: int | None, last_year: int | None, starts: date | None, ends: date | None
) -> Window:
    """The school years of the campaign, widened by the dates that its calendar sets."""
    first = date(first_year, *FULL_YEAR[0]) if first_year else None
    last = date(last_year, *FULL_YEAR[1]) if last_year else None
    return Window(
        min(first, starts) if first and starts else first or starts,
        max(last, ends) if last and ends else last or ends,
    )


def day_faults(day: date, *, window: Window, today: date, what: str) -> list[str]:
    """Why this day may not be that of `what` (« L’observation »), as French sentences."""
    if day > today:
        return [f"{what} est datée du {short_day(day)}, qui n’est pas encore venu."]
    too_early = window.first is not None and day < window.first
    too_late = window.last is not None and day > window.last
    if too_early or too_late:
        return [
            f"{what} est datée du {short_day(day)} : la campagne va "
            f"{_spoken(window)}. Corrigez la date."
        ]
    return []


def _spoken(window: Window) -> str:
    if window.first is None or window.last is None:
        known = window.first or window.last
        return (
            f"{'à partir du' if window.first else 'jusqu’au'} {short_day(known)}" if known else ""
        )
    return f"du {short_day(window.first)} au {short_day(window.last)}"


def faults(noted: Noted, *, window: Window, now: datetime, keys: Collection[str]) -> list[str]:
    """Why it is refused, as French sentences. `keys`: the indicators of the trial."""
    found = []
    if not noted.seen.strip():
        found.append("Dites en une phrase ce que vous avez vu.")
    if len(noted.seen) > SEEN_MAX:
        found.append(f"« {SEEN} » compte {len(noted.seen)} caractères ; {SEEN_MAX} au plus.")
    if len(noted.location) > PLACE_MAX:
        found.append(f"« {PLACE} » compte {len(noted.location)} caractères ; {PLACE_MAX} au plus.")
    if noted.pupils is not None and not 0 < noted.pupils <= PUPILS_MAX:
        found.append(f"{noted.pupils} élèves présents : de 1 à {PUPILS_MAX}.")
    if unknown := sorted(set(noted.outcomes) - set(keys)):
        found.append(f"Indicateur inconnu de cet essai : {', '.join(unknown)}. Rechargez la page.")
    found += _instant_faults(noted.seen_at, window=window, now=now)
    return [*found, *contact_faults({SEEN: noted.seen, PLACE: noted.location})]


def _instant_faults(seen_at: datetime, *, window: Window, now: datetime) -> list[str]:
    what = "L’observation"
    found = day_faults(day_of(seen_at), window=window, today=day_of(now + AHEAD), what=what)
    if not found and seen_at > now + AHEAD:
        return ["L’heure de l’observation n’est pas encore venue : corrigez-la."]
    return found


def is_to_keep(state: TrialState, *, lacks: Collection[str]) -> bool:
    """Must an observation that comes now be set aside? Its trial is over, or not ready to begin."""
    return state in (TrialState.CLOSED, TrialState.ABANDONED) or bool(lacks)


def usual_observer(*, is_teacher: bool, is_inspector: bool) -> Observer:
    """Who observes, unless they say otherwise."""
    if is_teacher:
        return Observer.SELF
    return Observer.INSPECTOR if is_inspector else Observer.NEARBY
