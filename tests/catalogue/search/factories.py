"""Records to be found, and a history of notices that an index can follow without a database."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import factory

from traam.catalogue.record import Record, Term
from traam.catalogue.search import Engine
from traam.catalogue.search.source import Entry, Mark
from traam.catalogue.search.vocabulary import Ranks, Wordings


def terms(*codes: str) -> tuple[Term, ...]:
    """Terms whose labels are their codes."""
    return tuple(Term(code, code) for code in codes)


class RecordFactory(factory.Factory):
    """A scenario of Lille in 2016-2017; nothing in it but a title."""

    class Meta:
        model = Record

    title = factory.Sequence(lambda number: f"Titre {number}")
    kind = Term("scenario", "Scénario")


class History:
    """Notices published, corrected and withdrawn, as the table would keep them."""

    def __init__(self, **records: Record) -> None:
        self.written: list[Entry] = []
        for ark, record in records.items():
            self.publish(ark, record)

    def publish(self, ark: str, record: Record) -> None:
        """A new version of this notice."""
        self.written.append(Entry(len(self.written) + 1, ark, record))

    def withdraw(self, ark: str) -> None:
        self.written.append(Entry(len(self.written) + 1, ark, None))

    def shown(self) -> dict[str, Record]:
        """What a search may show, by ARK name."""
        last = {entry.ark: entry.record for entry in self.written}
        return {ark: record for ark, record in last.items() if record is not None}

    def last(self) -> Mark:
        return _mark(self.written[-1]) if self.written else Mark()

    def around(self, sequence: int) -> tuple[Mark, ...]:
        return tuple(_mark(entry) for entry in self.written if entry.sequence >= sequence)[:2]

    def current(self, after: int) -> Iterator[Entry]:
        last = {entry.ark: entry.sequence for entry in self.written}
        for entry in list(self.written):
            if entry.sequence > after and last[entry.ark] == entry.sequence:
                yield entry


class Clock:
    """A clock that advances when it is told to."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def searching(
    root: Path,
    history: History,
    *synonyms: frozenset[str],
    clock: Clock | None = None,
    successors: dict[str, tuple[str, str]] | None = None,
    ranks: Ranks | None = None,
) -> Engine:
    """An engine of its own over this history."""
    return Engine(
        root=root,
        source=history,
        wordings=lambda: Wordings(synonyms, successors or {}, ranks or {}),
        clock=clock or Clock(),
    )


def _mark(entry: Entry) -> Mark:
    said = f"{entry.ark}{entry.record.digest() if entry.record else ''}"
    return Mark(entry.sequence, hashlib.sha256(said.encode()).hexdigest())
