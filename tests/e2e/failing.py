"""What a random walk lives through: a server that is killed, browsers that are killed, a clock."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error

from tests.conftest import CHROMIUM, FLAGS
from tests.e2e.serving import environment, free_port, is_ready, sign_in

# Time goes faster in the page, and every text typed is told with what it took the place of.
CLOCK = """(({ start, speed }) => {
  const real = Date.now.bind(Date), once = window.setTimeout, often = window.setInterval;
  Date.now = () => Math.round(start + (real() - start) * speed);
  window.setTimeout = (act, wait = 0, ...rest) => once(act, wait / speed, ...rest);
  window.setInterval = (act, wait = 0, ...rest) => often(act, wait / speed, ...rest);
  window.typed = [];
  const before = new WeakMap();
  addEventListener("beforeinput", ({ target }) => before.set(target, target.value), true);
  addEventListener("input", ({ target }) => {
    window.typed.push({ over: before.get(target), text: target.value, at: Date.now() });
  }, true);
})(%s)"""


class Mortal:
    """A server that may be killed at any moment, and starts again where it was."""

    def __init__(self, folder: str, codes: list[str]) -> None:
        self.folder, self.codes, self.port = folder, codes, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        with Path(self.folder, "serveur.log").open("a") as out:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
                    *("--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"),
                    *("--blocking-threads", "4", "--backpressure", "1024"),
                    *("--log-level", "warning", "traam.config.wsgi:application"),
                ],
                env=environment(self.folder),
                start_new_session=True,
                stdout=out,
                stderr=out,
            )

    def kill(self) -> None:
        """Every process of it, without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait(self) -> None:
        until(lambda: is_ready(self.address))


def until(done: Callable[[], bool], *, seconds: float = 60) -> None:
    """Come back as soon as it is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


class Person:
    """Someone with a browser of their own, whose files outlive it."""

    def __init__(self, browser: Browser, persona: str, profile: Path, clock: str) -> None:
        self.browser, self.persona, self.profile = browser, persona, profile
        self.clock = clock
        self.context: BrowserContext | None = None
        self.is_offline = False
        self.is_expired = False

    def open(self, address: str) -> BrowserContext:
        """The browser, started if it is not."""
        if self.context is None:
            self.context = self.browser.browser_type.launch_persistent_context(
                self.profile,
                executable_path=CHROMIUM,
                args=FLAGS,
                base_url=address,
                locale="fr-FR",
            )
            self.context.add_init_script(CLOCK % self.clock)
            self.is_offline = False
            sign_in(self.context, self.persona)
        return self.context

    def kill(self) -> None:
        """The whole browser, as a phone or a power cut does."""
        self._end("")
        self.close()

    def crash(self) -> None:
        """What draws the pages falls, and the pages with it; none is told that it ends."""
        assert self.context
        pages = self.context.pages
        self._end("--type=renderer")
        for page in pages:
            page.close()

    def _end(self, words: str) -> None:
        """Kill the processes of this browser whose command line says these words."""
        for key, command in _family(str(self.profile)).items():
            if words in command:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(key, signal.SIGKILL)

    def close(self) -> None:
        if self.context is not None:
            with contextlib.suppress(Error):
                self.context.close()
        self.context = None

    def cut(self, is_offline: bool) -> None:
        assert self.context
        self.context.set_offline(is_offline)
        self.is_offline = is_offline

    def expire(self, folder: str) -> None:
        """The server forgets the session of this browser."""
        assert self.context
        keys = [one["value"] for one in self.context.cookies() if one["name"] == "traam_session"]
        with closing(sqlite3.connect(f"{folder}/traam.sqlite3", timeout=30)) as data, data:
            data.executemany(
                "DELETE FROM django_session WHERE session_key = ?", [(key,) for key in keys]
            )
        self.is_expired = True

    def sign_in(self) -> None:
        assert self.context
        sign_in(self.context, self.persona)
        self.is_expired = False


def _family(words: str) -> dict[int, str]:
    """The processes whose command line says these words, and what they started: their own."""
    rows = list(_processes())
    found = {key for key, _, command in rows if words in command}
    while more := {key for key, parent, _ in rows if parent in found} - found:
        found |= more
    return {key: command for key, _, command in rows if key in found}


def _processes() -> Iterator[tuple[int, int, str]]:
    """The key of each process, of its parent, and its command line."""
    for place in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if place.name.isdigit():
                parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
                command = (place / "cmdline").read_bytes().decode(errors="replace")
                yield int(place.name), int(parent), command
