"""Where the index reads notices: the table, by sequence number."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Record

_BATCH = 500  # rows read at once


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the history of the notices: a sequence number and what was written there."""

    sequence: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The last version of a notice; no record once it is withdrawn."""

    sequence: int
    ark: str
    record: Record | None


class Source(Protocol):
    """What an index is built from and follows."""

    def last(self) -> Mark:
        """The last place written."""

    def around(self, sequence: int) -> tuple[Mark, ...]:
        """The place of this number and the next one written, as far as they exist."""

    def current(self, after: int) -> Iterator[Entry]:
        """The last version of each notice written after this number, oldest first."""


class NoticeTable:
    """The table of the notices."""

    def last(self) -> Mark:
        rows = Notice.objects.order_by("-sequence").values_list("sequence", "ark", "digest")[:1]
        return next((_mark(row) for row in rows), Mark())

    def around(self, sequence: int) -> tuple[Mark, ...]:
        rows = Notice.objects.filter(sequence__gte=sequence).order_by("sequence")
        return tuple(_mark(row) for row in rows.values_list("sequence", "ark", "digest")[:2])

    def current(self, after: int) -> Iterator[Entry]:
        while batch := list(islice(self._rows(after), _BATCH)):
            yield from batch
            after = batch[-1].sequence

    def _rows(self, after: int) -> Iterator[Entry]:
        rows = Notice.objects.filter(is_current=True, sequence__gt=after).order_by("sequence")
        fields = rows.values_list("sequence", "ark", "act", "record")
        for sequence, ark, act, data in fields[:_BATCH]:
            shown = None if act == Act.WITHDRAWN else Record.from_data(data)
            yield Entry(sequence, ark, shown)


def _mark(row: tuple[int, str, str]) -> Mark:
    sequence, ark, digest = row
    return Mark(sequence, f"{ark}:{digest[:16]}")
