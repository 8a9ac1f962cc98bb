"""Counting: each facet counts what the others leave, so that a second value can be chosen."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from tantivy import Query

from traam.catalogue.search.documents import REST, Labels, Widths, column
from traam.catalogue.search.live import View
from traam.catalogue.search.request import FACETS, Facet, FacetCount, Request

VALUES_MAX = 100  # values shown for one facet, the most frequent, beside the selected ones
_ALL = 65_000  # values counted
FEW = 2_000  # results under which the lists of values are counted faster than the columns


def count(view: View, must: Query, request: Request, *, total: int) -> dict[str, dict[str, int]]:
    """Facet → code → count. One pass, and one more for each facet with a selection, which ignores
    it. `total`: how many results there are."""
    widths = dict.fromkeys(FACETS, 0) if total <= FEW else view.state.widths
    free = [name for name in request.counted if name not in request.filters]
    counts = _count(view, view.builder.filtered(must, request.filters), free, widths)
    for name in request.counted:
        if name in request.filters:
            others = {key: codes for key, codes in request.filters.items() if key != name}
            query = view.builder.filtered(must, others)
            counts |= _count(view, query, [name], view.state.widths)
    return counts


def _count(
    view: View, query: Query, names: Sequence[str], widths: Widths
) -> dict[str, dict[str, int]]:
    """These facets in one pass: by columns, or by lists where the width is 0."""
    fields = {name: _fields(name, widths) for name in names}
    asked = {field: _terms(field) for listed in fields.values() for field in listed}
    answer = view.searcher.aggregate(query, asked) if asked else {}
    return {
        name: _sum(answer[field]["buckets"] for field in listed) for name, listed in fields.items()
    }


def facets(
    counts: Mapping[str, Mapping[str, int]], request: Request, labels: Labels
) -> tuple[Facet, ...]:
    """The counted facets with their labels, in the order of the page."""
    return tuple(
        Facet(name, FACETS[name], _values(name, counts[name], request, labels.get(name, {})))
        for name in request.counted
    )


def _values(
    name: str, counts: Mapping[str, int], request: Request, labels: Mapping[str, str]
) -> tuple[FacetCount, ...]:
    chosen = request.filters.get(name, ())
    values = sorted(counts.items())
    if name != "annee":
        values.sort(key=itemgetter(1), reverse=True)  # ties stay in the order of their codes
    else:
        values.reverse()
    missing = [code for code in chosen if code not in dict(values[:VALUES_MAX])]
    values[VALUES_MAX:] = [(code, counts.get(code, 0)) for code in missing]
    return tuple(
        FacetCount(code, labels.get(code, code), count_, code in chosen) for code, count_ in values
    )


def _fields(name: str, widths: Widths) -> list[str]:
    width = widths.get(name, 0)
    return [column(name, number) for number in range(width)] if width else [name]


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": _ALL, "segment_size": _ALL}}


def _sum(columns: Iterable[list[dict[str, Any]]]) -> dict[str, int]:
    """Code → count, the columns of a facet added up."""
    first, *others = columns
    found: dict[str, int] = {bucket["key"]: bucket["doc_count"] for bucket in first}
    for buckets in others:
        for bucket in buckets:
            key, more = bucket["key"], bucket["doc_count"]
            for code in key.split(REST) if REST in key else (key,):
                found[code] = found.get(code, 0) + more
    found.pop("", None)
    return found
