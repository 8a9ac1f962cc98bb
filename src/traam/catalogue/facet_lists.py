"""The filters beside a search, ready to be written: the page most asked for has hundreds of them.

Everything is escaped here, once for each word, so that the template may write it as it is.
"""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import escape

from traam.catalogue.addresses import Beside, of_search, with_parameter
from traam.catalogue.search import Facet, FacetCount, Results

SHOWN = 10  # values of a facet before « tout voir »
FIRST = ("cycle", "niveau")  # for whom comes before what
WHOLE = "tout"  # the parameter that names the facet shown whole


@dataclass(frozen=True, slots=True)
class FacetList:
    """A facet: (address, label, count, is it chosen) rows, all escaped; where the rest is."""

    name: str
    label: str
    rows: list[tuple[str, str, str, bool]]
    others: int
    whole: str  # where it is shown whole; empty when it is
    fewer: str  # where its first values alone are shown again; empty when they are


@lru_cache(maxsize=16384)
def _safe(text: str) -> str:
    return str(escape(text))


def facet_lists(results: Results, *, whole: str) -> list[FacetList]:
    """One list for each facet that has values; only the one named `whole` shows them all."""
    beside, here = Beside(results.request), of_search(results.request)
    made = []
    for facet in sorted(results.facets, key=_place):
        first = _first(facet.counts)
        shown = facet.counts if facet.name == whole else first
        toggled = beside.toggles(facet.name)
        rows = [
            (str(escape(toggled(one.code))), _safe(one.label), str(one.count), one.selected)
            for one in shown
        ]
        if rows:
            others = len(facet.counts) - len(rows)
            more = str(escape(with_parameter(here, WHOLE, facet.name))) if others else ""
            less = str(escape(here)) if len(first) < len(rows) else ""
            made.append(FacetList(facet.name, facet.label, rows, others, more, less))
    return made


def _place(facet: Facet) -> int:
    return FIRST.index(facet.name) if facet.name in FIRST else len(FIRST)


def _first(counts: tuple[FacetCount, ...]) -> tuple[FacetCount, ...]:
    """The first values, and those that are chosen wherever they stand."""
    if len(counts) <= SHOWN + 1:
        return counts
    return (*counts[:SHOWN], *(one for one in counts[SHOWN:] if one.selected))
