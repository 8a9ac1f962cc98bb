"""What the screens of the loads read."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from traam.catalogue.load_rules import FileKind, LoadState
from traam.catalogue.models import Load, LoadRow
from traam.kit.rows import Outcome, RowResult
from traam.people.queries import names_of

LOADS_PER_PAGE = 20
ROWS_PER_PAGE = 50
CHUNK = 1_000  # rows read at once for a download


@dataclass(frozen=True)
class LoadLine:
    """One load of the history."""

    load: Load
    kind: str
    state: str
    checked_by: str
    ended_by: str
    counts: dict[Outcome, int]


def history(*, page: str | None) -> tuple[Page[Load], list[LoadLine]]:
    """A page of the loads, the latest first: three queries."""
    paginator = Paginator(Load.objects.order_by("-checked_at", "-pk"), LOADS_PER_PAGE)
    found = paginator.get_page(page)
    return found, lines(list(found))


def lines(loads: list[Load]) -> list[LoadLine]:
    """The loads with the names of those who acted."""
    people = {key for load in loads for key in (load.checked_by, load.ended_by) if key}
    names = names_of(people)
    return [
        LoadLine(
            load=load,
            kind=FileKind(load.kind).label,
            state=LoadState(load.state).label,
            checked_by=names.get(load.checked_by, "compte effacé"),
            ended_by=names.get(load.ended_by, "compte effacé") if load.ended_by else "",
            counts=load.counts(),
        )
        for load in loads
    ]


def of_key(key: int) -> Load | None:
    """One load; None when there is none."""
    return Load.objects.filter(pk=key).first()


class _Counted(Paginator[LoadRow]):
    """Pages of rows that were counted when they were written."""

    def __init__(self, rows: QuerySet[LoadRow], per_page: int, *, counted: int) -> None:
        super().__init__(rows, per_page)
        self.counted = counted

    @property
    def count(self) -> int:
        return self.counted


def rows(load: Load, *, outcome: Outcome | None, page: str | None) -> Page[LoadRow]:
    """A page of the rows that had this outcome, of all of them without one: one query."""
    counts = load.counts()
    found = LoadRow.objects.filter(load=load).order_by("row", "pk")
    if outcome is None:
        return _Counted(found, ROWS_PER_PAGE, counted=sum(counts.values())).get_page(page)
    found = found.filter(outcome=outcome)
    return _Counted(found, ROWS_PER_PAGE, counted=counts[outcome]).get_page(page)


def results(load: Load) -> Iterator[RowResult]:
    """What became of each row, in the order of the file, read as it is asked for."""
    found = LoadRow.objects.filter(load=load).order_by("row", "pk")
    values = found.values_list("row", "outcome", "reasons")
    for row, outcome, reasons in values.iterator(chunk_size=CHUNK):
        yield RowResult(row, Outcome(outcome), tuple(reasons))
