"""A file of campaigns, and the notices that waited for them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns import actions
from traam.campaigns.loading import COLUMNS
from traam.catalogue.actions import demand, key
from traam.catalogue.loading.settling import settle
from traam.catalogue.writing import lock
from traam.kit.rows import RawRow, Report, read_rows


def load_campaigns(
    *, content: bytes, name: str, now: datetime, actor: Actor | None, dry_run: bool
) -> Report:
    """`take` or `foresee` the rows of a file. Raises `Refusal` on a file that cannot be read."""
    demand(actor, "archive.load")
    rows = read_rows(content=content, name=name, columns=COLUMNS)
    if dry_run:
        return actions.foresee(rows=rows, now=now)
    return take(rows=rows, now=now, person=key(actor))


@transaction.atomic
def take(*, rows: Sequence[RawRow], now: datetime, person: int | None) -> Report:
    """`campaigns.actions.take`, then `settle`: in one transaction, one file at a time.

    The caller has checked the right.
    """
    lock()
    report = actions.take(rows=rows, now=now, person=person)
    settle(now=now, person=person)
    return report
