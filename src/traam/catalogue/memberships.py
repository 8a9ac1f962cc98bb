"""Keeps the OAI memberships in step with the current notices; called by `writing`, never by a GET.

`Membership` is derived from `Notice.sets`: `rebuild` makes it again from nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection

from traam.catalogue import sets
from traam.catalogue.models import Act, HarvestSet, Membership, Notice

BATCH = 500  # notices
Names = Mapping[str, str]  # leaf to French name, from `sets.specs`; none for a tombstone


class Enrolment:
    """Puts versions in their sets, remembering the sets that it has met: for one transaction."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}  # of the sets that are written, as they are
        self.keys: dict[str, int] = {}

    def enrol(self, versions: Sequence[tuple[Notice, Names]], *, replaced: Iterable[int]) -> None:
        """Put new current versions in their sets, and the versions replaced (keys) out of theirs.

        The sets of a tombstone are there already.
        """
        specs = [_lineages(notice.sets) for notice, _ in versions]
        self._write_sets(versions, specs)
        Membership.objects.filter(notice__in=list(replaced)).delete()
        _insert(
            [
                (key, notice.pk, notice.datestamp)
                for (notice, _), found in zip(versions, specs, strict=True)
                for key in sorted(self.keys[spec] for spec in found if spec in self.keys)
            ]
        )

    def _write_sets(
        self, versions: Sequence[tuple[Notice, Names]], specs: Sequence[Iterable[str]]
    ) -> None:
        """Each set that is new, or named otherwise now; the last name given is kept."""
        named: dict[str, str] = {}
        for (_, names), found in zip(versions, specs, strict=True):
            known = {**sets.ROOTS, **names}
            named |= {spec: known[spec] for spec in sorted(found) if spec in known}
        changed = {spec: name for spec, name in named.items() if self.names.get(spec) != name}
        HarvestSet.objects.bulk_create(
            [HarvestSet(spec=spec, name=name) for spec, name in changed.items()],
            update_conflicts=True,
            unique_fields=["spec"],
            update_fields=["name"],
        )
        self.names |= changed
        missing = {spec for found in specs for spec in found} - self.keys.keys()
        if missing:
            rows = HarvestSet.objects.filter(spec__in=missing)
            self.keys |= dict(rows.values_list("spec", "pk"))


def _insert(rows: list[tuple[int, int, datetime]]) -> None:
    """Write these memberships: set, notice, datestamp.

    A notice has a dozen: `bulk_create` would take half of the time of a load to make its objects.
    """
    if not rows:
        return
    adapt = connection.ops.adapt_datetimefield_value
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, ("harvest_set_id", "notice_id", "datestamp")))
    table = quote(Membership._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s)",  # noqa: S608 (our own names)
            [(key, notice, adapt(datestamp)) for key, notice, datestamp in rows],
        )


def _lineages(text: str) -> set[str]:
    """The sets of `Notice.sets` and their ancestors."""
    return {spec for leaf in text.split() for spec in sets.lineage(leaf)}


def rebuild() -> None:
    """Make every membership again from the current notices."""
    Membership.objects.all().delete()
    enrolment, batch = Enrolment(), []
    for notice in Notice.objects.current().iterator(chunk_size=BATCH):
        gone = notice.act == Act.WITHDRAWN
        batch.append((notice, {} if gone else sets.specs(notice.frozen())))
        if len(batch) == BATCH:
            enrolment.enrol(batch, replaced=())
            batch = []
    enrolment.enrol(batch, replaced=())


def faults() -> Iterator[str]:
    """A French sentence for each current notice that is not in its sets, at its own instant; and
    one for the versions that are in a set though another has replaced them."""
    specs = dict(HarvestSet.objects.values_list("pk", "spec"))
    notices = Notice.objects.current().only("ark", "sets", "datestamp").order_by("pk")
    rows = notices.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
        members = Membership.objects.filter(notice__in=[notice.pk for notice in batch])
        for notice, key, datestamp in members.values_list(
            "notice_id", "harvest_set_id", "datestamp"
        ):
            found[notice].append((specs.get(key, f"n° {key}"), datestamp))
        for one in batch:
            yield from _faults_of(one, found[one.pk])
    for ark in _enrolled_still():
        yield f"Notice {ark} : une version remplacée est encore dans un ensemble OAI."


def _faults_of(notice: Notice, rows: Sequence[tuple[str, datetime]]) -> Iterator[str]:
    """What is wrong with the sets that hold this notice: `rows`, each with its datestamp."""
    wanted, found = _lineages(notice.sets), {spec for spec, _ in rows}
    for words, specs in (
        ("elle manque à", wanted - found),
        ("elle est de trop dans", found - wanted),
    ):
        if specs:
            yield f"Notice {notice.ark} : {words} l’ensemble OAI {', '.join(sorted(specs))}."
    if any(datestamp != notice.datestamp for _, datestamp in rows):
        yield f"Notice {notice.ark} : son horodatage est autre dans un ensemble OAI."


def _enrolled_still() -> list[str]:
    """The names of the notices of which a replaced version is in a set."""
    past = Notice.objects.filter(is_current=False, pk__in=Membership.objects.values("notice"))
    return sorted(set(past.values_list("ark", flat=True)))
