"""Every label that a screen may show, read from the sources: templates, forms, enums, scripts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

from jinja2 import Environment

SOURCES = Path(__file__).resolve().parents[2] / "src" / "traam"
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SCRIPT_TEXT = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`")
BETWEEN = re.compile(r"\$\{[^}]*\}")
COUNT = re.compile(r"^\d+ ")


def plain(text: str) -> str:
    """What a reader compares: one space between words, no colon nor dot at the end."""
    return " ".join(unescape(text).split()).rstrip(" :·")


def _of_template(path: Path) -> Iterator[str]:
    """What lies between the tags, and the strings given to the macros."""
    for _, kind, value in Environment().lex(path.read_text(encoding="utf-8")):
        if kind == "string":
            yield value[1:-1]
        elif kind == "data":
            yield from TAG.split(value)


def _of_module(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _of_script(path: Path) -> Iterator[str]:
    for one, composed in SCRIPT_TEXT.findall(path.read_text(encoding="utf-8")):
        yield from BETWEEN.split(one or composed)


READERS = {".html": _of_template, ".txt": _of_template, ".py": _of_module, ".js": _of_script}


@cache
def on_screen() -> frozenset[str]:
    """All of them, as `plain` says them."""
    files = [path for path in SOURCES.rglob("*.*") if path.suffix in READERS]
    found = {plain(text) for path in files for text in READERS[path.suffix](path)}
    return frozenset(found) - {""}


@cache
def begun() -> frozenset[str]:
    """How the labels begin that the code composes, f"Signer {for_whom}"."""
    nodes = (
        node.values[0]
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr) and node.values
    )
    said = {str(one.value) for one in nodes if isinstance(one, ast.Constant)}
    return frozenset(one for one in said if one.endswith(" ") and one.strip().isalpha())


def is_on_screen(label: str) -> bool:
    """A label as a guide writes it: whole, unless it ends with « … »; « · » parts two of them."""
    return all(_is_one(COUNT.sub("", part)) for part in plain(label).split(" · "))


def _is_one(label: str) -> bool:
    """A page may put a capital where the code has none."""
    return any(_is_written(one) for one in (label, label[:1].lower() + label[1:]))


def _is_written(label: str) -> bool:
    if label in on_screen():
        return True
    if label.endswith("…"):
        return any(text.startswith(label[:-1]) for text in on_screen())
    return any(label.removeprefix(one) in on_screen() for one in begun() if label.startswith(one))
