"""The engine of this process: answers requests from the open index, and keeps it fresh."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import structlog
import tantivy
from django.conf import settings
from django.db import Error as DatabaseError
from tantivy import Order

from traam.catalogue.search import facets, vocabulary
from traam.catalogue.search.documents import Codes, shown
from traam.catalogue.search.extracts import Marks, beginning, extract
from traam.catalogue.search.live import Live, View, is_engine_fault
from traam.catalogue.search.proposals import Speller
from traam.catalogue.search.queries import Asked
from traam.catalogue.search.request import OFFSET_MAX, Facet, Hit, Request, Results, cleaned
from traam.catalogue.search.source import NoticeTable, Source
from traam.catalogue.search.vocabulary import Wordings
from traam.kit.refusals import Refusal

FRESHNESS = 0.5  # seconds between two looks at what was written
_SOON = 0.05  # seconds before looking again at what another process is writing
_FIRST_WAIT = 5.0  # seconds waited for another process that builds the first index
_HEAL_PAUSE = 600.0  # seconds between two rebuildings of an index that fails while it is searched
_SORTS = {
    "recent": ("recent", Order.Desc),
    "ancien": ("ancien", Order.Asc),
    "titre": ("titre", Order.Asc),
}
_log = structlog.get_logger(__name__)


class Engine:
    """Searches; follows the notices by itself. Safe to share between the threads of a process."""

    def __init__(
        self,
        *,
        root: Path,
        source: Source | None = None,
        wordings: Callable[[], Wordings] = vocabulary.current,
        clock: Callable[[], float] = time.monotonic,
        cache: int = 256,
    ) -> None:
        self.clock = clock
        self._live = Live(root=root, source=source or NoticeTable(), wordings=wordings, cache=cache)
        self._speller = Speller()
        self._busy = threading.Lock()
        self._next_look = float("-inf")
        self._next_heal = float("-inf")

    @property
    def sequence(self) -> int:
        """The last sequence number that this process's index holds."""
        view = self._live.view
        return view.state.sequence if view else 0

    @property
    def view(self) -> View:
        """The index as it is searched now."""
        return self._view()

    def caught_up(self) -> bool:
        """Is everything that was written so far in the index of this node? Changes nothing."""
        return self._live.is_caught_up()

    def follow(self) -> int:
        """Apply now what was written since; the number of notices this process applied."""
        with self._busy:
            return self._follow()

    def rebuild(self) -> int:
        """Build the index again from the table; the number of notices in it, tombstones too."""
        with self._busy:
            return self._live.rebuild()

    def search(self, request: Request) -> Results:
        """Raises Refusal while there is no index to search and none can be built."""
        request = cleaned(request)
        view = self._view()
        try:
            return view.results.get(_key(request, whole=True), partial(self._answer, view, request))
        except BaseException as fault:
            if not is_engine_fault(fault):
                raise
            return self._answer(self._healed(fault), request)

    def _view(self) -> View:
        """The freshest index there is, looking for what was written every `FRESHNESS` seconds."""
        view = self._live.view
        if view is None:
            return self._first_view()
        if self.clock() >= self._next_look and self._busy.acquire(blocking=False):
            try:
                self._try_to_follow()
            finally:
                self._busy.release()
        return self._live.view or view

    def _first_view(self) -> View:
        limit = time.monotonic() + _FIRST_WAIT
        with self._busy:
            while self._live.view is None:
                if not self._try_to_follow() or time.monotonic() > limit:
                    break
                if self._live.view is None:
                    time.sleep(_SOON)  # another process is building
        if self._live.view is None:
            raise Refusal("La recherche se prépare : réessayez dans un instant.")
        return self._live.view

    def _follow(self) -> int:
        self._next_look = self.clock() + FRESHNESS
        applied = self._live.follow()
        if self._live.is_waiting:
            self._next_look = self.clock() + _SOON
        return applied

    def _try_to_follow(self) -> bool:
        """Follow; what prevents it (a full disk, a database away) is noted, not raised."""
        try:
            self._follow()
        except BaseException as fault:
            if not (isinstance(fault, DatabaseError) or is_engine_fault(fault)):
                raise
            _log.error("search.not_followed", fault=repr(fault))
            return is_engine_fault(fault) and self._try_to_heal()
        return True

    def _try_to_heal(self) -> bool:
        """Build the index again, not more than once in a while: neither a full disk nor a query
        that no index can answer makes each search rebuild. The lock of the threads is held."""
        if self.clock() < self._next_heal:
            return False
        self._next_heal = self.clock() + _HEAL_PAUSE
        try:
            self._live.rebuild()
        except BaseException as fault:
            if not (isinstance(fault, DatabaseError) or is_engine_fault(fault)):
                raise
            _log.error("search.not_rebuilt", fault=repr(fault))
            return False
        return True

    def _healed(self, fault: BaseException) -> View:
        """A new index, when the open one fails while it is searched."""
        with self._busy:
            if not self._try_to_heal():
                raise fault
            _log.error("search.failed", fault=repr(fault))
        return self._first_view()

    def _answer(self, view: View, request: Request) -> Results:
        asked = view.builder.asked(request.text, prefix=request.prefix)
        if request.rests_on:
            asked = view.builder.resting(asked, request.rests_on)
        total, found = _found(view, asked, request)
        pages = max(1, -(-min(total, OFFSET_MAX) // request.per_page))
        if request.page > pages:
            request = request.at_page(pages)
            total, found = _found(view, asked, request)
        lines = [shown(view.searcher, address) for _, address in found]
        seen = [codes for _, codes in lines]
        return Results(
            request=request,
            total=total,
            hits=tuple(_hits(asked, [data for data, _ in lines])),
            facets=view.counts.get(
                _key(request, whole=False), partial(_facets, view, asked, request, total, seen)
            ),
            proposals=() if total or asked.is_empty else self._speller.proposals(view, request),
            page=request.page,
            pages=pages,
            bounded=total > OFFSET_MAX,
        )


def _key(request: Request, *, whole: bool) -> object:
    """What the counts depend on, or the whole answer."""
    filters = tuple(request.filters.items())
    shared = (request.text, request.prefix, filters, request.rests_on, request.counted)
    return (*shared, request.sort, request.page, request.per_page) if whole else shared


def _facets(
    view: View, asked: Asked, request: Request, total: int, seen: Sequence[Codes]
) -> tuple[Facet, ...]:
    counts = facets.count(view, asked.must, request, total=total, seen=seen)
    return facets.facets(counts, request, view.writings)


def _found(
    view: View, asked: Asked, request: Request
) -> tuple[int, list[tuple[Any, tantivy.DocAddress]]]:
    """How many results there are, and those of the page; without words there is no relevance: the
    most recent first."""
    offset = min((request.page - 1) * request.per_page, OFFSET_MAX - 1)
    limit = min(request.per_page, OFFSET_MAX - offset)
    sort = "recent" if request.sort == "pertinence" and asked.is_empty else request.sort
    if sort in _SORTS:
        field, order = _SORTS[sort]
        query = view.builder.filtered(asked.must, request.filters)
        found = view.searcher.search(query, limit, offset=offset, order_by_field=field, order=order)
    else:
        query = view.builder.filtered(asked.ranked, request.filters)
        found = view.searcher.search(query, limit, offset=offset)
    return int(found.count or 0), found.hits  # type: ignore[attr-defined]  # forgotten by the stub


def _hits(asked: Asked, lines: Iterable[dict[str, Any]]) -> Iterator[Hit]:
    marks = Marks(asked.marks, asked.prefix) if asked.marks else None
    for data in lines:
        summary = data["summary"]
        piece = extract(summary, marks) if marks else beginning(summary)
        yield Hit(data["ark"], data["title"], piece, data)


_engines: dict[str | Path, Engine] = {}
_engines_lock = threading.Lock()


def engine() -> Engine:
    """The engine of this process for `settings.INDEX_ROOT`."""
    root = settings.INDEX_ROOT
    found = _engines.get(root)
    if found is not None:
        return found
    with _engines_lock:
        if root not in _engines:
            _engines[root] = Engine(root=Path(root))
        return _engines[root]


def forget() -> None:
    """Close the engines of this process; the next `engine()` opens its index again."""
    with _engines_lock:
        _engines.clear()
