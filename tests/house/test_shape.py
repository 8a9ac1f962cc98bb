"""The two maxima of the house style, and what no module may do."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path
    for folder in ("src", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
MODULE_MAX = 400  # lines
FUNCTION_MAX = 60  # lines


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_modules_stay_short() -> None:
    counts = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {name: count for name, count in counts.items() if count > MODULE_MAX} == {}


def test_functions_stay_short() -> None:
    long = {
        f"{_name(path)}:{name}": count
        for path in MODULES
        for name, count in _functions(path)
        if count > FUNCTION_MAX
    }

    assert long == {}


def test_modules_open_with_one_sentence() -> None:
    silent = [
        _name(path)
        for path in MODULES
        if path.name not in ("apps.py", "__init__.py")
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_todos_have_an_issue_number() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "X" + "XX")
    found = [
        f"{_name(path)}: {line.strip()}"
        for path in MODULES
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(f"# {word}" in line for word in words)
    ]

    assert found == []


def test_numbers_of_a_request_are_read_in_one_place() -> None:
    """A key of thirty digits, or of five thousand, is text like any other: `kit.keys`."""
    readers = [
        f"{_name(path)}:{node.lineno}"
        for path in MODULES
        if {"views", "public_syntheses", "views.py"} & {path.parent.name, path.stem, path.name}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("isdecimal", "isdigit", "isnumeric")
    ]

    assert readers == []


def test_reason_that_is_asked_for_is_kept() -> None:
    """Whoever must say why is read: no call drops the words it has checked."""
    dropped = [
        f"{_name(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).endswith("need_reason")
    ]

    assert dropped == []


def test_days_are_those_of_paris() -> None:
    """An instant is kept in UTC: `kit.clock.day_of` says which day it was here."""
    found = [
        f"{_name(path)}: {line.strip()}"
        for path in MODULES
        if path.is_relative_to(ROOT / "src")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "_at.date()" in line
    ]

    assert found == []
