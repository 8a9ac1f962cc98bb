"""A file brought on screen: checked at once, loaded when the pilot says so, or abandoned.

What is kept between the two is what was read of the file, never the file: mail addresses and
telephone numbers do not enter, even for an hour.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.campaigns.loading import COLUMNS as CAMPAIGNS
from traam.catalogue.actions import demand
from traam.catalogue.loading import campaigns, productions
from traam.catalogue.loading.reading import COLUMNS as PRODUCTIONS
from traam.catalogue.models import FileKind, Load, LoadState
from traam.documents.actions import store
from traam.documents.queries import open_bytes
from traam.documents.rules import safe_name
from traam.journal.actions import record as note
from traam.kit.refusals import NotAllowed, Refusal, Unknown
from traam.kit.rows import BYTES_MAX, Column, RawRow, Report, read_rows

ROWS_MEDIA_TYPE = "application/json"
KEPT_MAX = 4 * BYTES_MAX  # what was read, with its reasons, may weigh more than the file


class Taker(Protocol):
    """What takes the rows of one kind of file."""

    def __call__(
        self, *, rows: list[RawRow], now: datetime, actor: Actor | None, dry_run: bool
    ) -> Report: ...


@dataclass(frozen=True)
class Way:
    """How a kind of file is read, then taken."""

    columns: Mapping[str, Column]
    take: Taker


WAYS = {
    FileKind.CAMPAIGNS: Way(CAMPAIGNS, campaigns.take),
    FileKind.PRODUCTIONS: Way(PRODUCTIONS, productions.take),
}


@transaction.atomic
def check(*, kind: FileKind, content: bytes, name: str, now: datetime, actor: Actor) -> Load:
    """Read the file, say what would become of each row, and wait. Raises `Refusal`."""
    person = _person(actor)
    name, way = safe_name(name), WAYS[kind]
    rows = read_rows(content=content, name=name, columns=way.columns)
    report = way.take(rows=rows, now=now, actor=actor, dry_run=True)
    kept = json.dumps([row.as_data() for row in rows], ensure_ascii=False).encode()
    file = store(
        content=kept,
        name=f"{kind.value}.json",
        limit=KEPT_MAX,
        accepted=(ROWS_MEDIA_TYPE,),
        now=now,
    )
    load = Load.objects.create(
        kind=kind,
        name=name,
        rows_digest=file.digest,
        results=report.as_data(),
        checked_at=now,
        checked_by=person,
    )
    _note("load.check", load, now=now, person=person)
    return load


@transaction.atomic
def carry_out(*, load: int, now: datetime, actor: Actor) -> Load:
    """Load the file that was checked; once only, whatever the number of clicks."""
    person = _person(actor)
    found = _locked(load)
    if found.state == LoadState.DONE:
        return found
    if found.state == LoadState.ABANDONED:
        raise Refusal(f"Le chargement de « {found.name} » est abandonné : déposez le fichier.")
    report = WAYS[FileKind(found.kind)].take(rows=_rows(found), now=now, actor=actor, dry_run=False)
    found.results = report.as_data()
    return _end(found, LoadState.DONE, now=now, person=person)


@transaction.atomic
def abandon(*, load: int, now: datetime, actor: Actor) -> Load:
    """Leave a checked file unloaded; nothing was written, nothing is undone."""
    person = _person(actor)
    found = _locked(load)
    if found.state == LoadState.ABANDONED:
        return found
    if found.state == LoadState.DONE:
        raise Refusal(f"« {found.name} » est déjà chargé : corrigez ou retirez ses notices.")
    return _end(found, LoadState.ABANDONED, now=now, person=person)


def _person(actor: Actor) -> int:
    """Who loads: somebody who has the right, never nobody."""
    demand(actor, "archive.load")
    if actor.person is None:
        raise NotAllowed(who_may("archive.load"))
    return actor.person


def _locked(key: int) -> Load:
    found = Load.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise Unknown("Ce chargement n’existe pas.")
    return found


def _rows(load: Load) -> list[RawRow]:
    try:
        with open_bytes(load.rows_digest) as file:
            return [RawRow.from_data(row) for row in json.load(file)]
    except FileNotFoundError:
        raise Refusal(f"Ce qui fut lu de « {load.name} » manque : déposez-le encore.") from None


_VERBS = {LoadState.DONE: "load.carry_out", LoadState.ABANDONED: "load.abandon"}


def _end(load: Load, state: LoadState, *, now: datetime, person: int) -> Load:
    load.state, load.ended_at, load.ended_by = state, now, person
    load.save(update_fields=["state", "results", "ended_at", "ended_by"])
    _note(_VERBS[state], load, now=now, person=person)
    return load


def _note(verb: str, load: Load, *, now: datetime, person: int) -> None:
    after = {"kind": load.kind, "state": load.state, "rows": load.rows_digest}
    note(actor=person, verb=verb, subject=f"load:{load.pk}", now=now, after=after)
