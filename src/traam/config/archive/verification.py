"""`verify`: all that should hold of what is kept, a French line for each fault."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, Max, Min

from traam.catalogue import memberships, sets
from traam.catalogue.models import Act, Notice, Sequence
from traam.catalogue.record import Record
from traam.documents import queries as documents
from traam.journal import queries as journal
from traam.selection.queries import sealing as selection


def verify() -> list[str]:
    """The journal's chain, every stored file's digest, every invariant. Empty: all is in order."""
    parts = (
        *(_database(), journal.faults(), documents.faults()),
        *(_versions(), _records(), memberships.faults(), selection.faults()),
    )
    return [fault for part in parts for fault in part]


def _database() -> Iterator[str]:
    """What SQLite does not check by itself once written; PostgreSQL has no such door."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        for (said,) in cursor.fetchall():
            if said != "ok":
                yield f"Base : {said}."
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _ in cursor.fetchall():
            yield f"Base, table {table}, ligne {row} : renvoi à une ligne absente de {parent}."


def _versions() -> Iterator[str]:
    """Versions 1 to n without a gap, the last one current, and none numbered past the counter."""
    rows = Notice.objects.order_by("ark").values("ark")
    counted = rows.annotate(count=Count("pk"), first=Min("version"), last=Max("version"))
    for row in counted.iterator():
        if row["first"] != 1 or row["count"] != row["last"]:
            yield f"Notice {row['ark']} : il lui manque une version avant la {row['last']}."
    lasts = {row["ark"]: row["last"] for row in counted.iterator()}
    current = dict(Notice.objects.current().order_by().values_list("ark", "version"))
    for ark in sorted(lasts):
        if current.get(ark) != lasts[ark]:
            yield f"Notice {ark} : sa version courante n’est pas la dernière ({lasts[ark]})."
    highest = Notice.objects.aggregate(last=Max("sequence"))["last"] or 0
    given = Sequence.objects.aggregate(last=Max("last"))["last"] or 0
    if highest > given:
        yield f"Notices : le numéro d’ordre {highest} dépasse le compteur ({given})."
    if Notice.objects.count() != highest:
        yield f"Notices : il manque des numéros d’ordre avant le {highest}."


def _records() -> Iterator[str]:
    """Each version says what its digest says; each file of a notice that is shown was stored."""
    stored = set(documents.all_digests())
    for notice in Notice.objects.order_by("sequence", "pk").iterator():
        said = f"Notice {notice.ark}, version {notice.version}"
        try:
            record = notice.frozen()
        except (TypeError, KeyError) as error:
            yield f"{said} : illisible ({error})."
            continue
        if record.digest() != notice.digest:
            yield f"{said} : son empreinte est différente."
        if notice.is_current and notice.act != Act.WITHDRAWN:
            yield from (f"{said} : {fault}" for fault in _faults_of(record, notice.sets, stored))


def _faults_of(record: Record, leaves: str, stored: set[str]) -> Iterator[str]:
    """What a notice that is shown lacks: its sets are those of its record, its files are kept."""
    if leaves != sets.text(sets.specs(record)):
        yield "ses ensembles OAI ne sont pas ceux que disent ses métadonnées."
    for file in record.files:
        if file.digest not in stored:
            yield f"son fichier « {file.name} » n’est pas conservé."
