"""Counting: each facet counts what the others leave, so that a second value can be chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from tantivy import Query

from traam.catalogue.search.documents import REST, Labels, Widths, column
from traam.catalogue.search.live import View
from traam.catalogue.search.request import FACETS, Facet, FacetCount, Request
from traam.catalogue.search.vocabulary import Ranks
from traam.reference.rules import fold

VALUES_MAX = 100  # values shown for one facet, the most frequent, beside the selected ones
_ALL = 65_000  # values counted
_LAST = 10_000  # the rank of a code that the vocabulary has no more
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
    counts: Mapping[str, Mapping[str, int]], request: Request, labels: Labels, ranks: Ranks
) -> tuple[Facet, ...]:
    """The counted facets with their labels, in the order of `FACETS`.

    Years from the last, levels and cycles in the order of the school, all else by count, then name.
    """
    return tuple(
        Facet(
            name,
            FACETS[name],
            _values(counts[name], _Writing(name, labels.get(name, {}), ranks.get(name)), request),
        )
        for name in request.counted
    )


@dataclass(frozen=True, slots=True)
class _Writing:
    """How the values of one facet are written and ordered."""

    name: str
    labels: Mapping[str, str]
    ranks: Mapping[str, int] | None

    def label(self, code: str) -> str:
        return self.labels.get(code, code)

    def ordered(self, values: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Of (code, count) pairs, given from the most frequent."""
        if self.name == "annee":
            return sorted(values, reverse=True)
        if (ranks := self.ranks) is not None:
            return sorted(values, key=lambda one: (ranks.get(one[0], _LAST), self.label(one[0])))
        return sorted(values, key=lambda one: (-one[1], fold(self.label(one[0]))))


def _values(
    counts: Mapping[str, int], writing: _Writing, request: Request
) -> tuple[FacetCount, ...]:
    chosen = request.filters.get(writing.name, ())
    values = sorted(counts.items(), reverse=writing.name == "annee")
    if writing.name != "annee":
        values.sort(key=itemgetter(1), reverse=True)  # ties stay in the order of their codes
    del values[VALUES_MAX:]
    shown = dict(values)
    values += [(code, counts.get(code, 0)) for code in chosen if code not in shown]
    return tuple(
        FacetCount(code, writing.label(code), count_, code in chosen)
        for code, count_ in writing.ordered(values)
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
