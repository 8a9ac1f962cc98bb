"""A server in processes of its own, and the CPU that they have used."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _used(pid: int) -> float:
    """CPU seconds of a process and its children, from the kernel's own account."""
    total = 0
    for one in _family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


class Server:
    """A running WSGI server on loopback."""

    def __init__(self, application: str, **environ: str) -> None:
        self.port = free_port()
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
                *("--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"),
                *("--log-level", "critical", application),
            ],
            env={**os.environ, **environ, "PYTHONPATH": paths},
        )
        self.link = http.client.HTTPConnection("127.0.0.1", self.port)

    def get(self, path: str) -> int:
        """Ask for a page on the kept connection; the value is its size in bytes."""
        self.link.request("GET", path)
        answer = self.link.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status)
        return len(body)

    def wait(self, path: str) -> None:
        for _ in range(300):
            try:
                self.get(path)
                return
            except (OSError, http.client.HTTPException):
                self.link.close()
                time.sleep(0.1)
        raise RuntimeError(f"no answer on {path}")

    def cpu(self, paths: list[str]) -> float:
        """CPU seconds a request, over these paths."""
        before = _used(self.process.pid)
        for path in paths:
            self.get(path)
        return (_used(self.process.pid) - before) / len(paths)


@contextmanager
def serving(application: str, ready: str, **environ: str) -> Iterator[Server]:
    server = Server(application, **environ)
    try:
        server.wait(ready)
        yield server
    finally:
        server.link.close()
        server.process.terminate()
        server.process.wait(timeout=20)
