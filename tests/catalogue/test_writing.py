"""Versions written together leave what as many single acts leave: rows, names, numbers, lines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.catalogue.factories import RecordFactory
from traam.catalogue import memberships, writing
from traam.catalogue.actions import amend, put, withdraw
from traam.catalogue.models import Act, HarvestSet, Membership, Notice, Sequence
from traam.catalogue.record import Record, Term
from traam.catalogue.writing import Writer
from traam.journal.models import Entry

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 21, 8, 0, 0, 999, tzinfo=UTC)
REASON = "La ligne a changé"
PERSON = 7


def records() -> list[Record]:
    """Five, in sets that they share; the third gives another name to the theme of the first."""
    theme = Term(code="svt-1", label="Observer")
    return [
        RecordFactory(title="Un", theme=theme, academies=(Term(code="09", label="Lille"),)),
        RecordFactory(title="Deux", years=("2021-2022", "2022-2023")),
        RecordFactory(title="Trois", theme=replace(theme, label="Observer, encore")),
        RecordFactory(title="Quatre", years=()),
        RecordFactory(title="Cinq", disciplines=(Term(code="SVT", label="SVT"),), is_archive=True),
    ]


def changed(record: Record) -> Record:
    return replace(record, title=f"{record.title} bis", years=("2017-2018",))


def one_by_one(now: datetime) -> None:
    for number, record in enumerate(records()):
        put(record=record, origin=f"archive:R{number}", now=now, person=PERSON)
    for notice in Notice.objects.order_by("sequence")[1:4]:
        amend(
            ark=notice.ark,
            record=changed(notice.frozen()),
            reason=REASON,
            now=LATER,
            person=PERSON,
        )


def together(now: datetime) -> None:
    writer = Writer(now=now, person=PERSON)
    for number, record in enumerate(records()):
        writer.publish(record=record, origin=f"archive:R{number}")
    writer.flush()
    writer = Writer(now=LATER, person=PERSON)
    for notice in list(Notice.objects.order_by("sequence")[1:4]):
        record = changed(notice.frozen())
        writer.follow(notice, act=Act.CORRECTED, record=record, reason=REASON)
    writer.flush()


def left_by(act: Callable[[datetime], None], now: datetime) -> dict[str, Any]:
    """Every row that this writes, in its order, without keys; then it is undone."""
    with transaction.atomic():
        act(now)
        said = {
            "notices": _values(Notice, "sequence", without={"id"}),
            "counter": _values(Sequence, "pk", without={"id"}),
            "sets": _values(HarvestSet, "spec", without={"id"}),
            "memberships": sorted(
                Membership.objects.values_list(
                    "notice__ark", "notice__version", "harvest_set__spec", "datestamp"
                )
            ),
            "journal": _values(Entry, "pk", without={"id"}),
        }
        transaction.set_rollback(True)
    return said


def _values(model: Any, order: str, *, without: set[str]) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    return list(model.objects.order_by(order).values(*(set(names) - without)))


@pytest.mark.parametrize("batch", [1, 2, 3, 500])
def test_versions_written_together_are_those_of_single_acts(
    now: datetime, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = left_by(one_by_one, now)

    monkeypatch.setattr(writing, "BATCH", batch)
    found = left_by(together, now)

    assert found == expected
    assert [len(rows) for rows in expected.values()] == [8, 1, 14, 29, 8]


def test_memberships_made_again_are_the_same(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    together(now)
    withdraw(ark=Notice.objects.order_by("pk")[0].ark, reason="Une raison.", now=LATER, actor=None)
    kept = set(Membership.objects.values_list("harvest_set", "notice", "datestamp"))

    monkeypatch.setattr(memberships, "BATCH", 2)
    memberships.rebuild()

    assert set(Membership.objects.values_list("harvest_set", "notice", "datestamp")) == kept


def test_nothing_to_write_asks_nothing(now: datetime, django_assert_num_queries: Any) -> None:
    writer = Writer(now=now, person=None)

    with django_assert_num_queries(0):
        writer.flush()


def test_number_of_queries_does_not_grow_with_the_versions(
    now: datetime, django_assert_num_queries: Any
) -> None:
    for count in (1, 3):
        writer = Writer(now=now + timedelta(hours=count), person=None)
        for number in range(count):
            writer.publish(record=RecordFactory(), origin=f"archive:R{count}-{number}")
        # Counter; notices; sets, their keys, memberships; journal.
        with django_assert_num_queries(6):
            writer.flush()
