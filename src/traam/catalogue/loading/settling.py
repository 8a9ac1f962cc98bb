"""Links that waited for a campaign: once it is loaded, their notices are corrected."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from traam.catalogue.actions import amend
from traam.catalogue.loading.links import Linker
from traam.catalogue.loading.reading import ORIGIN
from traam.catalogue.models import Notice
from traam.reference.queries import vocabulary

REASON = "Campagne chargée : lien établi"


def pending() -> QuerySet[Notice]:
    """The notices of the archive that no theme holds yet, oldest first."""
    shown = Notice.objects.shown().filter(origin__startswith=ORIGIN)
    return shown.filter(record__theme__isnull=True).order_by("sequence")


@transaction.atomic
def settle(*, now: datetime, person: int | None) -> int:
    """Tie what can be tied now, each by a new version; how many were. Again: none."""
    linker, settled = Linker(vocabulary=vocabulary()), 0
    for notice in pending().iterator():
        record = notice.frozen()
        link = linker.link_record(record)
        made = replace(
            record,
            campaign=link.campaign or record.campaign,
            theme=link.theme,
            theme_text="" if link.theme else record.theme_text,
        )
        if made != record:
            amend(ark=notice.ark, record=made, reason=REASON, now=now, person=person)
            settled += 1
    return settled
