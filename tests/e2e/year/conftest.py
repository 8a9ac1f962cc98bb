"""A walk begins in January, in an empty house: its vocabularies, its people, and no campaign."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser

from tests.e2e.year.walking import Walk


@contextmanager
def data_in_a_file(path: Path) -> Iterator[None]:
    """The empty tables of the tests, in a file: a server whose pages ask at once needs one."""
    memory = connections["default"]
    memory.ensure_connection()
    with sqlite3.connect(path) as file:
        memory.connection.backup(file)
    file.close()
    name = memory.settings_dict["NAME"]
    memory.settings_dict["NAME"] = str(path)
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        memory.settings_dict["NAME"] = name
        connections["default"] = memory


@contextmanager
def served_here() -> Iterator[str]:
    """The address of a server in this process: moving the clock moves it for pages and jobs."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    try:
        yield server.url
    finally:
        server.stop()
        server._live_server_modified_settings.disable()


@pytest.fixture
def walk(browser: Browser, settings, tmp_path, transactional_db) -> Iterator[Walk]:
    """All that is needed to walk through a year, on 11 January 2027."""
    from tests.e2e.year.names import invite_all
    from traam.kit.clock import now
    from traam.reference import actions as reference

    settings.SESSION_COOKIE_AGE = 800 * 24 * 3600  # the walk takes months
    settings.FILES_ROOT, settings.INDEX_ROOT = tmp_path / "fichiers", tmp_path / "index"
    with data_in_a_file(tmp_path / "annee.sqlite3"), served_here() as address:
        walked = Walk(browser, address)
        try:
            walked.at(2027, 1, 11)
            reference.prepare(now=now())
            invite_all()
            yield walked
        finally:
            walked.end()
