"""School years: « 2016-2017 » is one, « 2021-2023 » is two; anything else is refused."""

import re
from dataclasses import dataclass

FIRST = 2000  # the programme is younger; an older year is a slip of the pen
LAST = 2100
SPAN_MAX = 4  # school years; the longest seen is two

_FORM = re.compile(r"(\d{4})\s*[-\u2010-\u2014]\s*(\d{4})")
ACCEPTED = "une année scolaire « 2016-2017 » ou une suite d’années « 2021-2023 »"


@dataclass(frozen=True, slots=True)
class YearReading:
    """The school years read, oldest first; `reasons` (French) say why there are none."""

    years: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def school_year(start: int) -> str:
    """« 2016-2017 » for 2016."""
    return f"{start}-{start + 1}"


def read_years(text: str | None) -> YearReading:
    """The school years of a text; none, without a reason, when it is empty (not known)."""
    if text is None or not text.strip():
        return YearReading()
    form = _FORM.fullmatch(text.strip())
    if not form:
        return YearReading(reasons=(f"Année « {text} » illisible : il faut {ACCEPTED}.",))
    first, last = int(form[1]), int(form[2])
    if reason := _fault(first, last):
        return YearReading(reasons=(f"Année « {text} » {reason} : il faut {ACCEPTED}.",))
    return YearReading(years=tuple(school_year(start) for start in range(first, last)))


def _fault(first: int, last: int) -> str:
    if last <= first:
        return "à rebours"
    if last - first > SPAN_MAX:
        return f"trop longue ({last - first} ans, {SPAN_MAX} au plus)"
    if first < FIRST or last > LAST:
        return f"hors de la période {FIRST}-{LAST}"
    return ""
