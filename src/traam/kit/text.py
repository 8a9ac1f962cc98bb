"""French for dates, spans, numbers, sizes and plurals, and addresses made safe; all pure."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

from traam.kit.clock import PARIS

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
NARROW = "\u202f"  # the French thousands separator
FIXED = "\u00a0"  # a space where no line breaks
SCHEMES = ("", "http", "https", "mailto", "tel")
_FRENCH = str.maketrans({",": NARROW, ".": ","})
_VOWELS = tuple("aàâäæeéèêëhiîïoôöœuùûüyÿ")  # those, and the h of proper names
# Names that begin as a common noun does: with its article, its h aspirated.
_ARTICLES = {
    "haut-": "du",
    "haute-": "de la",
    "hauts-": "des",
    "hautes-": "des",
    "grand est": "du",
    "pays de": "des",
}
_UNITS = ("octet", "ko", "Mo", "Go", "To")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_UNWRITABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _local(value: date) -> date:
    """The day in Paris: an instant late in the evening in UTC is already the next day there."""
    return value.astimezone(PARIS).date() if isinstance(value, datetime) else value


def short_day(value: date) -> str:
    """« 3 avril 2026 », « 1er juillet 2025 »."""
    local = _local(value)
    number_ = "1er" if local.day == 1 else str(local.day)
    return f"{number_} {MONTHS[local.month - 1]} {local.year}"


def day(value: date) -> str:
    """« vendredi 3 avril 2026 », « mardi 1er juillet 2025 »; of an instant, its day in Paris."""
    return f"{DAYS[_local(value).weekday()]} {short_day(value)}"


def instant(value: datetime) -> str:
    """« vendredi 3 avril 2026, 18 h, heure de Paris »: what a deadline needs."""
    local = value.astimezone(PARIS)
    minutes = f"{FIXED}{local.minute:02d}" if local.minute else ""
    return f"{day(local)}, {local.hour}{FIXED}h{minutes}, heure de Paris"


def exact(value: date) -> str:
    """The day or the instant as programs read it: « 2026-04-03 », « 2026-04-03T18:00:00+02:00 »."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def short_instant(value: datetime) -> str:
    """« 3 avril 2026, 18 h 05 »: for the columns of a table, in Paris time."""
    local = value.astimezone(PARIS)
    return f"{short_day(local)}, {local.hour}{FIXED}h{FIXED}{local.minute:02d}"


def number(value: int | float | Decimal) -> str:
    """« 12 345 », « 108,5 », with narrow no-break spaces."""
    return f"{value:,}".translate(_FRENCH)


def hours(value: Decimal | int) -> str:
    """« 12 h », « 7,5 h »: a number of hours, with its decimals if it has some."""
    return f"{Decimal(value).normalize():f}".replace(".", ",") + f"{FIXED}h"


def sentence(words: str) -> str:
    """The same, its first letter capital and the others as they are (« Paris » stays so)."""
    return words[:1].upper() + words[1:]


def of(name: str) -> str:
    """« de Lille », « d’Amiens », « de La Réunion », « des Hauts-de-France »."""
    known = name.lower()
    if found := next((word for begin, word in _ARTICLES.items() if known.startswith(begin)), ""):
        return f"{found} {name}"
    return f"d’{name}" if name[:1].lower() in _VOWELS else f"de {name}"


def plural(count: int, singular: str, plural_: str = "") -> str:
    """« 1 essai », « 0 essai », « 12 essais » (in French, zero is singular)."""
    word = singular if abs(count) < 2 else (plural_ or f"{singular}s")
    return f"{number(count)} {word}"


def between(least: int, most: int, singular: str = "", plural_: str = "") -> str:
    """« de 4 à 8 essais », « 2 essais » where they are one number; the numbers alone without a
    word."""
    words = plural(most, singular, plural_) if singular else number(most)
    return words if least == most else f"de {number(least)} à {words}"


def size(value: int) -> str:
    """« 812 octets », « 2,3 Mo » (decimal units, as the browsers and the State's sites show)."""
    amount, rank = float(value), 0
    while round(amount, 1) >= 1000 and rank < len(_UNITS) - 1:
        amount, rank = amount / 1000, rank + 1
    if rank == 0:
        return plural(value, "octet").replace(" ", FIXED)
    return f"{amount:.1f}".removesuffix(".0").replace(".", ",") + FIXED + _UNITS[rank]


def _years_or_months(days: int) -> str:
    if days >= 730:
        return f"{days // 365}{FIXED}ans"
    return f"{days * 12 // 365}{FIXED}mois"


def span(start: datetime, end: datetime) -> str:
    """How long from `start` to `end`, in one unit: « 4 jours », « 3 heures », « 5 mois ».

    Under 24 hours it counts hours or minutes, then days of the calendar in Paris.
    """
    minutes = int(abs((end - start).total_seconds()) // 60)
    if minutes >= 24 * 60:
        days = abs((_local(end) - _local(start)).days)
        return plural(days, "jour").replace(" ", FIXED) if days < 61 else _years_or_months(days)
    if minutes >= 60:
        return plural(minutes // 60, "heure").replace(" ", FIXED)
    if minutes >= 1:
        return plural(minutes, "minute").replace(" ", FIXED)
    return "moins d’une minute"


def relative(value: datetime, now: datetime) -> str:
    """« dans 4 jours » or « il y a 3 jours »: what happens, or happened, at an instant."""
    return f"dans {span(now, value)}" if value > now else f"il y a {span(value, now)}"


def since(value: datetime, now: datetime) -> str:
    """« depuis 3 jours »: how long a state has lasted; `value` is not after `now`."""
    return f"depuis {span(value, now)}"


def writable(value: str) -> str:
    """The text without what no document can hold (XML 1.0 §2.2, and the old controls); its lines
    end as Unix ends them."""
    return _UNWRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def address(value: object) -> str:
    """The address percent-encoded for a double-quoted `href`, or "" when nobody should follow it.

    Only http, https, mailto, tel and addresses of the site are followed: never `javascript:`.
    """
    return _followed(str(value or ""))


@lru_cache(maxsize=4096)  # each page writes the same dozens
def _followed(value: str) -> str:
    given = iri_to_uri(_CONTROLS.sub("", value).strip()) or ""
    try:
        scheme = urlsplit(given).scheme.lower()
    except ValueError:
        return ""
    return given if scheme in SCHEMES else ""
