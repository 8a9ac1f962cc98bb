"""The code of a template is kept for the next process, and never a stale one."""

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from traam.kit import bytecode


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.html").write_text("Bonjour {{ name }}")
    return tmp_path


class Compiling(Environment):
    """Counts what it compiles; a filter is applied to a constant while compiling."""

    compiled = 0

    def compile(self, *given, **named):
        self.compiled += 1
        return super().compile(*given, **named)


def read(folder: Path, way: str = "") -> tuple[str, int]:
    """What a new process shows, and how many templates it had to compile."""
    made = Compiling(loader=FileSystemLoader(folder), bytecode_cache=bytecode.KeptCode(way))
    return made.get_template("page.html").render(name="Lille"), made.compiled


def kept(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.code")]


def test_second_process_compiles_nothing(folder):
    assert [read(folder), read(folder)] == [("Bonjour Lille", 1), ("Bonjour Lille", 0)]
    assert kept(folder) == ["page.html.code"]


def test_template_that_changed_is_compiled_again(folder):
    read(folder)
    (folder / "page.html").write_text("Bonsoir {{ name }}")

    assert [read(folder), read(folder)] == [("Bonsoir Lille", 1), ("Bonsoir Lille", 0)]


def test_templates_are_compiled_again_when_the_house_changed(folder, monkeypatch):
    read(folder)
    monkeypatch.setattr(bytecode, "house", lambda: "another")

    assert read(folder) == ("Bonjour Lille", 1)


def test_another_way_of_compiling_has_its_own_code(folder):
    read(folder)

    assert read(folder, way="autoescape=False") == ("Bonjour Lille", 1)


def test_template_of_no_file_is_kept_nowhere(folder, monkeypatch):
    monkeypatch.chdir(folder)
    for _ in range(2):
        made = Compiling(
            loader=DictLoader({"page.html": "Salut"}), bytecode_cache=bytecode.KeptCode()
        )
        assert (made.get_template("page.html").render(), made.compiled) == ("Salut", 1)

    assert kept(folder) == []


def test_nothing_is_written_where_python_writes_nothing(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert [read(folder), read(folder)] == [("Bonjour Lille", 1), ("Bonjour Lille", 1)]
    assert kept(folder) == []


def test_page_is_shown_where_nothing_can_be_written(folder):
    (folder / "__pycache__").write_text("not a folder")

    assert [read(folder), read(folder)] == [("Bonjour Lille", 1), ("Bonjour Lille", 1)]


@pytest.mark.parametrize("end", [0, 2, 20, 40, 80, 200])
def test_code_that_was_cut_is_compiled_again(folder, end):
    read(folder)
    (file,) = folder.rglob("*.code")
    file.write_bytes(file.read_bytes()[:end])

    assert [read(folder), read(folder)] == [("Bonjour Lille", 1), ("Bonjour Lille", 0)]


def test_code_goes_beside_that_of_python(folder, monkeypatch, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setattr(sys, "pycache_prefix", str(elsewhere))
    read(folder)

    assert (kept(folder), kept(elsewhere)) == ([], ["page.html.code"])


def test_each_state_of_the_house_has_its_own_digest(folder, monkeypatch):
    (folder / "text.py").write_text("ONE = 1")
    monkeypatch.setattr(bytecode, "HERE", folder)
    before = bytecode.house.__wrapped__()
    (folder / "text.py").write_text("ONE = 2")

    assert bytecode.house.__wrapped__() != before
