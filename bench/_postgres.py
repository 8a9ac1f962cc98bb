"""A PostgreSQL for a bench: the one that is named, or one started for it; its usual durability."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench._servers import free_port


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    path = shutil.which("initdb") or (str(found[-1]) if found else "")
    return Path(path).resolve().parent if path else None


def _run(*words: object) -> None:
    """As root, PostgreSQL refuses to start: its own account does."""
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*before, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def postgres() -> Iterator[str | None]:
    """Its address; None where there is none."""
    if named := os.environ.get("BENCH_POSTGRES"):
        yield named
        return
    binaries = _binaries()
    if binaries is None:
        yield None
        return
    folder, port = Path(tempfile.mkdtemp(prefix="traam-bench-pg-")), free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    try:
        _run(
            binaries / "initdb",
            *("-D", folder / "data", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"),
            *("-U", "traam"),
        )
        _run(
            binaries / "pg_ctl",
            *("-D", folder / "data", "-l", folder / "log", "-w", "-o", options, "start"),
        )
        _run(binaries / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "traam", "traam")
        yield f"postgresql://traam@127.0.0.1:{port}/traam"
    finally:
        _run(binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
