"""What every test stands on; `tests/environment.py` has set its own folder of data before.

Nothing is skipped: what another engine, a missing Java, jing or LibreOffice, or a missing
`../shared` rules out is deselected.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.demonstrated import demonstration, kept_digest

__all__ = ["demonstration", "kept_digest"]  # fixtures, for all

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
ON_POSTGRES = bool(os.environ.get("TRAAM_DATABASE_URL"))
ONCE = ("browser", "vnu", "house", "once")  # the same whatever the database: run on SQLite only
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"  # the first is lighter
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
PATIENCE = 40_000  # milliseconds, for what a page must end by showing
# No test depends on the speed of the machine.
settings.register_profile("traam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("traam")
# Whole files go to whichever worker is free: the long ones first, or one works alone at the end.
LONGEST_FIRST = ("tests/e2e/year", "tests/e2e", "tests/config", "tests/house", "tests/selection")
DATABASE = {"db", "transactional_db", "django_db_setup"}  # who asks for none of these has none


def _ruled_out(item: pytest.Item) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    if "official" in marks and not SHARED.is_dir():
        return True
    if "vnu" in marks and "VNU_JAR" not in os.environ:
        return True
    if "jing" in marks and shutil.which("jing") is None:
        return True
    if "libreoffice" in marks and shutil.which("soffice") is None:
        return True
    if ON_POSTGRES:
        return bool(marks & {*ONCE, "sqlite"}) or not _uses_the_database(item, marks)
    return "postgres" in marks


def _uses_the_database(item: pytest.Item, marks: set[str]) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    return bool(marks & {"django_db", "postgres"} or asked & DATABASE)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if _ruled_out(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    folders = enumerate(LONGEST_FIRST)
    return next(
        (turn for turn, folder in folders if item.nodeid.startswith(folder)), len(LONGEST_FIRST)
    )


@pytest.fixture
def shared() -> Path:
    """The folder of official schemas and real data that stands beside the project."""
    return SHARED


@pytest.fixture
def now() -> datetime:
    """A school day, in the middle of a call."""
    return datetime(2026, 3, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _cheap_settings(settings) -> None:
    """Plain static files and fast hashing; messages stay in memory (Django's own doing)."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def index(settings, tmp_path: Path) -> None:
    """A search index of this test's own: what reads the catalogue must not read another test's."""
    from traam.catalogue import search

    settings.INDEX_ROOT = tmp_path / "index"
    search.forget()


@pytest.fixture(scope="module")
def rows_of_a_module(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """What a fixture of the module writes is there for all its tests, and undone after the last."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _vocabularies(rows_of_a_module: None) -> None:
    from tests.vocabularies import vocabularies

    vocabularies(now=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))


@pytest.fixture
def vocabularies(_vocabularies: None, db: None) -> None:
    """The shipped vocabularies are in the database, read once for the module."""


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One browser for all the tests of a worker: its library allows no second one."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()
