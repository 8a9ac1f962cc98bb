"""A file brought on screen: kept as it was read, checked, then loaded when asked, or abandoned.

What is kept is what was read of the file, never the file: mail addresses and telephone numbers do
not enter, even for an hour. Who may do so, and whether at once or by a job, is for `asking`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from traam.campaigns import actions as campaigns_actions
from traam.campaigns.loading import COLUMNS as CAMPAIGNS
from traam.catalogue.load_rules import LOAD_LIFE, FileKind, LoadState
from traam.catalogue.loading import campaigns, productions
from traam.catalogue.loading.reading import COLUMNS as PRODUCTIONS
from traam.catalogue.models import Load, LoadRow
from traam.documents.actions import store
from traam.documents.queries import open_bytes
from traam.documents.rules import safe_name
from traam.journal.actions import record as note
from traam.kit.refusals import Refusal, Unknown
from traam.kit.rows import BYTES_MAX, Column, RawRow, Report, read_rows

ROWS_MEDIA_TYPE = "application/json"
KEPT_MAX = 4 * BYTES_MAX  # what was read, with its reasons, may weigh more than the file
BATCH = 1_000  # rows of a report written by one statement


class Foreseer(Protocol):
    """What says what would become of the rows of one kind of file."""

    def __call__(self, *, rows: Sequence[RawRow], now: datetime) -> Report: ...


class Taker(Protocol):
    """What takes the rows of one kind of file."""

    def __call__(self, *, rows: Sequence[RawRow], now: datetime, person: int | None) -> Report: ...


@dataclass(frozen=True)
class Way:
    """How a kind of file is read, foreseen, taken."""

    columns: Mapping[str, Column]
    foresee: Foreseer
    take: Taker


WAYS = {
    FileKind.CAMPAIGNS: Way(CAMPAIGNS, campaigns_actions.foresee, campaigns.take),
    FileKind.PRODUCTIONS: Way(PRODUCTIONS, productions.foresee, productions.take),
}


@transaction.atomic
def keep(*, kind: FileKind, content: bytes, name: str, now: datetime, person: int) -> Load:
    """Read the file and keep its rows, to be checked. Raises `Refusal` when it cannot be read."""
    name = safe_name(name)
    rows = read_rows(content=content, name=name, columns=WAYS[kind].columns)
    kept = json.dumps([row.as_data() for row in rows], ensure_ascii=False).encode()
    file = store(
        content=kept,
        name=f"{kind.value}.json",
        limit=KEPT_MAX,
        accepted=(ROWS_MEDIA_TYPE,),
        now=now,
    )
    return Load.objects.create(
        kind=kind,
        name=name,
        rows_digest=file.digest,
        row_count=len(rows),
        state=LOAD_LIFE.initial,
        checked_at=now,
        checked_by=person,
    )


def meant(*, kind: FileKind, content: bytes, name: str) -> FileKind | None:
    """The other kind that this file, refused as `kind`, can be read as; None when there is none."""
    for other in FileKind:
        if other is not kind:
            try:
                read_rows(content=content, name=safe_name(name), columns=WAYS[other].columns)
            except Refusal:
                continue
            return other
    return None


def check(*, load: int, now: datetime) -> None:
    """Say what would become of each row; nothing if that is done."""
    kept = _found(load)
    report = WAYS[FileKind(kept.kind)].foresee(rows=_rows(kept), now=now)
    with transaction.atomic():
        found = locked(load)
        if found.state not in LOAD_LIFE.moves["check"].sources:
            return
        found.state, found.checked_at = LOAD_LIFE.after(LoadState(found.state), "check"), now
        _report(found, report)
        found.save()
        _note("load.check", found, now=now, person=found.checked_by)


def carry_out(*, load: int, now: datetime, person: int) -> None:
    """Load the file that was checked: all of it or nothing, and once. The right was checked."""
    rows = _rows(_found(load))
    with transaction.atomic():
        found = locked(load)
        if found.state not in LOAD_LIFE.moves["load"].sources:
            return
        state = LOAD_LIFE.after(LoadState(found.state), "load")
        _report(found, WAYS[FileKind(found.kind)].take(rows=rows, now=now, person=person))
        end(found, state, now=now, person=person)


def end(load: Load, state: LoadState, *, now: datetime, person: int) -> None:
    """Note the end of a load, whose row is locked."""
    load.state, load.ended_at, load.ended_by = state, now, person
    load.save()
    _note(_VERBS[state], load, now=now, person=person)


def locked(key: int) -> Load:
    """The load, its row locked until the end of the transaction. Raises `Unknown`."""
    return _known(Load.objects.select_for_update(of=("self",)).filter(pk=key).first())


def _found(key: int) -> Load:
    return _known(Load.objects.filter(pk=key).first())


def _known(found: Load | None) -> Load:
    if found is None:
        raise Unknown("Ce chargement n’existe pas.")
    return found


def _rows(load: Load) -> list[RawRow]:
    try:
        with open_bytes(load.rows_digest) as file:
            return [RawRow.from_data(row) for row in json.load(file)]
    except FileNotFoundError:
        raise Refusal(f"Ce qui fut lu de « {load.name} » manque : déposez-le encore.") from None


def _report(load: Load, report: Report) -> None:
    """Write what becomes of each row, in place of what was foreseen."""
    LoadRow.objects.filter(load=load).delete()
    LoadRow.objects.bulk_create(
        [
            LoadRow(load_id=load.pk, row=one.row, outcome=one.outcome, reasons=list(one.reasons))
            for one in report.rows
        ],
        batch_size=BATCH,
    )
    for outcome, count in report.counts().items():
        setattr(load, f"{outcome.value}_count", count)


_VERBS = {LoadState.DONE: "load.carry_out", LoadState.ABANDONED: "load.abandon"}


def _note(verb: str, load: Load, *, now: datetime, person: int) -> None:
    after = {"kind": load.kind, "state": load.state, "rows": load.rows_digest}
    note(actor=person, verb=verb, subject=f"load:{load.pk}", now=now, after=after)
