"""What a harvest reads: current notices in the order of a harvest, sets, the earliest instant.

The page of a harvest is asked in SQL, not through the ORM: composing that query again for every
page took longer than reading its hundred rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Min

from traam.catalogue.models import Act, HarvestSet, Membership, Notice
from traam.catalogue.sets import ROOTS
from traam.dissemination.models import Rendering
from traam.dissemination.oai import dublin_core

_NOTICE = Notice._meta.db_table
_MEMBER = Membership._meta.db_table
_RENDERING = Rendering._meta.db_table
_ALL = f"FROM {_NOTICE} n"
_MEMBERS = f"FROM {_MEMBER} m JOIN {_NOTICE} n ON n.id = m.notice_id"
_READY = f"LEFT JOIN {_RENDERING} r ON r.notice_id = n.id AND r.form = {dublin_core.FORM}"
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)  # before every notice
After = tuple[datetime, int]


class Row(NamedTuple):
    """A current notice in a harvest. `oai_dc`: its metadata, when they were asked."""

    pk: int
    ark: str
    act: str
    datestamp: datetime  # UTC; naive when it comes from SQLite
    sets: str
    oai_dc: str | None = None


@dataclass(frozen=True, kw_only=True)
class Harvest:
    """What is harvested: a set ("" for all), from an instant to another, both inclusive."""

    spec: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def _conditions(self, after: After | None) -> tuple[str, str, list[Any]]:
        """The columns of the order, the WHERE and its values.

        One lower bound only, always there: SQLite then looks in the index, where the table would
        be read to count. Both engines find a row value in it; `d > x OR (d = x AND i > y)` would
        read all that share an instant.
        """
        date, key = ("m.datestamp", "m.notice_id") if self.spec else ("n.datestamp", "n.id")
        found: list[tuple[str, list[Any]]] = [
            ("m.harvest_set_id = (SELECT id FROM {} WHERE spec = %s)", [self.spec])
            if self.spec
            else ("n.is_current", [])
        ]
        if after:
            found.append((f"({date}, {key}) > (%s, %s)", [_adapted(after[0]), after[1]]))
        else:
            found.append((f"{date} >= %s", [_adapted(self.since or _BEGINNING)]))
        if self.until:
            found.append((f"{date} <= %s", [_adapted(self.until)]))
        where = " AND ".join(sql for sql, _ in found).format(HarvestSet._meta.db_table)
        return f"{date}, {key}", where, [value for _, values in found for value in values]

    def size(self) -> int:
        source = f"FROM {_MEMBER} m" if self.spec else _ALL
        _, where, values = self._conditions(None)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) {source} WHERE {where}", values)
            return int(cursor.fetchone()[0])

    def rows(self, *, after: After | None, limit: int, with_records: bool) -> list[Row]:
        """At most `limit` rows after this (datestamp, key), the oldest first."""
        source = _MEMBERS if self.spec else _ALL
        order, where, values = self._conditions(after)
        columns, join = "n.id, n.ark, n.act, n.datestamp, n.sets", ""
        if with_records:
            columns, join = f"{columns}, r.oai_dc", _READY
        sql = f"SELECT {columns} {source} {join} WHERE {where} ORDER BY {order} LIMIT {int(limit)}"
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows = [Row(*found) for found in cursor.fetchall()]
        return _completed(rows) if with_records else rows


def _adapted(instant: datetime) -> Any:
    """As the engine keeps it (SQLite: naive, UTC)."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return connection.ops.adapt_datetimefield_value(aware)


def _completed(rows: list[Row]) -> list[Row]:
    """The rows, those that have no rendering yet rendered now, in one more query."""
    wanted = [row.pk for row in rows if row.oai_dc is None and row.act != Act.WITHDRAWN]
    if not wanted:
        return rows
    found = Notice.objects.filter(pk__in=wanted)
    made = {
        pk: dublin_core.metadata(record, ark=ark, day=at.astimezone(UTC).date().isoformat())
        for pk, ark, record, at in found.values_list("pk", "ark", "record", "first_published_at")
    }
    return [row._replace(oai_dc=made.get(row.pk, row.oai_dc)) for row in rows]


def row_of(*, ark: str) -> Row | None:
    """The current version of one notice with its metadata, tombstones included."""
    fields = ("pk", "ark", "act", "datestamp", "sets")
    found = Notice.objects.current().filter(ark=ark).values_list(*fields)
    return next(iter(_completed([Row(*values) for values in found])), None)


def earliest() -> datetime | None:
    """The lower limit of every datestamp; None when there is no notice."""
    found: datetime | None = Notice.objects.current().aggregate(at=Min("datestamp"))["at"]
    return found


def leaf_sets(*, after: str, limit: int) -> Sequence[tuple[str, str]]:
    """(setSpec, name) of at most `limit` sets other than the roots, in the order of their spec."""
    leaves = HarvestSet.objects.exclude(spec__in=list(ROOTS)).filter(spec__gt=after)
    return list(leaves.order_by("spec").values_list("spec", "name")[:limit])


def leaf_sets_count() -> int:
    return HarvestSet.objects.exclude(spec__in=list(ROOTS)).count()
