"""Follows the notices: keeps their renderings ready for a harvest. Idempotent, outside any GET."""

from datetime import UTC

from django.db import transaction
from django.db.models import Max

from traam.catalogue.models import Act, Notice
from traam.dissemination.models import Rendering
from traam.dissemination.oai import dublin_core

BATCH = 500  # notices in one transaction


def follow() -> int:
    """Render what was published since the last time, or everything in a new form; how many."""
    ready = Rendering.objects.filter(form=dublin_core.FORM)
    last = ready.aggregate(last=Max("sequence"))["last"] or 0
    count = 0
    while batch := list(Notice.objects.after(last).filter(is_current=True)[:BATCH]):
        count += _render(batch)
        last = batch[-1].sequence
    return count


@transaction.atomic
def _render(batch: list[Notice]) -> int:
    """Replace the renderings of these notices; a tombstone only loses that of its last version."""
    arks = [notice.ark for notice in batch]
    Rendering.objects.filter(notice__ark__in=arks).delete()
    made = Rendering.objects.bulk_create(
        Rendering(
            notice=notice,
            sequence=notice.sequence,
            form=dublin_core.FORM,
            oai_dc=dublin_core.metadata(
                notice.record,
                ark=notice.ark,
                day=notice.first_published_at.astimezone(UTC).date().isoformat(),
            ),
        )
        for notice in batch
        if notice.act != Act.WITHDRAWN
    )
    return len(made)
