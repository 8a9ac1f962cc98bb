"""The filters beside a search, ready to be written: the page most asked for has hundreds of them.

Everything is escaped here, once for each word, so that the template may write it as it is.
"""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import escape

from traam.catalogue.addresses import Toggles, with_parameter
from traam.catalogue.search import FacetCount, Results

SHOWN = 10  # values of a facet before « tout voir »
WHOLE = "tout"  # the parameter that names the facet shown whole


@dataclass(frozen=True, slots=True)
class FacetList:
    """A facet: (address, label, count, is it chosen) rows, all escaped; where the rest is."""

    name: str
    label: str
    rows: list[tuple[str, str, str, bool]]
    others: int
    whole: str


@lru_cache(maxsize=16384)
def _safe(text: str) -> str:
    return str(escape(text))


def facet_lists(results: Results, *, whole: str) -> list[FacetList]:
    """One list for each facet that has values; only the one named `whole` shows them all."""
    toggles = Toggles(results.request)
    made = []
    for facet in results.facets:
        shown = facet.counts if facet.name == whole else _first(facet.counts)
        rows = [
            (
                _safe(toggles.of(facet.name, one.code)),
                _safe(one.label),
                str(one.count),
                one.selected,
            )
            for one in shown
        ]
        if rows:
            others = len(facet.counts) - len(rows)
            more = with_parameter(results.request, WHOLE, facet.name) if others else ""
            made.append(FacetList(facet.name, facet.label, rows, others, _safe(more)))
    return made


def _first(counts: tuple[FacetCount, ...]) -> tuple[FacetCount, ...]:
    """The first values, and those that are chosen wherever they stand."""
    if len(counts) <= SHOWN + 1:
        return counts
    return (*counts[:SHOWN], *(one for one in counts[SHOWN:] if one.selected))
