"""Deeds recorded together leave the same lines as one by one, in their order."""

from typing import Any

import pytest

from traam.journal.actions import Deed, record, record_all
from traam.journal.models import Entry
from traam.journal.rules import Unfit

pytestmark = pytest.mark.django_db
DEEDS = [
    Deed("notice.publish", "notice:t1", after={"version": 1}),
    Deed("notice.correct", "notice:t1", {"version": 1}, {"version": 2}),
    Deed("load.check", "load:3"),
]


def lines() -> list[Any]:
    names = ("at", "actor", "on_behalf_of", "verb", "subject", "before", "after", "seal")
    return list(Entry.objects.order_by("pk").values_list(*names))


def test_deeds_recorded_together_are_those_recorded_one_by_one(now) -> None:
    for deed in DEEDS:
        record(
            actor=7,
            verb=deed.verb,
            subject=deed.subject,
            before=deed.before,
            after=deed.after,
            now=now,
        )
    one_by_one = lines()

    record_all(deeds=DEEDS, actor=7, now=now)

    assert lines()[3:] == one_by_one


@pytest.mark.parametrize(
    "unfit",
    [
        Deed("Publish", "notice:t1"),
        Deed("notice.publish", "a@b"),
        Deed("notice.publish", "notice:t1", after={"mail": "a@b.fr"}),
    ],
)
def test_one_unfit_deed_leaves_none(now, unfit: Deed) -> None:
    with pytest.raises(Unfit):
        record_all(deeds=[*DEEDS, unfit], actor=None, now=now)

    assert lines() == []


def test_deeds_are_recorded_in_one_query(now, django_assert_num_queries) -> None:
    for count in (1, 3):
        with django_assert_num_queries(1):
            record_all(deeds=DEEDS[:count], actor=None, now=now)
