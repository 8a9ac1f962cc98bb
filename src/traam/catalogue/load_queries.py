"""What the screens of the loads read."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from traam.catalogue.models import FileKind, Load, LoadState
from traam.kit.rows import Outcome, Report, RowResult
from traam.people.queries import names_of

LOADS_PER_PAGE = 20
ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class LoadLine:
    """One load of the history."""

    load: Load
    kind: str
    state: str
    is_waiting: bool
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
            is_waiting=load.state == LoadState.CHECKED,
            checked_by=names.get(load.checked_by, "compte effacé"),
            ended_by=names.get(load.ended_by, "compte effacé") if load.ended_by else "",
            counts=load.report().counts(),
        )
        for load in loads
    ]


def of_key(key: int) -> Load | None:
    """One load; None when there is none."""
    return Load.objects.filter(pk=key).first()


def rows(report: Report, *, outcome: Outcome | None, page: str | None) -> Page[RowResult]:
    """A page of the rows that had this outcome; of all of them without one."""
    kept = [row for row in report.rows if outcome is None or row.outcome is outcome]
    return Paginator(kept, ROWS_PER_PAGE).get_page(page)
