"""A file of campaigns, and the notices that waited for them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns import actions
from traam.campaigns.loading import COLUMNS
from traam.catalogue.actions import demand
from traam.catalogue.loading.settling import settle
from traam.kit.rows import RawRow, Report, read_rows


def load_campaigns(
    *, content: bytes, name: str, now: datetime, actor: Actor | None, dry_run: bool
) -> Report:
    """`take` the rows of a file. Raises `Refusal` on a file that cannot be read."""
    demand(actor, "archive.load")
    rows = read_rows(content=content, name=name, columns=COLUMNS)
    return take(rows=rows, now=now, actor=actor, dry_run=dry_run)


@transaction.atomic
def take(*, rows: Sequence[RawRow], now: datetime, actor: Actor | None, dry_run: bool) -> Report:
    """`campaigns.actions.take`, then `settle`: in one transaction."""
    report = actions.take(rows=rows, now=now, actor=actor, dry_run=dry_run)
    if not dry_run:
        settle(now=now, person=actor.person if actor else None)
    return report
