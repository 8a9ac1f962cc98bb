"""A backup taken on one database engine is restored on the other, and back."""

import os
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from tests.config.archive_place import Place

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database beside the one of the tests."""
    name = f"traam_archive_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(os.environ["TRAAM_DATABASE_URL"])._replace(path=f"/{name}"))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def lite(tmp_path_factory) -> Place:
    """A filled system on SQLite; it is only read."""
    place = Place(tmp_path_factory.mktemp("lite") / "data")
    place.do("fill")
    return place


def test_restore_goes_from_one_engine_to_the_other_and_back(lite, url, tmp_path):
    there, back = Place(tmp_path / "there", url), Place(tmp_path / "back")

    assert lite.do(["backup", tmp_path / "lite.tgz"]) == []
    assert there.do(["restore", tmp_path / "lite.tgz"]) == []
    assert there.do("verify") == []
    assert there.do(["backup", tmp_path / "there.tgz"]) == []
    assert back.do(["restore", tmp_path / "there.tgz"], "verify") == []

    assert there.do("rows") == lite.do("rows")
    assert back.do("rows") == lite.do("rows")
    assert [place.do("next_person") for place in (lite, there, back)] == [3, 3, 3]


def test_restore_over_data_is_one_transaction(lite, url, tmp_path):
    lite.do(["backup", tmp_path / "lite.tgz"])
    there = Place(tmp_path / "there", url)
    there.do("fill", ["execute", "UPDATE people_user SET name = 'Ici'"])
    before = there.do("rows")

    (reason,) = there.do(["restore", tmp_path / "lite.tgz"])
    kept = there.do("rows")
    done = there.do(["restore", tmp_path / "lite.tgz", "replace"])

    assert "--replace" in reason
    assert kept == before
    assert done == []
    assert there.do("rows") == lite.do("rows")


def test_backup_is_whole_while_others_write(url, tmp_path):
    busy, there = Place(tmp_path / "busy", url), Place(tmp_path / "there")
    busy.do("prepare")
    writer = busy.start("write_for_ever")
    try:
        assert writer.stdout.readline() == "ready\n"
        assert busy.do(["backup", tmp_path / "busy.tgz"]) == []
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()

    assert there.do(["restore", tmp_path / "busy.tgz"], "verify") == []
