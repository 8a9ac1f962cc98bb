"""Syntheses become notices: published, corrected by an erratum, flagged when a piece of evidence
has changed since, withdrawn. The synthesis's own rights are asked by its actions."""

from datetime import datetime

import structlog
from django.db import transaction

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.catalogue.models import OF_SYNTHESIS, Act, Notice
from traam.catalogue.publishing.freezing import record_of, refreshed
from traam.catalogue.publishing.notices import bury, write
from traam.catalogue.queries import current
from traam.syntheses import actions
from traam.syntheses.models import Erratum, Synthesis
from traam.syntheses.queries.contents import with_place
from traam.syntheses.rules.life import SynthesisState

LOG = structlog.get_logger("traam.catalogue")
AGAIN = "Nouvelle version : la synthèse a été rouverte, validée et signée de nouveau."
CHANGED = "Preuve corrigée depuis : une observation à l’appui d’un constat a changé."
WITHDRAWN = "La synthèse est retirée par qui l’a écrite."


def origin_of(synthesis: Synthesis) -> str:
    """The natural key of its notice."""
    return f"{OF_SYNTHESIS}{synthesis.code}"


@transaction.atomic
def publish_synthesis(*, synthesis: Synthesis, now: datetime, actor: Actor | None) -> Notice:
    """Its notice, and each of its findings with it; a new version where it had been public before.

    Raises `NotAllowed`, `MoveRefused`, or `Refusal` with what keeps it from being public.
    """
    prepared = actions.prepare(synthesis=synthesis, now=now, actor=actor)
    notice = write(
        record=record_of(prepared),
        origin=origin_of(synthesis),
        reason=AGAIN,
        now=now,
        person=person_of(actor),
    )
    actions.mark_published(synthesis=synthesis, ark=notice.ark, now=now, actor=actor)
    return notice


@transaction.atomic
def publish_erratum(
    *, synthesis: Synthesis, text: str, now: datetime, actor: Actor | None
) -> Erratum:
    """The erratum stands on the public page, in a new version of the notice."""
    made = actions.add_erratum(synthesis=synthesis, text=text, now=now, actor=actor)
    _refresh(synthesis, f"Erratum n° {made.number}.", now=now, actor=actor)
    return made


def _refresh(synthesis: Synthesis, reason: str, *, now: datetime, actor: Actor | None) -> bool:
    """Its notice says what is true today; whether that changed it."""
    notice = current(ark=synthesis.ark)
    if notice is None or notice.act == Act.WITHDRAWN:
        return False
    record = refreshed(notice.frozen(), synthesis)
    written = write(
        record=record,
        origin=notice.origin,
        reason=reason,
        now=now,
        person=person_of(actor),
    )
    return written.pk != notice.pk


def follow_published(*, now: datetime) -> int:
    """Every public synthesis whose evidence has changed says so, every withdrawn one is a
    tombstone; how many notices changed. Again: none."""
    rows = with_place(Synthesis.objects.exclude(ark="")).order_by("pk")
    return sum(_follow(one, now=now) for one in rows)


@transaction.atomic
def _follow(synthesis: Synthesis, *, now: datetime) -> bool:
    if synthesis.state == SynthesisState.PUBLISHED:
        has_changed = _refresh(synthesis, CHANGED, now=now, actor=None)
    else:
        has_changed = _take_away(synthesis, now=now)
    if has_changed:
        LOG.info("synthesis_followed", synthesis=synthesis.code)
    return has_changed


def _take_away(synthesis: Synthesis, *, now: datetime) -> bool:
    """A synthesis that is no longer published leaves a tombstone."""
    notice = current(ark=synthesis.ark)
    if notice is None or notice.act == Act.WITHDRAWN:
        return False
    event = synthesis.events.filter(kind="synthesis.withdraw").order_by("-at", "pk").first()
    reason = event.reason if event is not None and event.reason else WITHDRAWN
    bury(origin=notice.origin, reason=reason, now=now, person=None)
    return True
