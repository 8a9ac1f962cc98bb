"""Counting: each facet counts what the others leave, so that a second value can be chosen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from tantivy import Query

from traam.catalogue.search.documents import REST, Codes, Widths, column
from traam.catalogue.search.live import View
from traam.catalogue.search.request import FACETS, Facet, FacetCount, Request
from traam.catalogue.search.writings import Writing

VALUES_MAX = 100  # values shown for one facet, the most frequent, beside the selected ones
_ALL = 65_000  # values counted
FEW = 2_000  # results under which the lists of values are counted faster than the columns


def count(
    view: View, must: Query, request: Request, *, total: int, seen: Sequence[Codes]
) -> dict[str, dict[str, int]]:
    """Facet → code → count. One pass, and one more for each facet with a selection, which ignores
    it. `total`: how many results there are; `seen`: the codes of those that were read."""
    free = [name for name in request.counted if name not in request.filters]
    if len(seen) == total:
        counts = {name: _tally(seen, name) for name in free}
    else:
        widths = dict.fromkeys(FACETS, 0) if total <= FEW else view.state.widths
        counts = _count(view, view.builder.filtered(must, request.filters), free, widths)
    for name in request.counted:
        if name in request.filters:
            others = {key: codes for key, codes in request.filters.items() if key != name}
            query = view.builder.filtered(must, others)
            counts |= _count(view, query, [name], view.state.widths)
    return counts


def _tally(seen: Iterable[Codes], name: str) -> dict[str, int]:
    return Counter(code for codes in seen for code in codes.get(name, ()))


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
    counts: Mapping[str, Mapping[str, int]], request: Request, writings: Mapping[str, Writing]
) -> tuple[Facet, ...]:
    """The counted facets with their labels, in the order of `FACETS`.

    Years from the last, the unknown one at the end, levels and cycles in the order of the school,
    all else by count, then name.
    """
    return tuple(
        Facet(name, FACETS[name], _values(name, counts[name], writings[name], request))
        for name in request.counted
    )


def _values(
    name: str, counts: Mapping[str, int], writing: Writing, request: Request
) -> tuple[FacetCount, ...]:
    chosen = request.filters.get(name, ())
    shown = dict(counts if len(counts) <= VALUES_MAX else _first(name, counts))
    shown |= {code: counts.get(code, 0) for code in chosen}
    label = writing.labels.get
    return tuple(
        FacetCount(code, label(code, code), shown[code], code in chosen)
        for code in writing.ordered(shown)
    )


def _first(name: str, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The most frequent values, the last years; ties in the order of their codes."""
    values = sorted(counts.items(), reverse=name == "annee")
    if name != "annee":
        values.sort(key=itemgetter(1), reverse=True)
    return values[:VALUES_MAX]


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
