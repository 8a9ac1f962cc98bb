"""Pages read by their keys: the same rows, in the same order, in two queries."""

from typing import Any

import pytest

from tests.catalogue.factories import HarvestSetFactory
from traam.catalogue.models import HarvestSet
from traam.kit.pages import WidePages

pytestmark = pytest.mark.django_db


def test_wide_pages_hold_the_rows_in_their_order() -> None:
    for spec in "caebd":
        HarvestSetFactory(spec=spec)

    pages = WidePages(HarvestSet.objects.exclude(spec="d").order_by("-spec", "pk"), 3)

    assert [one.spec for one in pages.page(1)] == ["e", "c", "b"]
    assert [one.spec for one in pages.page(2)] == ["a"]
    assert (pages.count, pages.num_pages) == (4, 2)
    assert pages.get_page("zéro").number == 1
    assert pages.get_page("9").number == 2


def test_wide_pages_of_nothing_have_one_empty_page() -> None:
    page = WidePages(HarvestSet.objects.order_by("pk"), 3).get_page(None)

    assert (list(page), page.number, page.paginator.num_pages) == ([], 1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_wide_pages_ask_three_queries(count: int, django_assert_num_queries: Any) -> None:
    HarvestSetFactory.create_batch(count)

    # The count, the keys, the rows.
    with django_assert_num_queries(3):
        assert len(WidePages(HarvestSet.objects.order_by("pk"), 3).get_page("1")) == count
