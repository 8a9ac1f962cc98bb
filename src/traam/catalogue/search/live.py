"""The open index of this process: following what is written, rebuilding what cannot be read."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Generic, Self, TypeVar

import structlog
import tantivy
from tantivy import Query

from traam.catalogue.search.documents import COLUMNS, Labels, document, facet_terms, shown
from traam.catalogue.search.queries import Aliases, Builder
from traam.catalogue.search.request import Facet, Results
from traam.catalogue.search.source import Entry, Mark, Source
from traam.catalogue.search.store import State, Store
from traam.catalogue.search.vocabulary import Ranks, Wordings
from traam.catalogue.search.writings import Writing, writings

Value = TypeVar("Value")
_FOLLOW_HEAP = 15_000_000  # bytes, the least the engine takes
_REBUILD_HEAP = 256_000_000  # bytes: fewer segments, faster counts
_log = structlog.get_logger(__name__)


class Cache(Generic[Value]):
    """The last values computed, at most `size`; the one least lately used leaves first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[object, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object, compute: Callable[[], Value]) -> Value:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = compute()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """An index as it was at one instant; it never changes, so what it answers may be kept."""

    index: tantivy.Index
    searcher: tantivy.Searcher
    state: State
    signature: tuple[int, int] | None
    builder: Builder
    ranks: Ranks
    writings: Mapping[str, Writing]
    counts: Cache[tuple[Facet, ...]]
    results: Cache[Results]


@dataclass(frozen=True, slots=True)
class Met:
    """What was met in the records: the labels of the facets' values, the columns in use."""

    labels: Labels
    widths: dict[str, int]

    @classmethod
    def of(cls, state: State) -> Self:
        return cls({name: dict(known) for name, known in state.labels.items()}, {**state.widths})

    def note(self, terms: Mapping[str, Mapping[str, str]]) -> None:
        for name, known in terms.items():
            self.labels.setdefault(name, {}).update(known)
            width = min(len(known), COLUMNS)
            self.widths[name] = max(width, self.widths.get(name, 0))


class Live:
    """Follows the notices for one process; only the holder of the lock writes."""

    def __init__(
        self,
        *,
        root: Path,
        source: Source,
        wordings: Callable[[], Wordings],
        cache: int,
    ) -> None:
        self._cache = cache
        self.store = Store(root)
        self.view: View | None = None
        self.is_waiting = False  # for another process, which was writing at the last look
        self._source = source
        self._wordings = wordings
        self._known = Wordings()
        self._aliases = Aliases.of(())

    def is_caught_up(self) -> bool:
        """Is everything that was written so far in the index of this node?"""
        self._learn()
        state = self.store.state()
        return state is not None and not self._is_behind(state)

    def follow(self) -> int:
        """Apply what was written since; the number of notices this process applied."""
        self.is_waiting = False
        readable = self._load()
        if readable and self.view and not self._is_behind(self.view.state):
            return 0
        with self.store.lock(wait=False) as mine:
            if not mine:
                self.is_waiting = True
                return 0
            readable = self._load()
            view = self.view
            if not readable or not view or not self.store.holds(view.state.folder):
                return self._build()
            return self._build() if self._differs(view.state) else self._apply(view)

    def rebuild(self) -> int:
        """Start again from the source, waiting for another writer; the number of notices."""
        self._learn()
        with self.store.lock(wait=True):
            return self._build()

    def _is_behind(self, state: State) -> bool:
        around = self._source.around(state.sequence)
        known = 1 if state.sequence else 0
        return len(around) > known or self._differs(state, around)

    def _differs(self, state: State, around: tuple[Mark, ...] | None = None) -> bool:
        """Was this state read from another history (a restored copy), or other academies?"""
        if state.academies != self._known.digest:
            return True
        if not state.sequence:
            return False
        found = self._source.around(state.sequence) if around is None else around
        return not found or found[0] != state.place

    def _load(self) -> bool:
        """Take the index that the state names; False when there is none that can be read."""
        self._learn()
        signature = self.store.signature()
        view = self.view
        if view and view.signature == signature and self._reads_as(view):
            return True
        state = self.store.state()
        if state is None:
            return False
        try:
            self.view = self._open(state, signature)
        except BaseException as fault:
            if not is_engine_fault(fault):
                raise
            _log.warning("search.unreadable", folder=state.folder, fault=repr(fault))
            return False
        return True

    def _reads_as(self, view: View) -> bool:
        """Was this view opened with the wordings in force?"""
        return view.builder.aliases is self._aliases and view.ranks == self._known.ranks

    def _open(self, state: State, signature: tuple[int, int] | None) -> View:
        if self.view and self.view.state.folder == state.folder:
            index = self.view.index
        else:
            index = self.store.open(state.folder)
        index.reload()
        searcher = index.searcher()
        for _, address in searcher.search(Query.all_query(), 1, order_by_field="titre").hits:
            shown(searcher, address)
        return View(
            index=index,
            searcher=searcher,
            state=state,
            signature=signature,
            builder=Builder(index.schema, self._aliases),
            ranks=self._known.ranks,
            writings=writings(state.labels, self._known.ranks),
            counts=Cache(self._cache),
            results=Cache(self._cache // 4),
        )

    def _learn(self) -> None:
        """The wordings in force."""
        known = self._wordings()
        if known.synonyms != self._known.synonyms:
            self._aliases = Aliases.of(known.synonyms)
        self._known = known

    def _apply(self, view: View) -> int:
        """Add what was written after the state; the same again does no harm."""
        last = self._source.last()
        entries = self._source.current(view.state.sequence)
        met = Met.of(view.state)
        applied = self._write(view.index, entries, met, is_new=False, heap=_FOLLOW_HEAP)
        self._settle(view.state.folder, last, met)
        return applied

    def _build(self) -> int:
        last = self._source.last()
        folder, index = self.store.create()
        met = Met({}, {})
        try:
            entries = self._source.current(0)
            applied = self._write(index, entries, met, is_new=True, heap=_REBUILD_HEAP)
            self._settle(folder, last, met)
        except BaseException:
            self.store.drop(folder)
            raise
        self.store.sweep(keep=folder)
        _log.info("search.rebuilt", notices=applied, sequence=last.sequence)
        return applied

    def _write(
        self,
        index: tantivy.Index,
        entries: Iterable[Entry],
        met: Met,
        *,
        is_new: bool,
        heap: int,
    ) -> int:
        writer = index.writer(heap_size=heap, num_threads=1)
        applied = 0
        for entry in entries:
            applied += 1
            if not is_new:
                writer.delete_documents_by_term("ark", entry.ark)
            if entry.record is not None:
                terms = facet_terms(entry.record, self._known.successors)
                met.note(terms)
                writer.add_document(document(ark=entry.ark, record=entry.record, facets=terms))
        writer.commit()
        writer.wait_merging_threads()
        return applied

    def _settle(self, folder: str, last: Mark, met: Met) -> None:
        """Say that the index of this folder holds all that was written up to there."""
        self.store.write(
            State(
                folder=folder,
                sequence=last.sequence,
                mark=last.what,
                labels=met.labels,
                widths=met.widths,
                academies=self._known.digest,
            )
        )
        self._load()


def is_engine_fault(fault: BaseException) -> bool:
    """Does the index refuse to be read? (The engine's own panics are not `Exception`s.)"""
    return isinstance(fault, ValueError | OSError) or type(fault).__name__ == "PanicException"
