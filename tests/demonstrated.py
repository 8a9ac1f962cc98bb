"""The demonstration, played once for the whole suite and copied wherever a test only looks at it.

On SQLite it is kept in a file that the workers share; on PostgreSQL it is played again, in a
transaction that is undone.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.sharing import made_once, shared_folder

DAY = datetime(2026, 11, 22, 9, tzinfo=UTC)  # the day when it is played


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The demonstration at scale 0, for the tests of a module: each is a savepoint within."""
    from traam.catalogue import search

    folder = tmp_path_factory.mktemp("demonstration")
    roots = {"INDEX_ROOT": folder / "index", "FILES_ROOT": folder / "fichiers"}
    with django_db_blocker.unblock(), override_settings(**roots):
        search.forget()
        with _copied(shared_folder(tmp_path_factory), folder), transaction.atomic():
            yield
            transaction.set_rollback(True)
    search.forget()


@pytest.fixture
def kept_digest(tmp_path_factory) -> str | None:
    """The digest of the one that was kept, where one was played already."""
    path = shared_folder(tmp_path_factory) / "demonstration" / "digest"
    return path.read_text() if path.exists() else None


@contextmanager
def _copied(shared: Path, folder: Path) -> Iterator[None]:
    if connection.vendor != "sqlite":
        with transaction.atomic():
            _play()
            yield
            transaction.set_rollback(True)
        return
    connection.ensure_connection()
    tables, blank = connection.connection, sqlite3.connect(":memory:")
    tables.backup(blank)
    _take(made_once(shared / "demonstration", lambda making: _keep(making, folder)), folder)
    try:
        yield
    finally:
        blank.backup(tables)
        blank.close()


def _play() -> None:
    from traam.config import demonstration
    from traam.reference.actions import prepare

    prepare(now=DAY)
    demonstration.load(now=DAY, seed=1, scale=0)


def _keep(kept: Path, folder: Path) -> None:
    from traam.config import demonstration

    _play()
    shutil.copytree(folder, kept, dirs_exist_ok=True)
    file = sqlite3.connect(kept / "traam.sqlite3")
    connection.connection.backup(file)
    file.close()
    (kept / "digest").write_text(demonstration.digest())


def _take(kept: Path, folder: Path) -> None:
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    file = sqlite3.connect(folder / "traam.sqlite3")
    file.backup(connection.connection)
    file.close()
