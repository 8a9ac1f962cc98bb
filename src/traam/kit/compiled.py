"""Queries that are asked many times a second, compiled once: only their parameters change.

Django builds and compiles a query each time it is asked, which costs five to ten times what the
database takes to answer a small one. This keeps the SQL that Django made of a `values_list()`, and
the converters of its columns, so that an answer is the very one that the queryset would give. For
the few queries of the busiest pages; anywhere else, a queryset.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

Row = tuple[Any, ...]
FIRST_PLACE = -9_007_199_254_740_000  # that no row holds


@dataclass(frozen=True, slots=True)
class _Made:
    """The SQL, where each parameter goes (by its rank, or a value), what reads each column."""

    sql: str
    params: Sequence[Any]
    ranks: Mapping[int, int]
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]


class Compiled:
    """`build` takes the parameters, of these types, and gives a `values_list()`."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *types: type[int | str]) -> None:
        self.build, self.types = build, types
        self.made: dict[str, _Made] = {}  # by database: each has its own SQL

    def rows(self, *given: int | str) -> list[Row]:
        """What the queryset would give for these parameters."""
        made = self.made.get(connection.vendor) or self._make()
        params = list(made.params)
        for place, rank in made.ranks.items():
            params[place] = self.types[rank](given[rank])
        with connection.cursor() as cursor:
            cursor.execute(made.sql, params)
            found = cursor.fetchall()
        return [_read(row, made) for row in found] if made.converters else found

    def _make(self) -> _Made:
        places = [_place(kind, rank) for rank, kind in enumerate(self.types)]
        query: Any = self.build(*places).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns).items()
        made = _Made(
            sql,
            params,
            {at: places.index(each) for at, each in enumerate(params) if each in places},
            [(at, functions, column) for at, (functions, column) in converters],
        )
        self.made[connection.vendor] = made
        return made


def _place(kind: type[int | str], rank: int) -> int | str:
    return f"\ue000place {rank}" if kind is str else FIRST_PLACE + rank


def _read(row: Row, made: _Made) -> Row:
    values = list(row)
    for at, functions, column in made.converters:
        for function in functions:
            values[at] = function(values[at], column, connection)
    return tuple(values)
