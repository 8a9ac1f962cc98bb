"""The rows of every table as JSON, the same from SQLite and from PostgreSQL, and back.

A row is an object: the name of each column's attribute, and its value as JSON writes it: instants
in ISO 8601 in UTC, durations, decimals and UUIDs as text, bytes in base 64. Models come from the
migrations' own history, so that an older backup is read as it was written, then migrated.
"""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.duration import duration_iso_string

BATCH = 500  # rows
Node = tuple[str, str]
Table = type[models.Model]


@contextmanager
def snapshot() -> Iterator[None]:
    """One instant of the database for all that is read within, without stopping those who write."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        mode = getattr(connection, "transaction_mode", None)
        vars(connection)["transaction_mode"] = "DEFERRED"  # the default takes the writers' lock
        try:
            with transaction.atomic():
                yield
        finally:
            vars(connection)["transaction_mode"] = mode
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def applied() -> list[Node]:
    """The migrations that made the present tables."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def unknown(nodes: list[Node]) -> list[Node]:
    """Those of these migrations that this version of the program has not."""
    graph = MigrationExecutor(connection).loader.graph
    return [node for node in nodes if node not in graph.nodes]


def migrate_to(nodes: list[Node]) -> Apps:
    """Make the tables of these migrations in an empty database; their models."""
    executor = MigrationExecutor(connection)
    executor.migrate(_last(executor, nodes))
    return history(nodes)


def history(nodes: list[Node]) -> Apps:
    """The models as these migrations made them."""
    executor = MigrationExecutor(connection)
    registry: Apps = executor.loader.project_state(_last(executor, nodes)).apps
    return registry


def _last(executor: MigrationExecutor, nodes: list[Node]) -> list[Node]:
    """Of these migrations, those on which none of the others stands."""
    known = [executor.loader.graph.node_map[node] for node in nodes]
    inner = {parent.key for node in known for parent in node.parents}
    return [node for node in nodes if node not in inner]


def tables(registry: Apps) -> list[Table]:
    """Every table, by its name. Their order is free: foreign keys are checked once at the end."""
    found = registry.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted(kept, key=lambda model: model._meta.db_table)


def fields(table: Table) -> list[Any]:
    """The stored columns of a table."""
    return [field for field in table._meta.local_concrete_fields if not field.generated]


def dump(table: Table, file: IO[bytes]) -> int:
    """Write the table, a row a line; how many rows."""
    names = [field.attname for field in fields(table)]
    rows = table._base_manager.order_by("pk").values_list(*names)
    count = 0
    for row in rows.iterator(chunk_size=2000):
        values = dict(zip(names, row, strict=True))
        line = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_as_json)
        file.write(f"{line}\n".encode())
        count += 1
    return count


def _as_json(value: object) -> str:
    match value:
        case datetime():
            return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(f"a column holds a {type(value).__name__}, which the archive cannot write")


def defer_constraints() -> None:
    """Foreign keys wait for the transaction's end: the order of tables is free."""
    if connection.vendor == "postgresql":  # a migration may have asked for the contrary
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def load(table: Table, file: IO[bytes]) -> int:
    """Write back what `dump` wrote, keys included; how many rows. The table keeps nothing else.

    In one transaction for all tables: foreign keys are checked at its end.
    """
    with connection.cursor() as cursor:  # what a migration may have put there; cascades nowhere
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table._meta.db_table)}")  # noqa: S608
    columns = fields(table)
    for field in columns:
        field.auto_now = field.auto_now_add = False  # the row keeps the instants it had
    count, batch = 0, []
    for line in file:
        values = json.loads(line)
        read = {field.attname: field.to_python(values[field.attname]) for field in columns}
        batch.append(table(**read))
        if len(batch) == BATCH:
            count += len(table._base_manager.bulk_create(batch))
            batch = []
    return count + len(table._base_manager.bulk_create(batch))
