"""The shipped vocabularies, read once from their files by a worker, then put back as they were."""

from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from traam.reference.actions import prepare

Statements = list[tuple[str, Any]]
_kept: dict[datetime, Statements] = {}


def vocabularies(*, now: datetime) -> None:
    """As `prepare` in a new folder; where the tables hold anything already, `prepare` itself."""
    if any(model._default_manager.exists() for model in _models()):
        prepare(now=now)
    elif now in _kept:
        with connection.cursor() as cursor:
            for sql, values in _kept[now]:
                cursor.execute(sql, values)
    else:
        prepare(now=now)
        _kept[now] = _statements()


@cache
def _models() -> tuple[type[Model], ...]:
    return tuple(apps.get_app_config("reference").get_models(include_auto_created=True))


def _statements() -> Statements:
    """What writes the present rows in empty tables: what the ORM asks to, undone at once."""
    asked: Statements = []

    def listen(execute, sql, values, many, context):
        asked.append((sql, values))
        return execute(sql, values, many, context)

    rows = [(model, list(model._default_manager.order_by("pk"))) for model in _models()]
    for model, _ in reversed(rows):
        model._default_manager.all()._raw_delete(connection.alias)
    with transaction.atomic(), connection.execute_wrapper(listen):
        for model, kept in rows:
            model._default_manager.bulk_create(kept, batch_size=500)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)
    return asked
