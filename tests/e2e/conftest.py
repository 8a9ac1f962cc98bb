"""A real server started as a newcomer does (`./traam start`), and a real browser."""

import json
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.applying import FILES, Call
from tests.e2e.serving import PROGRAM, Visit, environment, run, served, serving, visits
from tests.sharing import made_once, shared_folder


def _played(folder: Path) -> None:
    subprocess.run([*PROGRAM, "demo", "--scale", "0"], env=environment(folder), check=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, loaded and served by the program itself."""
    played = made_once(shared_folder(tmp_path_factory) / "played", _played)
    with tempfile.TemporaryDirectory(prefix="traam-e2e-") as folder:
        shutil.copytree(played, folder, dirs_exist_ok=True)
        with serving(folder, (*PROGRAM, "start", "--no-worker")) as address:
            yield address


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where a campaign can begin: tables, vocabularies, static files, personas."""
    return made_once(
        shared_folder(tmp_path_factory) / "base", lambda folder: run("serving", folder)
    )


@pytest.fixture(scope="session")
def call(base: Path) -> Iterator[Call]:
    """A server whose call is open, and the applications begun there."""
    with served(base, "calls", str(FILES)) as site:
        yield Call(site)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a browser that has never been here."""
    context = browser.new_context(base_url=site, locale="fr-FR")
    opened = context.new_page()
    yield opened
    context.close()


@pytest.fixture(scope="module")
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens a browser of the demonstration, signed in as a persona."""
    with visits(browser, site) as make:
        yield make


@pytest.fixture(scope="session")
def ark(site: str) -> str:
    """The ARK name of one notice of the archive."""
    with urllib.request.urlopen(f"{site}/api/v1/notices?q=robotique") as answer:
        return str(json.load(answer)["results"][0]["ark"])
