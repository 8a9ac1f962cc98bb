"""start, serve, work: the web server and the worker, as children of this process."""

import os
import signal
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Sequence
from types import FrameType
from typing import Any

from traam.config.environment import SettingsError

# Requests at once in a process, each with its connection to the database; the others queue.
THREADS = 2 * (os.cpu_count() or 1) + 1
# Kept alive at once: a browser alone holds six, and one too many would wait for another to leave.
CONNECTIONS = 1024
PORT = "TRAAM_PORT"  # the setting that `--port` replaces, for the children too
PROGRAM = (sys.executable, "-m", "traam")
DEMO = ("demo",)
LOADING = (
    "L’archive est ouverte. La démonstration rejoue une année entière, une seule fois : comptez "
    "deux à trois minutes avant d’y entrer."
)
Words = Sequence[str]
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
        one.add_argument("--port", type=_port, help=f"port d’écoute (sinon celui de {PORT})")
        one.add_argument("--no-worker", action="store_true", help="sans l’ouvrier des tâches")
        one.set_defaults(run=run, needs_django=True, takes_rest=False)
    one = commands.add_parser("work", help="fait les tâches, sans servir de pages")
    one.set_defaults(run=work, needs_django=True, takes_rest=False)


def settings_of(options: Namespace) -> dict[str, str]:
    """The settings that the words of a command replace: to be known before Django is set up."""
    port = getattr(options, "port", None)
    return {PORT: str(port)} if port else {}


def start(options: Namespace, _rest: list[str]) -> int:
    """Serves the archive at once; the demonstration, the first time, is played meanwhile."""
    from django.conf import settings  # noqa: PLC0415 (Django is set up by the caller)

    from traam.config import demonstration, preparation  # noqa: PLC0415 (idem)
    from traam.kit.clock import now  # noqa: PLC0415 (idem)

    preparation.prepare(now=now())
    if not settings.DEMONSTRATION or demonstration.is_loaded():
        return serve(options, [])
    demonstration.load_archive(now=now())
    return _serve(options, first=DEMO)


def serve(options: Namespace, _rest: list[str]) -> int:
    """Web and worker together; Ctrl+C or TERM stops both, and so does the end of one."""
    from django.conf import settings  # noqa: PLC0415 (Django is set up by the caller)

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
    return _serve(options)


def _serve(options: Namespace, *, first: Sequence[str] = ()) -> int:
    """`first`: the words of the program's command that the worker waits for."""
    from django.conf import settings  # noqa: PLC0415 (Django is set up by the caller)

    from traam.catalogue.search import engine  # noqa: PLC0415 (idem)

    engine().follow()  # so that the first page finds its index
    where = settings.LOCAL_URL
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.LISTEN),
        *("--port", str(settings.PORT), "--workers", str(settings.PROCESSES)),
        *("--no-ws", "--respawn-failed-workers", "--log-level", "warning"),
        *("--blocking-threads", str(THREADS), "--backpressure", str(CONNECTIONS)),
        "traam.config.wsgi:application",
    ]
    sign_in = f" — entrer sans mot de passe : {where}/connexion/demo/"
    _say(f"TraAM : {where}{sign_in if settings.DEMONSTRATION else ''} — arrêter : Ctrl+C")
    if first:
        _say(LOADING)
    worker = [] if options.no_worker else [[*PROGRAM, "work"]]
    before = [*PROGRAM, *first] if first else None
    return _watch(web, first=before, then=worker)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 (where to look, and what goes on)


def _child(words: Words) -> "subprocess.Popen[bytes]":
    """A child in a session of its own: a terminal's Ctrl+C is for us, who end it once and wait.
    The web server, told twice, would leave its own children behind."""
    return subprocess.Popen(words, start_new_session=True)  # noqa: S603 (our own words)


def _watch(web: Words, *, first: Words | None, then: Sequence[Words]) -> int:
    """Wait until a signal or the end of a child; then end them all. 1 if one fell by itself.

    `first` is to end well before any of `then` begins.
    """
    asked = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        asked.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    children = [_child(web)]
    awaited = _child(first) if first else None
    while not asked.is_set() and all(child.poll() is None for child in children):
        if awaited is not None and awaited.poll():
            break
        if awaited is None or awaited.poll() == 0:
            children += [_child(words) for words in then]
            awaited, then = None, ()
        time.sleep(0.2)
    _end([*children, *([awaited] if awaited else [])])
    return 0 if asked.is_set() else 1


def _end(children: Sequence["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # with whatever it started


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
