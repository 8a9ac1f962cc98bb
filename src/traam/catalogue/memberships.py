"""Keeps the OAI memberships in step with the current notices; called by `actions`, never by a GET.

`Membership` is derived from `Notice.sets`: `rebuild` makes it again from nothing.
"""

from collections.abc import Mapping

from traam.catalogue import sets
from traam.catalogue.models import Act, HarvestSet, Membership, Notice


def enrol(*, notice: Notice, names: Mapping[str, str]) -> None:
    """Put a new current version in its sets, and take its earlier versions out of theirs.

    `names`: leaf to French name, from `sets.specs`; none for a tombstone, whose sets are there.
    """
    specs = {spec for leaf in notice.sets.split() for spec in sets.lineage(leaf)}
    known = {**sets.ROOTS, **names}
    HarvestSet.objects.bulk_create(
        [HarvestSet(spec=spec, name=known[spec]) for spec in sorted(specs & known.keys())],
        update_conflicts=True,
        unique_fields=["spec"],
        update_fields=["name"],
    )
    Membership.objects.filter(notice__ark=notice.ark).delete()
    Membership.objects.bulk_create(
        Membership(harvest_set_id=pk, notice=notice, datestamp=notice.datestamp)
        for pk in HarvestSet.objects.filter(spec__in=specs).values_list("pk", flat=True)
    )


def rebuild() -> None:
    """Make every membership again from the current notices."""
    Membership.objects.all().delete()
    for notice in Notice.objects.current().iterator():
        gone = notice.act == Act.WITHDRAWN
        enrol(notice=notice, names={} if gone else sets.specs(notice.frozen()))
