"""A real server started as a newcomer does (`./traam start`), and a real browser."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.applying import as_persona, call  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/sante/pret", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the demonstration, loaded and served by the program itself."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="traam-e2e-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAAM_")}
        environ = kept | {"TRAAM_DATA": folder, "PYTHONPATH": str(ROOT / "src")}
        log = Path(folder) / "serveur.log"
        program = [sys.executable, "-m", "traam"]
        with log.open("w") as out:
            subprocess.run([*program, "demo", "--scale", "0"], env=environ, check=True, stderr=out)
            process = subprocess.Popen(
                [*program, "start", "--port", str(port)],
                env=environ,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                if process.poll() is not None or _ready(address):
                    break
                time.sleep(0.2)
            assert _ready(address), log.read_text()[-4000:]
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a browser that has never been here."""
    context = browser.new_context(base_url=site, locale="fr-FR")
    opened = context.new_page()
    yield opened
    context.close()


@pytest.fixture(scope="session")
def ark(site: str) -> str:
    """The ARK name of one notice of the archive."""
    import json

    with urllib.request.urlopen(f"{site}/api/v1/notices?q=robotique") as answer:
        return str(json.load(answer)["results"][0]["ark"])
