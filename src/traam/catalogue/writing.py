"""The one place where versions of notices are written, one or many, with all that goes with them.

A hundred versions written together leave the same rows as a hundred acts: same names, same numbers,
same memberships, same lines of the journal, in the same order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from traam.catalogue import memberships, rules, sets
from traam.catalogue.models import Act, Notice, Sequence
from traam.catalogue.record import Record, digest_of
from traam.journal.actions import Deed, record_all

BATCH = 500  # versions
_VERBS = {
    Act.PUBLISHED: "notice.publish",
    Act.CORRECTED: "notice.correct",
    Act.WITHDRAWN: "notice.withdraw",
}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A version to write. `names`: its OAI leaves, with their French names; none of a tombstone."""

    notice: Notice
    names: Mapping[str, str]
    before: Notice | None = None

    def deed(self) -> Deed:
        notice, before = self.notice, self.before
        return Deed(
            verb=_VERBS[Act(notice.act)],
            subject=f"notice:{notice.ark}",
            before={"version": before.version, "digest": before.digest} if before else None,
            after={
                "version": notice.version,
                "digest": notice.digest,
                "sequence": notice.sequence,
            },
        )


class Writer:
    """Writes versions, for one person at one instant, inside the caller's transaction.

    It holds the counter's lock from the start to the end of the transaction: read what is there
    after making it. What it is given is written at `flush`, and before that by whole batches.
    """

    def __init__(self, *, now: datetime, person: int | None) -> None:
        self.now, self.person = now, person
        self.counter = lock()
        self.enrolment = memberships.Enrolment()
        self.drafts: list[_Draft] = []

    def publish(self, *, record: Record, origin: str) -> Notice:
        """Version 1 of a new notice, under the next name. `origin` has none yet."""
        self.counter.named += 1
        stamp = rules.datestamp(now=self.now, previous=None)
        names = sets.specs(record)
        notice = Notice(
            ark=rules.ark_name(self.counter.named),
            version=1,
            act=Act.PUBLISHED,
            datestamp=stamp,
            first_published_at=stamp,
            origin=origin,
            sets=sets.text(names),
        )
        return self._add(_Draft(notice, names), record)

    def follow(self, previous: Notice, *, act: Act, record: Record, reason: str) -> Notice:
        """The version after `previous`, the current one, which it replaces."""
        gone = act is Act.WITHDRAWN
        names = {} if gone else sets.specs(record)
        notice = Notice(
            ark=previous.ark,
            version=previous.version + 1,
            act=act,
            datestamp=rules.datestamp(now=self.now, previous=previous.datestamp),
            first_published_at=previous.first_published_at,
            origin=previous.origin,
            reason=reason.strip(),
            sets=previous.sets if gone else sets.text(names),
        )
        return self._add(_Draft(notice, names, previous), record)

    def _add(self, draft: _Draft, record: Record) -> Notice:
        self.counter.last += 1
        draft.notice.sequence = self.counter.last
        draft.notice.record = record.as_data()
        draft.notice.digest = digest_of(draft.notice.record)
        self.drafts.append(draft)
        if len(self.drafts) == BATCH:
            self.flush()
        return draft.notice

    def flush(self) -> None:
        """Write what waits."""
        drafts, self.drafts = self.drafts, []
        if not drafts:
            return
        self.counter.save(update_fields=["last", "named"])
        replaced = [draft.before for draft in drafts if draft.before]
        for notice in replaced:
            notice.is_current = False
        Notice.objects.filter(pk__in=[one.pk for one in replaced]).update(is_current=False)
        Notice.objects.bulk_create([draft.notice for draft in drafts], batch_size=BATCH)
        self.enrolment.enrol(
            [(draft.notice, draft.names) for draft in drafts], replaced=[one.pk for one in replaced]
        )
        record_all(deeds=[one.deed() for one in drafts], actor=self.person, now=self.now)


def lock() -> Sequence:
    """The counter, locked until the end of the transaction: numbers appear in their order."""
    locked = Sequence.objects.select_for_update(of=("self",)).filter(pk=1)
    found = locked.first()
    if found is None:
        Sequence.objects.get_or_create(pk=1)
        found = locked.get()
    return found
