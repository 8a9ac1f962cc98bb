"""A server of its own, whose call is open, and the browsers of those who answer it."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
FILES = 12  # applications begun
SAVED = "#enregistrement[data-state=saved]"
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('traam:brouillon')).length"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}


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


@dataclass
class Site:
    """A server of its own, whose call is open."""

    address: str
    folder: str
    codes: list[str]

    def run(self, *words: str) -> object:
        """What `tests.e2e.calls` prints about this folder."""
        command = [sys.executable, "-m", "tests.e2e.calls", *words]
        done = subprocess.run(
            command, env=environment(self.folder), cwd=ROOT, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        return json.loads(done.stdout)

    def present(self, code: str) -> dict[str, object]:
        return self.run("answers", code)["present"]  # type: ignore[index]

    def texts(self, code: str, field: str) -> list[str]:
        """Every text that the field was ever given, the oldest first."""
        rows = self.run("answers", code)["texts"]  # type: ignore[index]
        return [value or "" for name, value in rows if name == field]


def environment(folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAAM_")}
    settings = {"DJANGO_SETTINGS_MODULE": "traam.config.settings"}
    return kept | settings | {"TRAAM_DATA": folder, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


@pytest.fixture(scope="session")
def call() -> Iterator[Site]:
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="traam-appel-") as folder:
        site = Site(f"http://127.0.0.1:{port}", folder, [])
        site.codes = list(site.run("prepare", str(FILES)))  # type: ignore[call-overload]
        log = Path(folder) / "serveur.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "traam", "serve", "--port", str(port), "--no-worker"],
                env=environment(folder),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            for _ in range(300):
                if process.poll() is not None or _ready(site.address):
                    break
                time.sleep(0.2)
            assert _ready(site.address), log.read_text()[-4000:]
            yield site
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


@pytest.fixture
def as_persona(browser: Browser, call: Site) -> Iterator[Callable[..., BrowserContext]]:
    """A browser signed in as a persona."""
    opened = []

    def make(persona: str, **options: object) -> BrowserContext:
        context = browser.new_context(base_url=call.address, locale="fr-FR", **options)
        opened.append(context)
        sign_in(context, persona)
        return context

    yield make
    for context in opened:
        context.close()


def sign_in(context: BrowserContext, persona: str) -> None:
    page = context.new_page()
    page.goto("/connexion/demo/")
    page.locator(f"button[value={persona}]").click()
    page.wait_for_url("**/tableau-de-bord/")
    page.close()


def form(context: BrowserContext, code: str, step: str = "projet") -> Page:
    """The form, whose script is at work."""
    page = context.new_page()
    page.goto(f"/candidatures/{code}/modifier/?etape={step}")
    page.wait_for_selector("form[data-ready=yes]")
    return page


def saved(page: Page) -> None:
    page.wait_for_selector(f"{SAVED}:not(:has-text('par'))", timeout=20_000)


def kept(page: Page) -> int:
    """How many texts wait on this device."""
    return int(page.evaluate(KEPT))


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['help']} — {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
    ]


def shot(page: Page, name: str) -> None:
    """A picture of the page, where `SHOTS` names a folder."""
    if folder := os.environ.get("SHOTS"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        plain = name.replace(", ", "-").replace(" ", "-")
        page.screenshot(path=f"{folder}/{plain}-{width}.png", full_page=True)
