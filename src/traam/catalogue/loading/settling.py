"""Links that waited for a campaign: once it is loaded, their notices are corrected."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from traam.catalogue.loading.links import Linker
from traam.catalogue.loading.reading import ORIGIN
from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Record
from traam.catalogue.writing import Writer
from traam.reference.queries import vocabulary

REASON = "Campagne chargée : lien établi"


def pending() -> QuerySet[Notice]:
    """The notices of the archive that no theme holds yet, oldest first."""
    shown = Notice.objects.shown().filter(origin__startswith=ORIGIN)
    return shown.filter(record__theme__isnull=True).order_by("sequence")


@transaction.atomic
def settle(*, now: datetime, person: int | None) -> int:
    """Tie what can be tied now, each by a new version; how many were. Again: none."""
    writer = Writer(now=now, person=person)
    linker = Linker(vocabulary=vocabulary())
    tied = [
        (notice, made)
        for notice in pending().iterator()
        if (made := _tied(notice.frozen(), linker)) is not None
    ]
    for notice, made in tied:
        writer.follow(notice, act=Act.CORRECTED, record=made, reason=REASON)
    writer.flush()
    return len(tied)


def _tied(record: Record, linker: Linker) -> Record | None:
    """The record with the links that are certain now; None when there is nothing new."""
    link = linker.link_record(record)
    made = replace(
        record,
        campaign=link.campaign or record.campaign,
        theme=link.theme,
        theme_text="" if link.theme else record.theme_text,
    )
    return made if made != record else None
