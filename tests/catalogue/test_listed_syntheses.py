"""The notices of syntheses are found among all others, by an index of their own."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.catalogue.factories import NoticeFactory
from traam.catalogue import queries
from traam.catalogue.models import Act, Notice
from traam.kit.tasks import keep_statistics

pytestmark = pytest.mark.django_db
INDEX = "notice_of_synthesis"


@pytest.fixture
def others() -> None:
    """Notices of which none is a synthesis written here."""
    for number in range(300):
        NoticeFactory(origin=f"archive:R{number}")
    for origin in ("synthese", "essai:synthese:1", "Synthese:1"):
        NoticeFactory(origin=origin)


def _explained(asked: str) -> str:
    """How the database would answer; PostgreSQL reads a small table whole unless it is told."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        cursor.execute(plan + asked)
        return str(cursor.fetchall())


def _sql(queryset) -> str:
    compiler = queryset.query.get_compiler(connection=connection)
    words, given = compiler.as_sql()
    return words % tuple(f"'{one}'" for one in given)


@pytest.mark.usefixtures("others")
def test_syntheses_are_those_of_this_origin_the_latest_first(now):
    first = NoticeFactory(origin="synthese:M-2026-1", first_published_at=now)
    last = NoticeFactory(origin="synthese:M-2026-2", first_published_at=now + timedelta(hours=1))
    NoticeFactory(origin="synthese:M-2026-3", act=Act.WITHDRAWN, reason="Erreur de date.")

    assert list(queries.syntheses()) == [last, first]


@pytest.mark.usefixtures("others")
def test_syntheses_are_listed_and_counted_by_their_index():
    NoticeFactory(origin="synthese:M-2026-1")
    keep_statistics.func()

    assert INDEX in _explained(_sql(queries.syntheses()[:5]))
    assert INDEX in _explained(
        f"SELECT COUNT(*) FROM ({_sql(queries.syntheses().order_by())}) AS n"
    )
    assert INDEX not in _explained(_sql(Notice.objects.current()))
