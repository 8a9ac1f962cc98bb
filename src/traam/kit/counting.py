"""Several counts asked of the database at once: one query, a sub-query for each."""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Func, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.fields import Field, IntegerField
from django.db.models.sql import Query


def counts(**querysets: QuerySet[Any, Any]) -> dict[str, int]:
    """What `count()` would say of each of them, by the name it is given; one query."""
    found = values_of(**{name: count_of(rows) for name, rows in querysets.items()})
    return {name: number or 0 for name, number in found.items()}


def values_of(**subqueries: Subquery) -> dict[str, Any]:
    """The value of each of these, which say nothing of a query around them; one query."""
    if not subqueries:
        return {}
    query: Any = Query(None)  # as Django checks a constraint: SELECT (…) AS a, (…) AS b, no FROM
    query.annotations.update(subqueries)  # as they are: there is nothing around to resolve
    [row] = query.get_compiler(DEFAULT_DB_ALIAS).results_iter()
    return dict(zip(subqueries, row, strict=True))


def count_of(rows: QuerySet[Any, Any]) -> Subquery:
    """Its `count()` as a sub-query; NULL of a queryset known beforehand to be empty."""
    if rows.query.is_sliced or rows.query.group_by is not None:
        rows = rows.model._base_manager.filter(pk__in=rows.values("pk"))
    return of_all(rows, "COUNT(DISTINCT %s)" if rows.query.distinct else "COUNT(%s)", "pk")


def number_of(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    """Its `count()` as a queryset of one row, to be read with others (`kit.together`); of no row
    where it is known beforehand to be empty: `number_in` says 0 of that."""
    function = (
        "COUNT(DISTINCT %(expressions)s)" if rows.query.distinct else "COUNT(%(expressions)s)"
    )
    counted = Func("pk", template=function, output_field=IntegerField())
    return rows.order_by().values_list(counted, flat=True)


def sum_of(rows: QuerySet[Any, Any], value: str, output: Field[Any, Any]) -> QuerySet[Any, Any]:
    """As `number_of`, the sum of a value; its one row is NULL where there is none."""
    summed = Func(value, template="SUM(%(expressions)s)", output_field=output)
    return rows.order_by().values_list(summed, flat=True)


def number_in(rows: Iterable[int]) -> int:
    """The number that `number_of` was read as."""
    return next(iter(rows), 0)


def of_all(
    rows: QuerySet[Any, Any],
    function: str,
    value: str | Combinable,
    output: Field[Any, Any] | None = None,
) -> Subquery:
    """« COUNT(%s) », « SUM(%s) »… of a value (a path, an expression) of all these rows, as a
    sub-query: an aggregate of Django would group them."""
    template = function % "%(expressions)s"
    found = Func(value, template=template, output_field=output or IntegerField())
    return Subquery(rows.order_by().values(found=found))
