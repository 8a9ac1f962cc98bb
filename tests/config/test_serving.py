"""`start` and `serve` as a person uses them: what is served when, and what Ctrl+C leaves behind."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INVITED = ("--name", "Alice", "--role", "pilot")


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_up(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/vivant", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _of_folder(folder: str) -> list[str]:
    """The living processes whose environment names this folder of data."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if f"TRAAM_DATA={folder}".encode() in (path / "environ").read_bytes():
                found.append(path.name)
        except OSError:
            continue
    return found


@contextmanager
def _started(folder: str, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The program at work on this folder, in a group of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAAM_")}
    environ = kept | {"TRAAM_DATA": folder, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "traam", *words]
    program = subprocess.Popen(command, env=environ, start_new_session=True)
    try:
        yield program
    finally:
        if program.poll() is None:
            program.kill()


def _wait_for(port: int, program: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if _is_up(port) or program.poll() is not None:
            break
        time.sleep(0.2)
    assert _is_up(port)


def _page(port: int, path: str, **headers: str) -> tuple[int, str]:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture(scope="module")
def invited() -> Iterator[str]:
    """A folder that is prepared already, where a pilot is invited."""
    with tempfile.TemporaryDirectory(prefix="traam-invited-") as folder:
        with _started(folder, "invite", "pilote@traam.invalid", *INVITED) as inviting:
            assert inviting.wait(timeout=120) == 0
        yield folder


@contextmanager
def _copy(of: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="traam-serve-") as folder:
        shutil.copytree(of, folder, dirs_exist_ok=True)
        yield folder


@pytest.mark.sqlite
@pytest.mark.house
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_leaves_nobody_behind_when_it_is_stopped(invited, number):
    port = _port()
    with (
        _copy(invited) as folder,
        _started(folder, "serve", "--port", str(port)) as served,
    ):
        _wait_for(port, served)
        assert len(_of_folder(folder)) >= 3

        os.killpg(served.pid, number)

        assert served.wait(timeout=30) == 0
        assert _of_folder(folder) == []


@pytest.mark.sqlite
@pytest.mark.house
def test_messages_lead_to_the_port_that_is_served(invited):
    port = _port()
    with (
        _copy(invited) as folder,
        _started(folder, "serve", "--port", str(port)) as served,
    ):
        _wait_for(port, served)
        letter = _letter(Path(folder) / "courrier")
        os.killpg(served.pid, signal.SIGTERM)
        served.wait(timeout=30)

    assert f"http://127.0.0.1:{port}/connexion/" in letter
    assert ":8000" not in letter


def _letter(folder: Path) -> str:
    """The first mail that the worker writes there."""
    for _ in range(300):
        if found := list(folder.rglob("*.log")):
            return found[0].read_text()
        time.sleep(0.2)
    return ""


@pytest.mark.sqlite
@pytest.mark.house
def test_start_serves_the_archive_while_the_demonstration_is_played():
    port = _port()
    with (
        tempfile.TemporaryDirectory(prefix="traam-start-") as folder,
        _started(folder, "start", "--port", str(port)) as program,
    ):
        _wait_for(port, program)

        assert _page(port, "/sante/pret") == (503, "la démonstration n’est pas chargée\n")
        assert "2016-2017" in _page(port, "/campagnes/")[1]
        assert "La démonstration se prépare" in _page(port, "/connexion/demo/")[1]
        assert _page(port, "/connexion/demo/", **{"HX-Request": "true"}) == (204, "")

        os.killpg(program.pid, signal.SIGTERM)  # cut short

        assert program.wait(timeout=30) == 0
        assert _of_folder(folder) == []
        assert _people(folder) == 0


def _people(folder: str) -> int:
    """How many have an account there: nothing stays of half a demonstration."""
    with closing(sqlite3.connect(Path(folder) / "traam.sqlite3")) as file:
        return int(file.execute("SELECT count(*) FROM people_user").fetchone()[0])
