"""The shipped vocabularies, loaded once for a whole module of tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.vocabularies import vocabularies

EARLIER = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@contextmanager
def vocabularies_of_a_module(blocker: DjangoDbBlocker) -> Iterator[None]:
    """In one transaction around the tests of the module, undone after the last."""
    with blocker.unblock(), transaction.atomic():
        vocabularies(now=EARLIER)
        yield
        transaction.set_rollback(True)
