"""One line of the journal for an act of an actor: `record`, with what actions have at hand."""

from collections.abc import Mapping
from datetime import datetime

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.journal.actions import record
from traam.journal.rules import Scalar


def note(
    verb: str,
    subject: str,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """`subject`: « team:svt-lille ». Keys, states, codes and digests only. Raises `Unfit`."""
    record(
        actor=person_of(actor),
        verb=verb,
        subject=subject,
        now=now,
        before=before,
        after=after,
        on_behalf_of=behalf,
    )
