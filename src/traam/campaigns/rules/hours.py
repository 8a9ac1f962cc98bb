"""The hour of a call as each territory lives it: a deadline in Paris falls on another hour, or on
another day, in Mayotte or in Polynesia."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from traam.kit.clock import PARIS
from traam.kit.text import DAYS, FIXED, MONTHS

# By the code of the academy, or of what takes its place (`reference/data/academies.json`).
ZONES: Mapping[str, str] = {
    "44": "America/Miquelon",
    "31": "America/Martinique",
    "32": "America/Guadeloupe",
    "33": "America/Cayenne",
    "28": "Indian/Reunion",
    "43": "Indian/Mayotte",
    "41": "Pacific/Tahiti",
    "40": "Pacific/Noumea",
    "42": "Pacific/Wallis",
}
# The territories that a public page names, each with the code that gives its zone.
TERRITORIES: tuple[tuple[str, str], ...] = (
    ("Polynésie française", "41"),
    ("Antilles", "31"),
    ("Guyane", "33"),
    ("Saint-Pierre-et-Miquelon", "44"),
    ("Mayotte", "43"),
    ("La Réunion", "28"),
    ("Nouvelle-Calédonie", "40"),
    ("Wallis-et-Futuna", "42"),
)


class LocalHour(NamedTuple):
    """« Mayotte », « vendredi 3 avril, 19 h »."""

    place: str
    hour: str


def zone_of(academy: str) -> ZoneInfo:
    """The zone of this academy; Paris for all those of Europe, and for a code not known."""
    name = ZONES.get(academy)
    return ZoneInfo(name) if name else PARIS


def hour_in(at: datetime, academy: str) -> str:
    """« vendredi 3 avril, 19 h »: this instant, as this academy's clocks show it."""
    local = at.astimezone(zone_of(academy))
    day = "1er" if local.day == 1 else str(local.day)
    minutes = f"{FIXED}{local.minute:02d}" if local.minute else ""
    weekday, month = DAYS[local.weekday()], MONTHS[local.month - 1]
    return f"{weekday} {day} {month}, {local.hour}{FIXED}h{minutes}"


def elsewhere(at: datetime) -> list[LocalHour]:
    """The same instant wherever the clocks differ from those of Paris, from west to east; places
    that share an hour that day share a line."""
    here = at.astimezone(PARIS).utcoffset()
    found: dict[str, list[str]] = {}
    offsets = {code: at.astimezone(zone_of(code)).utcoffset() for _, code in TERRITORIES}
    for place, code in sorted(TERRITORIES, key=lambda one: offsets[one[1]] or here):  # type: ignore[arg-type,return-value]
        if offsets[code] != here:
            found.setdefault(hour_in(at, code), []).append(place)
    return [LocalHour(", ".join(places), hour) for hour, places in found.items()]
