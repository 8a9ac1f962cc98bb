"""The last key that each table gave: kept, so that a restored system never gives a key again to
someone else (an erased person's messages and acts are told by the key alone)."""

from collections.abc import Mapping

from django.db import connection

from traam.config.archive.tables import Table


def read(tables: list[Table]) -> dict[str, int]:
    """The last key given in each table that numbers its rows."""
    if connection.vendor == "sqlite":
        names = {table._meta.db_table for table in tables}
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
            return {name: last for name, last in cursor.fetchall() if name in names}
    with connection.cursor() as cursor:
        return {name: last for name, last in _postgresql(cursor, tables) if last}


def _postgresql(cursor, tables: list[Table]) -> list[tuple[str, int]]:  # type: ignore[no-untyped-def]
    found = []
    for table in tables:
        if sequence := _sequence(cursor, table):
            last = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608
            cursor.execute(last)
            found.append((table._meta.db_table, cursor.fetchone()[0]))
    return found


def _sequence(cursor, table: Table) -> str | None:  # type: ignore[no-untyped-def]
    meta = table._meta
    quoted = connection.ops.quote_name(meta.db_table)
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, meta.pk.column])
    name: str | None = cursor.fetchone()[0]
    return name


def write(tables: list[Table], last: Mapping[str, int]) -> None:
    """Go on from there."""
    with connection.cursor() as cursor:
        for table in tables:
            name = table._meta.db_table
            if not (value := last.get(name)):
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [name, value])
            elif sequence := _sequence(cursor, table):
                cursor.execute("SELECT setval(%s, %s)", [sequence, value])
