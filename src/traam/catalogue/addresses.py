"""The addresses of the catalogue: of a search and those beside it, of its feed, of an ARK."""

from collections.abc import Callable
from functools import cache, lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from traam.catalogue.search import Request

FEED = "recherche"
_ANY = "x0x"  # stands for any ARK name


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


def with_parameter(address: str, name: str, value: str) -> str:
    """This address of a search with one parameter more."""
    return f"{address}{'&' if '?' in address else '?'}{_pair(name, value)}"


@lru_cache(maxsize=4096)
def of_filter(facet: str, *codes: str) -> str:
    """The search with one facet set: what a label on a page leads to."""
    return _with_query(_search_path(), "&".join(_pair(facet, code) for code in codes))


@cache
def _feed_path() -> str:
    return reverse("feed", kwargs={"name": FEED})


def of_feed(request: Request) -> str:
    """The Atom feed of this search."""
    return _with_query(_feed_path(), request.at_page(1).address())


@cache
def _around(page: str, word: str) -> tuple[str, str]:
    """What stands before and after this word in the addresses of a page: asked once of Django,
    which takes longer to answer than to draw what surrounds them."""
    before, after = reverse(page, kwargs={word: _ANY}).split(_ANY)
    return before, after


def json_of_notice(ark: str) -> str:
    """The notice for programs."""
    return ark.join(_around("notice_json", "ark"))


def feed_of_notice(ark: str) -> str:
    """What becomes of this notice, as an Atom feed."""
    return f"notice-{ark}".join(_around("feed", "name"))


@lru_cache(maxsize=8192)
def _pair(name: str, value: str) -> str:
    return urlencode([(name, value)])


class Beside:
    """The addresses beside one search, made by hundreds: its words are encoded once."""

    def __init__(self, request: Request) -> None:
        self._words = [_pair("q", request.text)] if request.text else []
        self._sort = _sorting(request.sort)
        self._chosen = {
            name: [_pair(name, code) for code in codes] for name, codes in request.filters.items()
        }

    def sorted_by(self, sort: str) -> str:
        """In another order, from the first page."""
        chosen = (pair for pairs in self._chosen.values() for pair in pairs)
        return _with_query(_search_path(), "&".join((*self._words, *chosen, *_sorting(sort))))

    def toggles(self, facet: str) -> Callable[[str], str]:
        """Of a code of this facet, the address with this filter if it is absent, without it if it
        is there; at the first page."""
        chosen = self._chosen.get(facet, [])
        others = (one for name, pairs in self._chosen.items() if name != facet for one in pairs)
        before, path = [*self._words, *others], _search_path()
        start = "&".join([*before, *chosen, ""])
        end = "".join(f"&{pair}" for pair in self._sort)

        def toggled(code: str) -> str:
            pair = _pair(facet, code)
            if pair not in chosen:
                return f"{path}?{start}{pair}{end}"
            kept = [one for one in chosen if one != pair]
            return _with_query(path, "&".join((*before, *kept, *self._sort)))

        return toggled


def _sorting(sort: str) -> list[str]:
    return [_pair("tri", sort)] if sort != Request().sort else []
