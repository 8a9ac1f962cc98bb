"""test and bench: for those who carry on. Both ignore TRAAM_DATA and use a folder of their own."""

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
BENCHES = (
    "pages",
    "lists",
    "search",
    "oai",
    "selection",
    "severity",
    "crosstests",
    "documents",
    "deadline-night",
    "demonstration",
)
BROWSERS = ("chromium-headless-shell", "chromium")  # the first draws no window, and costs less
WORKERS = str((os.cpu_count() or 1) + 2)  # who waits for a browser leaves its core to another
CURE = f"apt-get install -y {BROWSERS[0]} libatomic1"


def add_commands(commands: Any) -> None:
    words = "fait passer toute la suite (les mots qui suivent vont à pytest)"
    one = commands.add_parser("test", help=words, description=words)
    one.set_defaults(run=test, needs_django=False, takes_rest=True)
    one = commands.add_parser("bench", help="mesure, à côté d’un plancher ou d’un pair")
    names = ", ".join(BENCHES)
    one.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NOM", help=names)
    one.add_argument("--json", action="store_true", help="écrit les figures en JSON")
    one.add_argument("--large", action="store_true", help="ajoute les mesures au million")
    one.set_defaults(run=bench, needs_django=False, takes_rest=False)


def _chromium() -> bool:
    """Whether a browser is there, or could be installed just now."""
    if _has_browser():
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installation de chromium…", file=sys.stderr)  # noqa: T201 (progress)
    for words in (["update", "-q"], ["install", "-y", "-q", BROWSERS[0], "libatomic1"]):
        subprocess.run(["apt-get", *words], stdout=subprocess.DEVNULL, check=False)  # noqa: S603, S607
    return _has_browser()


def _has_browser() -> bool:
    return any(shutil.which(name) for name in BROWSERS)


def test(_options: Namespace, rest: list[str]) -> int:
    if not _chromium():
        print(f"Il manque chromium ; tapez : {CURE}", file=sys.stderr)  # noqa: T201
        return 1
    if not (ROOT / "tests").is_dir():
        print("La suite n’est que dans le dépôt, pas dans le paquet.", file=sys.stderr)  # noqa: T201
        return 1
    words = rest if any(not word.startswith("-") for word in rest) else [*rest, "tests"]
    spread = (
        []
        if any(word.startswith(("-n", "--pdb")) for word in rest)
        else ["-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder"]
    )
    done = subprocess.run([sys.executable, "-m", "pytest", *spread, *words], cwd=ROOT, check=False)  # noqa: S603
    return min(done.returncode, 1)


def bench(options: Namespace, _rest: list[str]) -> int:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAAM_")}
    if postgres := os.environ.get("TRAAM_BENCH_POSTGRES"):  # where `deadline-night` finds one
        kept["BENCH_POSTGRES"] = postgres
    os.environ.clear()
    os.environ.update(kept)
    with tempfile.TemporaryDirectory(prefix="traam-bench-") as folder:
        os.environ["TRAAM_DATA"] = folder
        sys.path.insert(0, str(ROOT))
        import django  # noqa: PLC0415 (after the folder is named)

        django.setup()
        from traam.config import preparation  # noqa: PLC0415 (idem)
        from traam.kit.clock import now  # noqa: PLC0415 (idem)

        preparation.prepare(now=now())
        figures = {}
        for name in options.names or BENCHES:
            print(f"{name}…", file=sys.stderr, flush=True)  # noqa: T201 (progress)
            measure = importlib.import_module(f"bench.{name.replace('-', '_')}")
            figures[name] = measure.run(large=options.large)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))  # noqa: T201 (the result)
        return 0
    for name, values in figures.items():
        for figure, value in values.items():
            print(f"{name:10} {figure:50} {value}")  # noqa: T201 (the result)
    return 0
