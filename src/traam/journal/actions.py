"""The journal's two verbs: record acts, inside their own transaction; seal what was recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from traam.journal import rules
from traam.journal.models import Entry, Seal

BATCH = 10_000  # entries covered by one seal, at most
ROWS = 500  # entries written by one statement


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to what, before who and when are known."""

    verb: str
    subject: str
    before: Mapping[str, rules.Scalar] | None = None
    after: Mapping[str, rules.Scalar] | None = None


def record(
    *,
    actor: int | None,
    verb: str,
    subject: str,
    now: datetime,
    before: Mapping[str, rules.Scalar] | None = None,
    after: Mapping[str, rules.Scalar] | None = None,
    on_behalf_of: int | None = None,
) -> None:
    """Add one entry. Call it inside the action's transaction: both are kept, or neither.

    `actor`: the person's key, None for the system itself. Raises `rules.Unfit` on a name, a list,
    a long text: a fault of the calling code.
    """
    deed = Deed(verb, subject, before, after)
    _entry(deed, actor=actor, on_behalf_of=on_behalf_of, now=now).save(force_insert=True)


def record_all(*, deeds: Iterable[Deed], actor: int | None, now: datetime) -> None:
    """`record` each of these, in their order, in few statements."""
    entries = [_entry(deed, actor=actor, on_behalf_of=None, now=now) for deed in deeds]
    Entry.objects.bulk_create(entries, batch_size=ROWS)


def _entry(deed: Deed, *, actor: int | None, on_behalf_of: int | None, now: datetime) -> Entry:
    rules.check(verb=deed.verb, subject=deed.subject)
    return Entry(
        at=now,
        actor=actor,
        on_behalf_of=on_behalf_of,
        verb=deed.verb,
        subject=deed.subject,
        before=rules.plain(deed.before),
        after=rules.plain(deed.after),
    )


def seal(*, now: datetime) -> Seal | None:
    """Seal every visible unsealed entry, `BATCH` at most; None when there is nothing to seal.

    An entry whose transaction is still open is not visible yet: the next seal takes it, whatever
    its id. Two sealers at once: the second finds its number taken and leaves the work to the first.
    """
    try:
        with transaction.atomic():
            return _seal(now=now)
    except IntegrityError:
        return None


def _seal(*, now: datetime) -> Seal | None:
    unsealed = Entry.objects.unsealed().select_for_update(skip_locked=True, of=("self",))
    entries = list(unsealed.order_by("pk")[:BATCH])
    if not entries:
        return None
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.digest) if last else (1, rules.FIRST)
    lines = [entry.line() for entry in entries]
    digest, count = rules.digest(previous=previous, number=number, sealed_at=now, lines=lines)
    made = Seal.objects.create(
        number=number,
        sealed_at=now,
        digest=digest,
        previous=previous,
        entry_count=count,
        marks=[[line.id, line.mark()] for line in lines],
    )
    for start in range(0, count, 500):  # SQLite bounds the number of parameters
        keys = [entry.pk for entry in entries[start : start + 500]]
        Entry.objects.filter(pk__in=keys).update(seal=made)
    return made
