"""The last hour of a call: 200 authors save and deposit over HTTP while the server is killed.

Generator on one core, server on another where there are two; SQLite, then PostgreSQL where one is
named (TRAAM_BENCH_POSTGRES) or installed. Each author saves every three seconds, sends again what
was not answered, then the file is submitted, agreed to and endorsed. The server is killed
(`kill -9`) at random moments and started again. Afterwards, every write and every act that was
acknowledged must be there. Then saves as fast as they come, beside a bare hello POST.
"""

import contextlib
import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench._postgres import postgres
from bench._servers import ROOT, _used, free_port

SAVES, PACE = 12, 3.0  # of each author, and seconds between two
KILLS = 4
WRITERS, SECONDS = 16, 8  # of the saves as fast as they come
TOKEN = "a" * 32
# What the page of a step shows beside the field that is typed.
FIELDS = ("title", "summary", "duration_years", "problem", "protocol", "offer", "productions")
CORES = sorted(os.sched_getaffinity(0))
APART = {CORES[-1]} if len(CORES) > 1 else set(CORES)


class Server:
    """A server that may be killed, and starts again on the same port."""

    def __init__(self, application: str, environ: dict[str, str], ready: str) -> None:
        self.application, self.ready, self.port = application, ready, free_port()
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        self.environ = {**os.environ, **environ, "PYTHONPATH": paths}
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
                *("--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"),
                *("--blocking-threads", "16", "--backpressure", "1024"),
                *("--log-level", "critical", self.application),
            ],
            env=self.environ,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
        )
        os.sched_setaffinity(self.process.pid, APART)
        for _ in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                link.request("GET", self.ready)
                if link.getresponse().status == 200:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"no answer on {self.ready}")

    def kill(self) -> None:
        """Every process of it, at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def cpu(self) -> float:
        return _used(self.process.pid)


@contextlib.contextmanager
def serving(application: str, environ: dict[str, str], ready: str) -> Iterator[Server]:
    server = Server(application, environ, ready)
    try:
        yield server
    finally:
        server.kill()


class Browser:
    """One person's connection: it sends again, as long as nothing answers."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.headers = {
            "Cookie": f"traam_session={session}; traam_csrf={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.times: list[float] = []

    def post(self, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        headers = {**self.headers, "Content-Type": kind}
        while True:
            start = time.perf_counter()
            try:
                self.link.request("POST", path, body, headers)
                answer = self.link.getresponse()
                given = answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                self.link.close()
                time.sleep(0.2)
                continue
            self.times.append(time.perf_counter() - start)
            return given

    def act(self, path: str, **fields: str) -> None:
        status, body = self.post(
            path, urlencode(fields).encode(), "application/x-www-form-urlencoded"
        )
        assert status == 302, (path, status, body[:500])


class Author:
    """Someone who writes one file, then deposits it with those who must act."""

    def __init__(self, port: int, file: dict[str, Any], seed: int) -> None:
        self.file, self.port, self.draw = file, port, random.Random(seed)
        self.browser = Browser(port, file["author"])
        self.base, self.count = 1, 0
        self.parts: dict[str, str] = {}  # what stands beside the form, as it was last told
        self.writes: list[tuple[str, str, str]] = []
        self.acts: list[tuple[str, str]] = []

    def save(self) -> None:
        self.count += 1
        value = f"Ce que l’équipe observera, version {self.count}. " * 8
        write = {
            "field": "observation",
            "value": value,
            "base": self.base,
            "key": f"onglet{self.file['person']}-{self.count}",
        }
        message = {
            "person": str(self.file["person"]),
            "seen": "observation",
            "writes": [write],
            "versions": {**dict.fromkeys(FIELDS, 1), "observation": self.base},
            "parts": self.parts,
        }
        path = f"/candidatures/{self.file['code']}/enregistrer/"
        status, body = self.browser.post(path, json.dumps(message).encode(), "application/json")
        assert status == 200, (status, body[:500])
        told = json.loads(body)
        self.base = told["saved"]["observation"]
        self.parts |= told["stamps"]
        self.writes.append((self.file["code"], "observation", value))

    def night(self) -> None:
        time.sleep(self.draw.random() * PACE)
        for _ in range(SAVES):
            start = time.perf_counter()
            self.save()
            time.sleep(max(0.0, PACE - (time.perf_counter() - start)))
        self.deposit()

    def deposit(self) -> None:
        code = self.file["code"]
        year = code.rsplit("-", 2)[0]
        visa = f"/candidatures/academie/{self.file['academy']}/?campagne={year}"
        for who, path, fields, verb in (
            ("author", f"/candidatures/{code}/soumettre/", {}, "submit"),
            ("inspector", f"/candidatures/{code}/accord/", {}, "agree"),
            ("delegate", visa, {"ordre": code}, "endorse"),
        ):
            Browser(self.port, self.file[who]).act(path, **fields)
            self.acts.append((code, f"application.{verb}"))


def _run(*words: str, environ: dict[str, str]) -> str:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    settings = {"PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "traam.config.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "bench._night", *words],
        env={**os.environ, **environ, **settings},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def _killing(server: Server, authors: list[Author], over: threading.Event) -> None:
    """Kill it and start it again, at moments drawn at random in the night."""
    draw = random.Random("night")
    moments = sorted(draw.uniform(0.1, 1.05) * SAVES * PACE for _ in range(KILLS))
    start = time.perf_counter()
    for moment in moments:
        if over.wait(max(0.0, moment - (time.perf_counter() - start))):
            return
        server.kill()
        server.start()


def _night(server: Server, files: list[dict[str, Any]]) -> tuple[list[Author], float]:
    authors = [Author(server.port, file, seed) for seed, file in enumerate(files)]
    threads = [threading.Thread(target=author.night) for author in authors]
    over = threading.Event()
    killer = threading.Thread(target=_killing, args=(server, authors, over))
    start = time.perf_counter()
    for thread in (killer, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    killer.join()
    return authors, time.perf_counter() - start


def _fast(server: Server, work: list[Any]) -> tuple[float, float]:
    """How many a second, and seconds of the server's CPU for each, once all have been asked."""
    for one in work:
        one()
    before, counts = server.cpu(), [0] * len(work)
    start = time.perf_counter()

    def run(place: int) -> None:
        while time.perf_counter() - start < SECONDS:
            work[place]()
            counts[place] += 1

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count = sum(counts)
    return count / (time.perf_counter() - start), (server.cpu() - before) / count


def _hello() -> tuple[float, float]:
    with serving("bench.hello:application", {"HELLO": "1"}, "/") as server:
        body = b"x" * 500
        links = [Browser(server.port, "") for _ in range(WRITERS)]
        return _fast(server, [lambda link=link: link.post("/post", body, "x") for link in links])


def _one(name: str, environ: dict[str, str], hello: tuple[float, float]) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="traam-night-") as folder:
        environ = {**environ, "TRAAM_DATA": folder}
        files = Path(folder, "files.json")
        _run("fill", str(files), environ=environ)
        all_files = json.loads(files.read_text("utf-8"))
        with serving("traam.config.wsgi:application", environ, "/sante/vivant") as server:
            spare = [Author(server.port, file, 0) for file in all_files[:WRITERS]]
            fast, cost = _fast(server, [one.save for one in spare])
            authors, seconds = _night(server, all_files[WRITERS:])
        told = Path(folder, "told.json")
        everyone = [*authors, *spare]
        told.write_text(
            json.dumps(
                {
                    "fields": ["observation"],
                    "writes": [each for one in everyone for each in one.writes],
                    "acts": [each for one in everyone for each in one.acts],
                }
            ),
            "utf-8",
        )
        checked = json.loads(_run("check", str(told), environ=environ))
    times = sorted(each for one in authors for each in one.browser.times)
    figures: dict[str, float] = {
        "saves a second, as fast as they come": round(fast, 1),
        "ms of CPU a save": round(1000 * cost, 2),
        "CPU of a save / of a hello POST": round(cost / hello[1], 1),
        "authors at once in the night": len(authors),
        "authors who could not deposit": sum(len(one.acts) < 3 for one in authors),
        "seconds of the night": round(seconds, 1),
        "kill -9": KILLS,
        "median of a save in the night, ms": round(1000 * statistics.median(times), 1),
        "p95 of a save in the night, ms": round(1000 * times[int(0.95 * len(times))], 1),
        **checked,
    }
    return {f"{name}: {figure}": value for figure, value in figures.items()}


def run(*, large: bool) -> dict[str, float]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {CORES[0]})
    try:
        hello = _hello()
        made = {"hello POST a second": round(hello[0], 1)}
        made |= _one("SQLite", {}, hello)
        with postgres() as address:
            if address:
                made |= _one("PostgreSQL", {"TRAAM_DATABASE_URL": address}, hello)
    finally:
        os.sched_setaffinity(0, before)
    return made
