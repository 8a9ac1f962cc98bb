"""French for dates, numbers and plurals; pure but for Django's escaping."""

from datetime import date, datetime

from traam.kit.clock import PARIS

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
NARROW = "\u202f"  # the French thousands separator


def day(value: date) -> str:
    """« vendredi 3 avril 2026 », « mardi 1er juillet 2025 »."""
    number_ = "1er" if value.day == 1 else str(value.day)
    return f"{DAYS[value.weekday()]} {number_} {MONTHS[value.month - 1]} {value.year}"


def instant(value: datetime) -> str:
    """« vendredi 3 avril 2026, 18 h, heure de Paris »: what a deadline needs."""
    local = value.astimezone(PARIS)
    minutes = f" {local.minute:02d}" if local.minute else ""
    return f"{day(local)}, {local.hour} h{minutes}, heure de Paris"


def number(value: int) -> str:
    """« 12 345 » with narrow no-break spaces."""
    return f"{value:,}".replace(",", NARROW)


def plural(count: int, singular: str, plural_: str = "") -> str:
    """« 1 essai », « 0 essai », « 12 essais » (in French, zero is singular)."""
    word = singular if abs(count) < 2 else (plural_ or f"{singular}s")
    return f"{number(count)} {word}"
