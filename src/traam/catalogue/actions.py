"""What happens to notices: published, corrected, withdrawn, restored. Each act is a new version.

The index and the feeds follow by the sequence number: nothing is told to them here. `actor` is None
for the system itself (the command line).
"""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.web import require
from traam.catalogue import memberships, rules, sets
from traam.catalogue.models import Act, Notice, Sequence
from traam.catalogue.record import Record
from traam.journal.actions import record as note
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
    counter = _lock()
    previous = _current(ark)
    if previous.act == Act.WITHDRAWN:
        raise Refusal(f"La notice « {ark} » est déjà retirée.")
    gone = _tombstone(previous.frozen())
    return _follow(
        counter, previous, act=Act.WITHDRAWN, record=gone, reason=reason, now=now, person=key(actor)
    )


@transaction.atomic
def restore(*, ark: str, reason: str, now: datetime, actor: Actor | None) -> Notice:
    """The counter-act of `withdraw`: a new version that says again what the last one said."""
    demand(actor, "notice.withdraw")
    _check_reason(reason)
    counter = _lock()
    previous = _current(ark)
    if previous.act != Act.WITHDRAWN:
        raise Refusal(f"La notice « {ark} » n’est pas retirée.")
    last = Notice.objects.filter(ark=ark).exclude(act=Act.WITHDRAWN).order_by("-version", "pk")
    return _follow(
        counter,
        previous,
        act=Act.CORRECTED,
        record=last[0].frozen(),
        reason=reason,
        now=now,
        person=key(actor),
    )


@transaction.atomic
def put(*, record: Record, origin: str, now: datetime, person: int | None) -> Notice:
    """`publish` for an action of this app that has checked its own right."""
    counter = _lock()
    present = Notice.objects.current().filter(origin=origin).first()
    if present is not None:
        return _same(present, record)
    counter.named += 1
    stamp = rules.datestamp(now=now, previous=None)
    notice = Notice(
        ark=rules.ark_name(counter.named),
        version=1,
        act=Act.PUBLISHED,
        datestamp=stamp,
        first_published_at=stamp,
        origin=origin,
        sets=sets.text(sets.specs(record)),
    )
    return _write(counter, notice, record=record, now=now, person=person)


@transaction.atomic
def amend(*, ark: str, record: Record, reason: str, now: datetime, person: int | None) -> Notice:
    """`correct` for an action of this app that has checked its own right."""
    _check_reason(reason)
    counter = _lock()
    previous = _current(ark)
    if previous.act == Act.WITHDRAWN:
        raise Refusal(f"La notice « {ark} » est retirée : rétablissez-la avant de la corriger.")
    if previous.digest == record.digest():
        raise Refusal(f"Rien n’a changé dans la notice « {ark} ».")
    return _follow(
        counter, previous, act=Act.CORRECTED, record=record, reason=reason, now=now, person=person
    )


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


def _lock() -> Sequence:
    """The counter, locked until the end of the transaction: numbers appear in their order."""
    locked = Sequence.objects.select_for_update(of=("self",)).filter(pk=1)
    found = locked.first()
    if found is None:
        Sequence.objects.get_or_create(pk=1)
        found = locked.get()
    return found


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


def _tombstone(record: Record) -> Record:
    return Record(
        title=record.title,
        title_is_exact=record.title_is_exact,
        kind=record.kind,
        years=record.years,
        year_text=record.year_text,
        is_archive=record.is_archive,
        is_demonstration=record.is_demonstration,
    )


def _follow(
    counter: Sequence,
    previous: Notice,
    *,
    act: Act,
    record: Record,
    reason: str,
    now: datetime,
    person: int | None,
) -> Notice:
    """The version after `previous`, which is current no more, in the same transaction."""
    previous.is_current = False
    previous.save(update_fields=["is_current"])
    gone = act is Act.WITHDRAWN
    notice = Notice(
        ark=previous.ark,
        version=previous.version + 1,
        act=act,
        datestamp=rules.datestamp(now=now, previous=previous.datestamp),
        first_published_at=previous.first_published_at,
        origin=previous.origin,
        reason=reason.strip(),
        sets=previous.sets if gone else sets.text(sets.specs(record)),
    )
    return _write(counter, notice, record=record, now=now, person=person, before=previous)


_VERBS = {
    Act.PUBLISHED: "notice.publish",
    Act.CORRECTED: "notice.correct",
    Act.WITHDRAWN: "notice.withdraw",
}


def _write(
    counter: Sequence,
    notice: Notice,
    *,
    record: Record,
    now: datetime,
    person: int | None,
    before: Notice | None = None,
) -> Notice:
    counter.last += 1
    counter.save(update_fields=["last", "named"])
    notice.sequence = counter.last
    notice.record = record.as_data()
    notice.digest = record.digest()
    notice.save(force_insert=True)
    gone = notice.act is Act.WITHDRAWN
    memberships.enrol(notice=notice, names={} if gone else sets.specs(record))
    note(
        actor=person,
        verb=_VERBS[Act(notice.act)],
        subject=f"notice:{notice.ark}",
        now=now,
        before={"version": before.version, "digest": before.digest} if before else None,
        after={"version": notice.version, "digest": notice.digest, "sequence": notice.sequence},
    )
    return notice
