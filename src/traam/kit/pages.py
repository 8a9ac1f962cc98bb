"""Pages of a long list of wide rows."""

from typing import Any, TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class WidePages(Paginator[Row]):
    """Given a queryset, the database sorts its keys alone; only the rows shown are read whole."""

    def _get_page(self, object_list: Any, number: int, paginator: Paginator[Row]) -> Page[Row]:
        keys = list(object_list.values_list("pk", flat=True))
        whole = cast("QuerySet[Row]", self.object_list)
        rows = whole.order_by().in_bulk(keys)
        return Page([rows[key] for key in keys], number, paginator)
