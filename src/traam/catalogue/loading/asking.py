"""What the screen of loads asks for: at once when the file is short, by a job when it is long."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.catalogue import tasks
from traam.catalogue.actions import demand
from traam.catalogue.load_rules import AT_ONCE, LOAD_LIFE, FileKind, LoadState
from traam.catalogue.loading import uploads
from traam.catalogue.models import Load
from traam.kit import jobs
from traam.kit.refusals import NotAllowed, Refusal


@transaction.atomic
def bring(*, kind: FileKind, content: bytes, name: str, now: datetime, actor: Actor) -> Load:
    """Keep the rows of a file and have them checked. Raises `Refusal` when it cannot be read."""
    person = _person(actor)
    load = uploads.keep(kind=kind, content=content, name=name, now=now, person=person)
    if load.row_count > AT_ONCE:
        _ask(load, tasks.check_load.enqueue, load.pk)
    else:
        uploads.check(load=load.pk, now=now)
    load.refresh_from_db()
    return load


@transaction.atomic
def carry_out(*, load: int, now: datetime, actor: Actor) -> Load:
    """Have the checked file loaded; once only, whatever the number of clicks."""
    person = _person(actor)
    found = uploads.locked(load)
    if found.state == LoadState.ABANDONED:
        raise Refusal(f"Le chargement de « {found.name} » est abandonné : déposez le fichier.")
    if found.state == LoadState.DONE or (found.state == LoadState.LOADING and is_pending(found)):
        return found
    if found.row_count > AT_ONCE:
        found.state = LOAD_LIFE.after(LoadState(found.state), "ask")
        _ask(found, tasks.carry_out_load.enqueue, found.pk, person)
    else:
        uploads.carry_out(load=load, now=now, person=person)
    found.refresh_from_db()
    return found


@transaction.atomic
def abandon(*, load: int, now: datetime, actor: Actor) -> Load:
    """Leave a file unloaded; nothing was written, nothing is undone."""
    person = _person(actor)
    found = uploads.locked(load)
    if found.state == LoadState.ABANDONED:
        return found
    if found.state == LoadState.DONE:
        raise Refusal(f"« {found.name} » est déjà chargé : corrigez ou retirez ses notices.")
    if is_pending(found):
        raise Refusal(f"« {found.name} » est {LoadState(found.state).label} : attendez la fin.")
    state = LOAD_LIFE.after(LoadState(found.state), "abandon")
    uploads.end(found, state, now=now, person=person)
    return found


def is_pending(load: Load) -> bool:
    """Whether a job is to check or to load it, now or soon."""
    return load.run is not None and jobs.is_pending(key=load.run)


def _person(actor: Actor) -> int:
    """Who loads: somebody who has the right, never nobody."""
    demand(actor, "archive.load")
    if actor.person is None:
        raise NotAllowed(who_may("archive.load"))
    return actor.person


def _ask(load: Load, enqueue: Callable[..., Any], *words: int) -> None:
    load.run = enqueue(*words).id
    load.save(update_fields=["state", "run"])
