"""Several at once, on PostgreSQL: numbers appear in their order, a production is published once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, transaction

from tests.catalogue.factories import RecordFactory
from traam.catalogue.actions import publish
from traam.catalogue.models import Notice, Sequence

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Result = TypeVar("Result")


def at_once(*calls: Callable[[], Result]) -> list[Result]:
    """Run these together, each on its own connection."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Result]) -> Result:
        start.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_notices_published_at_once_have_each_their_number_and_name(now: datetime) -> None:
    records = RecordFactory.build_batch(8)

    notices = at_once(
        *(
            lambda record=record, n=n: publish(
                record=record, origin=f"archive:R{n}", now=now, actor=None
            )
            for n, record in enumerate(records)
        )
    )

    assert sorted(notice.sequence for notice in notices) == list(range(1, 9))
    assert len({notice.ark for notice in notices}) == 8
    assert Sequence.objects.get().last == 8


def test_one_production_published_at_once_is_one_notice(now: datetime) -> None:
    record = RecordFactory()

    notices = at_once(
        *[lambda: publish(record=record, origin="archive:R1", now=now, actor=None)] * 4
    )

    assert {notice.pk for notice in notices} == {Notice.objects.get().pk}


def test_number_given_later_is_never_seen_before_an_earlier_one(now: datetime) -> None:
    """The second waits for the end of the first's transaction: a follower misses nothing."""
    seen: list[list[int]] = []
    opened = Barrier(2)

    def slow() -> None:
        with transaction.atomic():
            publish(record=RecordFactory(), origin="archive:R1", now=now, actor=None)
            opened.wait()
            seen.append(
                list(Notice.objects.order_by("sequence").values_list("sequence", flat=True))
            )

    def other() -> None:
        opened.wait()
        publish(record=RecordFactory(), origin="archive:R2", now=now, actor=None)
        seen.append(list(Notice.objects.order_by("sequence").values_list("sequence", flat=True)))

    at_once(slow, other)

    assert seen == [[1], [1, 2]]
