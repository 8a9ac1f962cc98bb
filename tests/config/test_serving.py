"""« arrêter : Ctrl+C »: one signal to the whole group ends the server, the worker and their own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.mark.sqlite
@pytest.mark.house
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_leaves_nobody_behind_when_it_is_stopped(number):
    port = _port()
    with tempfile.TemporaryDirectory(prefix="traam-serve-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAAM_")}
        environ = kept | {"TRAAM_DATA": folder, "PYTHONPATH": str(ROOT / "src")}
        served = subprocess.Popen(
            [sys.executable, "-m", "traam", "serve", "--port", str(port)],
            env=environ,
            start_new_session=True,
        )
        try:
            for _ in range(300):
                if _is_up(port) or served.poll() is not None:
                    break
                time.sleep(0.2)
            assert _is_up(port)
            assert len(_of_folder(folder)) >= 3

            os.killpg(served.pid, number)

            assert served.wait(timeout=30) == 0
            assert _of_folder(folder) == []
        finally:
            if served.poll() is None:
                served.kill()
