"""start, serve, work: the web server and the worker, as children of this process."""

import os
import signal
import subprocess
import sys
import threading
import time
from argparse import Namespace
from types import FrameType
from typing import Any

from traam.config.environment import SettingsError

# Requests at once in a process, each with its connection to the database; the others queue.
THREADS = 2 * (os.cpu_count() or 1) + 1
# Kept alive at once: a browser alone holds six, and one too many would wait for another to leave.
CONNECTIONS = 1024
PORT = 8000
LOADING = "La démonstration rejoue une année entière, une seule fois : comptez trois minutes."
PATIENCE = 10  # seconds given to a child to stop


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65535:
        raise ValueError(text)
    return value


_port.__name__ = "port"


def add_commands(commands: Any) -> None:
    for name, run, words in (
        ("start", start, "prépare tout, charge la démonstration si le dossier est vide, et sert"),
        ("serve", serve, "sert les pages et fait les tâches"),
    ):
        one = commands.add_parser(name, help=words, description=words)
        one.add_argument("--port", type=_port, default=PORT, help=f"port d’écoute ({PORT})")
        one.add_argument("--no-worker", action="store_true", help="sans l’ouvrier des tâches")
        one.set_defaults(run=run, needs_django=True, takes_rest=False)
    one = commands.add_parser("work", help="fait les tâches, sans servir de pages")
    one.set_defaults(run=work, needs_django=True, takes_rest=False)


def start(options: Namespace, _rest: list[str]) -> int:
    from django.conf import settings  # noqa: PLC0415 (Django is set up by the caller)

    from traam.config import demonstration, preparation  # noqa: PLC0415 (idem)
    from traam.kit.clock import now  # noqa: PLC0415 (idem)

    preparation.prepare(now=now())
    if settings.DEMONSTRATION and not demonstration.is_loaded():
        print(LOADING, file=sys.stderr, flush=True)  # noqa: T201 (progress of a command)
        demonstration.load(now=now(), seed=1, scale=1)
    return serve(options, [])


def serve(options: Namespace, _rest: list[str]) -> int:
    """Web and worker together; Ctrl+C or TERM stops both, and so does the end of one."""
    from django.conf import settings  # noqa: PLC0415 (Django is set up by the caller)

    from traam.catalogue.search import engine  # noqa: PLC0415 (idem)
    from traam.config import demonstration, preparation  # noqa: PLC0415 (idem)
    from traam.kit.clock import now  # noqa: PLC0415 (idem)

    if settings.PRODUCTION and demonstration.is_loaded():
        raise SettingsError(
            [
                "Ce dossier contient la démonstration : la production refuse de démarrer avec "
                "elle ; donnez un dossier vide dans TRAAM_DATA."
            ]
        )
    preparation.prepare(now=now())
    engine().follow()  # so that the first page finds its index
    host = f"[{settings.LISTEN}]" if ":" in settings.LISTEN else settings.LISTEN
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.LISTEN),
        *("--port", str(options.port), "--workers", str(settings.PROCESSES)),
        *("--no-ws", "--respawn-failed-workers", "--log-level", "warning"),
        *("--blocking-threads", str(THREADS), "--backpressure", str(CONNECTIONS)),
        "traam.config.wsgi:application",
    ]
    children = [_child(web)]
    if not options.no_worker:
        children.append(_child([sys.executable, "-m", "traam", "work"]))
    where = f"http://{host}:{options.port}"
    sign_in = f" — entrer sans mot de passe : {where}/connexion/demo/"
    print(  # noqa: T201 (the one line that says where to look)
        f"TraAM : {where}{sign_in if settings.DEMONSTRATION else ''} — arrêter : Ctrl+C",
        file=sys.stderr,
        flush=True,
    )
    return _watch(children)


def _child(words: list[str]) -> "subprocess.Popen[bytes]":
    """A child in a session of its own: a terminal's Ctrl+C is for us, who end it once and wait.
    The web server, told twice, would leave its own children behind."""
    return subprocess.Popen(words, start_new_session=True)  # noqa: S603 (our own words)


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait until a signal or the end of a child; then end them all. 1 if one fell by itself."""
    asked = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    while not asked.is_set() and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # with whatever it started
    return 0 if asked.is_set() else 1


def work(_options: Namespace, _rest: list[str]) -> int:
    from traam.config import preparation  # noqa: PLC0415 (Django is set up by the caller)
    from traam.kit import jobs  # noqa: PLC0415 (idem)
    from traam.kit.clock import now  # noqa: PLC0415 (idem)

    preparation.prepare(now=now())
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    jobs.work(stop, now)
    return 0
