"""What is asked of the search and what it answers: plain values, no engine, no database.

`parse` reads an address tolerantly: whatever the bytes, it answers a request that can be served.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

FACETS = {
    "discipline": "Discipline",
    "niveau": "Niveau",
    "cycle": "Cycle",
    "academie": "Académie",
    "annee": "Année scolaire",
    "theme": "Thème",
    "competence": "Compétence",
    "outil": "Outil",
    "type": "Type de production",
}
SORTS = {
    "pertinence": "Pertinence",
    "recent": "Plus récentes d’abord",
    "ancien": "Plus anciennes d’abord",
    "titre": "Titre (A à Z)",
}
TEXT_MAX = 300  # characters kept of what was typed
VALUE_MAX = 120  # characters kept of a facet's value
VALUES_MAX = 40  # values kept for one facet: all the levels of a lycée, and more
PER_PAGE_MAX = 100
OFFSET_MAX = 10_000  # results that can be paged through
_PAGE = re.compile(r"\s*0*([0-9]+)\s*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A search. `filters`: facet name → codes (OR within a facet, AND between facets).

    `prefix`: the last word is still being typed. `counted`: the facets to count. `rests_on`: what
    each result rests on (`documents.sources`); no address asks it.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "pertinence"
    page: int = 1
    per_page: int = 20
    prefix: bool = False
    counted: tuple[str, ...] = tuple(FACETS)
    rests_on: str = ""

    def at_page(self, page: int) -> "Request":
        """The same search at another page."""
        return replace(self, page=page)

    def sorted_by(self, sort: str) -> "Request":
        """The same search in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def toggled(self, facet: str, code: str) -> "Request":
        """The same search with this facet's value added, or removed if it was there."""
        chosen = self.filters.get(facet, ())
        codes = tuple(c for c in chosen if c != code) if code in chosen else (*chosen, code)
        filters = {**self.filters, facet: codes}
        return replace(self, filters={name: c for name, c in filters.items() if c}, page=1)

    def without_filters(self) -> "Request":
        """The same words, everywhere."""
        return replace(self, filters={}, page=1)

    def address(self) -> str:
        """The query string that `parse` reads back, percent-encoded, without « ? »."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, code) for name, codes in self.filters.items() for code in codes]
        pairs += [("tri", self.sort)] if self.sort != "pertinence" else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return urlencode(pairs)


@dataclass(slots=True)
class FacetCount:
    """One value of a facet and the number of results it would give. Never changed once made; not
    frozen because some three hundred are made for a page, three times faster so."""

    code: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet and its values; the selected ones are always listed, even with 0."""

    name: str
    label: str
    counts: tuple[FacetCount, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `data`: what a result line shows, read from the index alone."""

    ark: str
    title: str
    extract_html: Markup  # escaped, the words found in <mark>
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What was found. `page` is the page served (the last one when a later one was asked).

    `bounded`: there are more results than the pages show. `proposals`: queries that do give results
    under the same filters, when this one gives none.
    """

    request: Request
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    proposals: tuple[str, ...] = ()
    page: int = 1
    pages: int = 1
    bounded: bool = False


def parse(values: Mapping[str, Any]) -> Request:
    """The request that an address asks: a QueryDict, or a mapping to a string or strings."""
    filters = {name: _codes(_all(values, name)) for name in FACETS if name in values}
    sort = _last(values, "tri")
    return Request(
        text=clean(_last(values, "q"), TEXT_MAX),
        filters={name: codes for name, codes in filters.items() if codes},
        sort=sort if sort in SORTS else "pertinence",
        page=_page(_last(values, "page")),
    )


def cleaned(request: Request) -> Request:
    """The same request within bounds, whoever made it; changes nothing to what `parse` gave."""
    filters = {name: _codes(request.filters[name]) for name in FACETS if name in request.filters}
    return replace(
        request,
        text=clean(request.text, TEXT_MAX),
        filters={name: codes for name, codes in filters.items() if codes},
        sort=request.sort if request.sort in SORTS else "pertinence",
        page=max(1, request.page),
        per_page=min(max(1, request.per_page), PER_PAGE_MAX),
        counted=tuple(name for name in FACETS if name in request.counted),
    )


def clean(text: str, limit: int) -> str:
    """Composed text without control characters nor lone surrogates, cut at `limit` characters."""
    if not (text.isascii() and text.isprintable()):
        kept = text[: 4 * limit].encode("utf-8", "ignore").decode()
        text = unicodedata.normalize("NFC", "".join(c if _plain(c) else " " for c in kept))
    return text[:limit].strip()


def _plain(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cs", "Cn", "Co"}


def _codes(values: Iterable[Any]) -> tuple[str, ...]:
    codes = (clean(str(value), VALUE_MAX) for value in values if value is not None)
    return tuple(dict.fromkeys(code for code in codes if code))[:VALUES_MAX]


def _all(values: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    found = values.getlist(name) if hasattr(values, "getlist") else values.get(name, ())
    return tuple(found) if isinstance(found, list | tuple) else (found,)


def _last(values: Mapping[str, Any], name: str) -> str:
    found = (_all(values, name) or ("",))[-1]
    return "" if found is None else str(found)


def _page(text: str) -> int:
    found = _PAGE.fullmatch(text)
    return max(1, int(found[1][:9])) if found else 1
