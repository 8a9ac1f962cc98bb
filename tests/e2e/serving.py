"""Servers of the browser tests: each of its own folder of data, and the people who visit it.

A folder begins as a copy of one that is made once: its tables, vocabularies, static files and
personas. A module of this package then writes in it, and prints in JSON what the tests must know.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "traam")
# As `serve` asks for it, in a folder that is prepared already.
WEB = (
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
    *("--log-level", "warning", "--blocking-threads", "5", "traam.config.wsgi:application"),
)
READY_MAX = 120  # seconds
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
Visit = Callable[..., BrowserContext]


@dataclass(frozen=True)
class Site:
    """A server at work on its folder; `found` is what its preparation printed."""

    address: str
    folder: str
    found: Any = None


# -- folders


def environment(folder: str | Path) -> dict[str, str]:
    """The program at work on this folder, and no other setting of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAAM_")}
    settings = {"DJANGO_SETTINGS_MODULE": "traam.config.settings"}
    return kept | settings | {"TRAAM_DATA": str(folder), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def run(module: str, folder: str | Path, *words: str) -> Any:
    """What this module of the tests prints about this folder."""
    command = [sys.executable, "-m", f"tests.e2e.{module}", *words]
    done = subprocess.run(
        command, env=environment(folder), cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return json.loads(done.stdout)


def prepare() -> None:
    """The tables, the vocabularies, the static files and the personas: what all start from."""
    from traam.config import preparation
    from traam.kit.clock import now
    from traam.people.actions import prepare_personas

    preparation.prepare(now=now())
    prepare_personas(now=now())


# -- servers


@contextmanager
def served(base: Path, module: str, *words: str) -> Iterator[Site]:
    """A server whose folder is a copy of `base` where this module has written."""
    with tempfile.TemporaryDirectory(prefix=f"traam-{module}-") as folder:
        shutil.copytree(base, folder, dirs_exist_ok=True)
        found = run(module, folder, *words)
        with serving(folder, WEB) as address:
            yield Site(address, folder, found)


@contextmanager
def serving(folder: str, words: Sequence[str]) -> Iterator[str]:
    """The address where these words serve this folder."""
    port = free_port()
    address, log = f"http://127.0.0.1:{port}", Path(folder) / "serveur.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [*words, "--port", str(port)],
            env=environment(folder),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        end = time.monotonic() + READY_MAX
        while process.poll() is None and not is_ready(address) and time.monotonic() < end:
            time.sleep(0.2)
        assert is_ready(address), log.read_text()[-4000:]
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/sante/pret", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


# -- visitors


def sign_in(context: BrowserContext, persona: str) -> None:
    """The browser holds the session of this persona: the form of their card, without its page."""
    token = TOKEN.search(context.request.get("/connexion/demo/").text())
    assert token
    card = {"persona": persona, "csrfmiddlewaretoken": token[1]}
    answer = context.request.post("/connexion/demo/", form=card, max_redirects=0)
    assert answer.headers["location"] == "/tableau-de-bord/"


@contextmanager
def visits(browser: Browser, address: str) -> Iterator[Visit]:
    """A function that opens a browser signed in as a persona; all are closed at the end."""
    opened = []

    def make(persona: str, **options: object) -> BrowserContext:
        context = browser.new_context(base_url=address, locale="fr-FR", **options)  # type: ignore[arg-type]
        opened.append(context)
        sign_in(context, persona)
        return context

    yield make
    for context in opened:
        context.close()


if __name__ == "__main__":
    django.setup()
    prepare()
    json.dump(None, sys.stdout)
