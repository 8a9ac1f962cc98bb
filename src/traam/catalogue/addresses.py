"""The addresses of the catalogue: of a search and those beside it, of its feed, of an ARK."""

from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from traam.catalogue.search import Request

FEED = "recherche"


def ark_uri(name: str) -> str:
    """« ark:/99999/t1abc »: the identifier as it is cited."""
    return f"ark:/{settings.NAAN}/{name}"


def ark_path(name: str) -> str:
    """The path that resolves the identifier on this site."""
    return f"/{ark_uri(name)}"


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@cache
def _search_path() -> str:
    return reverse("search")


def of_search(request: Request) -> str:
    """The page of this search."""
    return _with_query(_search_path(), request.address())


def with_parameter(request: Request, name: str, value: str) -> str:
    """The page of this search with one parameter more."""
    return _with_query(
        _search_path(), "&".join(filter(None, [request.address(), _pair(name, value)]))
    )


def of_filter(facet: str, *codes: str) -> str:
    """The search with one facet set: what a label on a page leads to."""
    return _with_query(_search_path(), "&".join(_pair(facet, code) for code in codes))


def of_feed(request: Request) -> str:
    """The Atom feed of this search."""
    return _with_query(reverse("feed", kwargs={"name": FEED}), replace(request, page=1).address())


@lru_cache(maxsize=8192)
def _pair(name: str, value: str) -> str:
    return urlencode([(name, value)])


class Toggles:
    """The addresses of one search with each filter added or taken away, made by hundreds."""

    def __init__(self, request: Request) -> None:
        self._words = [_pair("q", request.text)] if request.text else []
        self._sort = [_pair("tri", request.sort)] if request.sort != Request().sort else []
        self._chosen = {
            name: [_pair(name, code) for code in codes] for name, codes in request.filters.items()
        }

    def of(self, facet: str, code: str) -> str:
        """With this filter if it is absent, without it if it is there; at the first page."""
        pair, chosen = _pair(facet, code), self._chosen.get(facet, [])
        kept = [one for one in chosen if one != pair] if pair in chosen else [*chosen, pair]
        others = (one for name, pairs in self._chosen.items() if name != facet for one in pairs)
        return _with_query(_search_path(), "&".join((*self._words, *others, *kept, *self._sort)))
