"""The tools of the house pass: imports, lint, types, templates, migrations."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.house

TOOLS = {
    "ruff check": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "import contracts": [BIN / "lint-imports", "--no-cache"],
    "mypy": [BIN / "mypy"],
    "djlint": [BIN / "djlint", "src", "--lint", "--quiet"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_passes_on_the_whole_tree(tool: str) -> None:
    env = {"PATH": str(BIN), "PYTHONPATH": "src", "HOME": str(Path.home()), "LANG": "C.UTF-8"}

    done = subprocess.run(TOOLS[tool], cwd=ROOT, capture_output=True, text=True, env=env)

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.django_db
def test_migrations_say_all_that_models_say() -> None:
    out = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=out)

    assert "No changes detected" in out.getvalue()
