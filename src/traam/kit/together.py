"""What several parts of a page ask, asked together: a query a round, however many the parts.

An asking is a generator: where it needs rows it yields a queryset, or several, and goes on with
them once they are read. All the querysets that are waited for at one time are read by one query,
each a column: its rows as a JSON array, which Django then reads as it does those that a database
gives (instances, tuples, related rows alike).
"""

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.dateparse import parse_datetime, parse_time

from traam.kit.compiled import fill

T = TypeVar("T")
R = TypeVar("R")
Row = list[Any]
Ask = QuerySet[Any, Any] | tuple[QuerySet[Any, Any], ...]
Asking = Generator[Ask, Any, R]  # asks, then gives R
Part = Generator[T | Ask, Any, None]  # asks, and shows T

ARGUMENTS_MAX = 100  # of a function, on either database
_ROW = {"sqlite": "json_array", "postgresql": "json_build_array"}
_COLUMN = {
    "sqlite": "(SELECT json_group_array({row}) FROM ({rows}) AS a)",
    "postgresql": "(SELECT json_agg({row})::text FROM ({rows}) AS a)",
}
# What JSON does not bring back as it is: read by a query of its own.
_APART = {"sqlite": {"BinaryField", "FloatField"}, "postgresql": {"BinaryField", "DurationField"}}
# SQLite keeps these as the text or the number that Django reads; for PostgreSQL its driver does.
_READERS: dict[str, dict[str, Callable[[str], object]]] = {
    "sqlite": {},
    "postgresql": {
        "DateField": date.fromisoformat,
        "DateTimeField": parse_datetime,
        "DecimalField": Decimal,
        "JSONField": str,
        "TimeField": parse_time,
        "UUIDField": UUID,
    },
}


def answer(asking: Asking[R]) -> R:
    """What it gives, once all that it asks is read: a query a round."""
    told: Ask | None = None
    while True:
        try:
            told = asking.send(told)
        except StopIteration as end:
            found: R = end.value
            return found
        read(_each(told))


def gather(askings: Iterable[Asking[R]]) -> Asking[list[R]]:
    """What each of them gives, in their order; they ask at the same time."""
    rooms = list(askings)
    found: dict[int, R] = {}
    told: dict[int, Ask | None] = dict.fromkeys(range(len(rooms)))
    while told:
        asked: dict[int, Ask | None] = {}
        for place, given in told.items():
            try:
                asked[place] = rooms[place].send(given)
            except StopIteration as end:
                found[place] = end.value
        told = asked
        if told:
            yield tuple(one for ask in told.values() for one in _each(ask))
    return [found[place] for place in range(len(rooms))]


def shown(part: Part[T]) -> Asking[list[T]]:
    """What a part has to show, whole."""
    found: list[T] = []
    told: Ask | None = None
    while True:
        try:
            given = part.send(told)
        except StopIteration:
            return found
        told = None
        if isinstance(given, QuerySet | tuple):
            told = yield given
        else:
            found.append(given)


def _each(ask: Ask | None) -> tuple[QuerySet[Any, Any], ...]:
    return ask if isinstance(ask, tuple) else (ask,) if ask is not None else ()


# -- several querysets, one query


def read(querysets: Iterable[QuerySet[Any, Any]]) -> None:
    """Evaluate those that are not: one query, and one for each relation they prefetch."""
    left: dict[int, Any] = {id(one): one for one in querysets if one._result_cache is None}
    columns = [one for one in map(_Column, left.values()) if one.sql]
    if len(columns) > 1:
        with connection.cursor() as cursor:
            words = ", ".join(one.sql for one in columns)
            cursor.execute(f"SELECT {words}", [each for one in columns for each in one.params])
            found = cursor.fetchone()
        for column, text in zip(columns, found, strict=True):
            column.read(text)
    _prefetch(left.values())


class _Column:
    """The rows of a queryset as one value; no `sql`: it is read by itself, or known to be empty."""

    def __init__(self, queryset: Any) -> None:
        self.queryset, self.sql = queryset, ""
        vendor, quoted = connection.vendor, connection.ops.quote_name
        self.compiler: Any = queryset.query.get_compiler(queryset.db)
        if queryset.query.combinator:
            return
        try:
            rows, self.params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            queryset._result_cache = []
            return
        kinds = [_kind(value) for value, *_ in self.compiler.select]
        if _APART[vendor].intersection(kinds):
            return
        readers = _READERS[vendor]
        self.readers = [(at, readers[kind]) for at, kind in enumerate(kinds) if kind in readers]
        columns = [quoted(name) for *_, name in self.compiler.select]
        for at, _ in self.readers:
            columns[at] += "::text"
        row = _calls(_ROW[vendor], [_calls(_ROW[vendor], part) for part in _parts(columns)])
        self.sql = _COLUMN[vendor].format(row=row, rows=rows)

    def read(self, text: str | None) -> None:
        """Evaluate the queryset from this value."""
        fill(self.queryset, self.compiler, list(self._rows(text)))

    def _rows(self, text: str | None) -> Iterator[Row]:
        rows: list[list[Row]] = json.loads(text or "[]")
        for parts in rows:
            row = list(chain.from_iterable(parts))
            for at, reader in self.readers:
                if row[at] is not None:
                    row[at] = reader(row[at])
            yield row


def _calls(function: str, arguments: Iterable[str]) -> str:
    return f"{function}({', '.join(arguments)})"


def _parts(columns: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as a function takes."""
    for start in range(0, len(columns), ARGUMENTS_MAX):
        yield columns[start : start + ARGUMENTS_MAX]


def _kind(value: Any) -> str:
    """What a column holds: the kind of its field, of the one it points at for a relation."""
    field: Any = value.output_field
    while field.is_relation:
        field = field.target_field
    return str(field.get_internal_type())


def _prefetch(querysets: Iterable[Any]) -> None:
    """What several querysets of a model prefetch is fetched for all of them at once."""
    wanted: dict[tuple[Any, ...], list[Any]] = {}
    for one in querysets:
        lookups = one._prefetch_related_lookups
        if lookups and one._result_cache and all(isinstance(each, str) for each in lookups):
            wanted.setdefault((one.model, *lookups), []).append(one)
    for (_, *lookups), several in wanted.items():
        prefetch_related_objects([each for one in several for each in one._result_cache], *lookups)
        for one in several:
            one._prefetch_done = True
