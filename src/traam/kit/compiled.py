"""Queries that are asked many times a second, compiled once: only their parameters change.

Django builds and compiles a query each time it is asked, which costs five to ten times what the
database takes to answer a small one. This keeps the SQL that Django made of a queryset, and what
reads its rows, so that an answer is the very one that the queryset would give. For the few queries
of the busiest pages and what every act begins with; anywhere else, a queryset.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
Row = tuple[Any, ...]
FIRST_PLACE = -9_007_199_254_740_000  # that no row holds


@dataclass(frozen=True, slots=True)
class _Made:
    """The SQL, where each parameter goes (by its rank, or a value), what reads its rows."""

    sql: str
    params: Sequence[Any]
    ranks: Mapping[int, int]
    queryset: Any
    compiler: Any
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]


class Compiled(Generic[M]):
    """`build` takes the parameters, of these types, and gives a `values_list()` for `rows`, or
    instances for `get`."""

    def __init__(self, build: Callable[..., QuerySet[M, Any]], *types: type[int | str]) -> None:
        self.build, self.types = build, types
        self.made: dict[str, _Made] = {}  # by database: each has its own SQL

    def rows(self, *given: int | str) -> list[Row]:
        """What the `values_list()` would give for these parameters."""
        made, found = self._asked(given)
        return [_read(row, made) for row in found] if made.converters else found

    def get(self, *given: int | str) -> M:
        """What `get()` would give for these parameters, with its relations. Raises as it does."""
        made, found = self._asked(given)
        if not found:
            raise made.queryset.model.DoesNotExist
        if len(found) > 1:
            raise made.queryset.model.MultipleObjectsReturned
        rows = made.queryset._chain()
        fill(rows, made.compiler, found)
        [one] = rows
        return cast(M, one)

    def _asked(self, given: Sequence[int | str]) -> tuple[_Made, list[Row]]:
        made = self.made.get(connection.vendor) or self._make()
        if made.queryset.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("A row is kept until the end of a transaction.")
        params = list(made.params)
        for place, rank in made.ranks.items():
            params[place] = self.types[rank](given[rank])
        with connection.cursor() as cursor:
            cursor.execute(made.sql, params)
            return made, cursor.fetchall()

    def _make(self) -> _Made:
        places = [_place(kind, rank) for rank, kind in enumerate(self.types)]
        queryset = self.build(*places)
        query: Any = queryset.query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns).items()
        made = _Made(
            sql,
            params,
            {at: places.index(each) for at, each in enumerate(params) if each in places},
            queryset,
            compiler,
            [(at, functions, column) for at, (functions, column) in converters],
        )
        self.made[connection.vendor] = made
        return made


def fill(queryset: Any, compiler: Any, rows: Sequence[Sequence[Any]]) -> None:
    """The queryset reads these rows of the database as if its own query had brought them;
    `compiler`: the one that made the SQL."""
    reader = copy(compiler)
    reader.execute_sql = lambda *_, **__: [rows]
    query = queryset.query
    query.get_compiler = lambda *_, **__: reader
    queryset._result_cache = list(queryset._iterable_class(queryset))
    del query.get_compiler


def _place(kind: type[int | str], rank: int) -> int | str:
    return f"\ue000place {rank}" if kind is str else FIRST_PLACE + rank


def _read(row: Row, made: _Made) -> Row:
    values = list(row)
    for at, functions, column in made.converters:
        for function in functions:
            values[at] = function(values[at], column, connection)
    return tuple(values)
