"""What happens to notices: published, corrected, withdrawn, restored. Each act is a new version.

The index and the feeds follow by the sequence number: nothing is told to them here. `actor` is None
for the system itself (the command line).
"""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.web import require
from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Record
from traam.catalogue.writing import Writer
from traam.kit.refusals import Refusal, Unknown


def publish(*, record: Record, origin: str, now: datetime, actor: Actor | None) -> Notice:
    """Version 1 of the notice of `origin`; the present one if it says the same already."""
    demand(actor, "notice.publish")
    return put(record=record, origin=origin, now=now, person=key(actor))


def correct(*, ark: str, record: Record, reason: str, now: datetime, actor: Actor | None) -> Notice:
    """A new version of the notice. Refused on a tombstone, and where nothing changes."""
    demand(actor, "notice.correct")
    return amend(ark=ark, record=record, reason=reason, now=now, person=key(actor))


@transaction.atomic
def withdraw(*, ark: str, reason: str, now: datetime, actor: Actor | None) -> Notice:
    """A tombstone, at the same address: the title and the years are all that it keeps."""
    demand(actor, "notice.withdraw")
    _check_reason(reason)
    writer = Writer(now=now, person=key(actor))
    previous = _current(ark)
    if previous.act == Act.WITHDRAWN:
        raise Refusal(f"La notice « {ark} » est déjà retirée.")
    gone = tombstone(previous.frozen())
    return _follow(writer, previous, act=Act.WITHDRAWN, record=gone, reason=reason)


@transaction.atomic
def restore(*, ark: str, reason: str, now: datetime, actor: Actor | None) -> Notice:
    """The counter-act of `withdraw`: a new version that says again what the last one said."""
    demand(actor, "notice.withdraw")
    _check_reason(reason)
    writer = Writer(now=now, person=key(actor))
    previous = _current(ark)
    if previous.act != Act.WITHDRAWN:
        raise Refusal(f"La notice « {ark} » n’est pas retirée.")
    last = Notice.objects.filter(ark=ark).exclude(act=Act.WITHDRAWN).order_by("-version", "pk")
    record = last[0].frozen()
    return _follow(writer, previous, act=Act.CORRECTED, record=record, reason=reason)


@transaction.atomic
def put(*, record: Record, origin: str, now: datetime, person: int | None) -> Notice:
    """`publish` for an action of this app that has checked its own right."""
    writer = Writer(now=now, person=person)
    present = Notice.objects.current().filter(origin=origin).first()
    if present is not None:
        return _same(present, record)
    notice = writer.publish(record=record, origin=origin)
    writer.flush()
    return notice


@transaction.atomic
def amend(*, ark: str, record: Record, reason: str, now: datetime, person: int | None) -> Notice:
    """`correct` for an action of this app that has checked its own right."""
    _check_reason(reason)
    writer = Writer(now=now, person=person)
    previous = _current(ark)
    if previous.act == Act.WITHDRAWN:
        raise Refusal(f"La notice « {ark} » est retirée : rétablissez-la avant de la corriger.")
    if previous.digest == record.digest():
        raise Refusal(f"Rien n’a changé dans la notice « {ark} ».")
    return _follow(writer, previous, act=Act.CORRECTED, record=record, reason=reason)


def demand(actor: Actor | None, right: str) -> None:
    """Raises `NotAllowed` unless this actor has this right; the system itself (None) may all."""
    if actor is not None:
        require(actor, right)


def key(actor: Actor | None) -> int | None:
    """The person's key, None for the system itself."""
    return actor.person if actor else None


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal("Donnez une raison : elle est montrée avec la version.")


def _current(ark: str) -> Notice:
    found = Notice.objects.current().filter(ark=ark).first()
    if found is None:
        raise Unknown(f"Aucune notice ne porte le nom « {ark} ».")
    return found


def _same(present: Notice, record: Record) -> Notice:
    if present.act == Act.WITHDRAWN:
        raise Refusal(f"La notice « {present.ark} » est retirée : rétablissez-la d’abord.")
    if present.digest != record.digest():
        raise Refusal(f"La notice « {present.ark} » est déjà publiée : corrigez-la.")
    return present


def tombstone(record: Record) -> Record:
    """All that is left of a record once withdrawn."""
    return Record(
        title=record.title,
        title_is_exact=record.title_is_exact,
        kind=record.kind,
        years=record.years,
        year_text=record.year_text,
        is_archive=record.is_archive,
        is_demonstration=record.is_demonstration,
    )


def _follow(writer: Writer, previous: Notice, *, act: Act, record: Record, reason: str) -> Notice:
    notice = writer.follow(previous, act=act, record=record, reason=reason)
    writer.flush()
    return notice
