"""The engine over the table of the notices."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from tests.catalogue.search.factories import Clock, RecordFactory, terms
from traam.catalogue.models import Act, Notice
from traam.catalogue.record import Record
from traam.catalogue.search import Engine, Request, engine, forget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path: Path) -> Iterator[None]:
    settings.INDEX_ROOT = tmp_path / "index"
    forget()
    yield
    forget()


@pytest.fixture
def publish(now: datetime):
    """Write versions as the actions do, one sequence number after the other."""
    written = Notice.objects.count()

    def write(ark: str, record: Record, act: Act = Act.PUBLISHED) -> Notice:
        nonlocal written
        written += 1
        versions = Notice.objects.filter(ark=ark)
        versions.update(is_current=False)
        return Notice.objects.create(
            ark=ark,
            version=versions.count() + 1,
            act=act,
            sequence=written,
            datestamp=now,
            first_published_at=now,
            origin=f"test:{ark}",
            record=record.as_data(),
            digest=record.digest(),
            reason="" if act == Act.PUBLISHED else "essai",
        )

    return write


def arks(found: Engine) -> list[str]:
    return [hit.ark for hit in found.search(Request(sort="titre")).hits]


def test_engine_follows_publications_corrections_and_withdrawals(publish) -> None:
    publish("a", RecordFactory(title="A"))
    publish("b", RecordFactory(title="B"))
    first = engine().follow(), arks(engine())
    publish("a", RecordFactory(title="A corrigé", tools=terms("o")), Act.CORRECTED)
    publish("b", RecordFactory(title="B"), Act.WITHDRAWN)
    late = engine().caught_up()
    second = engine().follow(), arks(engine())

    assert (first, late, second) == ((2, ["a", "b"]), False, (2, ["a"]))
    assert (engine().sequence, engine().caught_up()) == (4, True)
    assert engine().search(Request(text="corrigé")).total == 1


def test_engine_reads_batch_after_batch(publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("traam.catalogue.search.source._BATCH", 2)
    for number in range(5):
        publish(f"n{number}", RecordFactory())

    assert engine().rebuild() == 5
    assert engine().search(Request()).total == 5


def test_engine_forgets_what_was_rolled_back(publish) -> None:
    publish("a", RecordFactory(title="A"))
    engine().follow()
    with transaction.atomic():
        publish("b", RecordFactory(title="B"))
        engine().follow()
        during = arks(engine())
        transaction.set_rollback(True)

    engine().follow()

    assert (during, arks(engine())) == (["a", "b"], ["a"])


def test_engine_is_one_for_each_folder(settings, tmp_path: Path) -> None:
    one = engine()
    settings.INDEX_ROOT = tmp_path / "other"

    assert one is not engine()
    assert engine() is engine()


@pytest.mark.parametrize("count", [1, 3])
def test_search_touches_no_row(publish, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        publish(f"n{number}", RecordFactory())
    clock = Clock()
    engine().clock = clock
    engine().follow()

    with django_assert_num_queries(0):
        assert engine().search(Request(text="titre")).total == count

    clock.time = 0.5
    with django_assert_num_queries(2):  # other vocabularies? other notices?
        engine().search(Request(text="titre"))
