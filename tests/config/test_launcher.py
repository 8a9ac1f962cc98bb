"""The launcher `./traam`: what it hands on to the program that it starts."""

import os
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

PATH = Path(__file__).resolve().parents[2] / "traam"


@pytest.fixture
def launcher(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    loader = SourceFileLoader("launcher", str(PATH))
    spec = spec_from_loader("launcher", loader)
    assert spec
    made = module_from_spec(spec)
    loader.exec_module(made)
    return made


def test_bytecode_is_kept_apart_for_who_wants_none_beside_the_sources(launcher, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "/ailleurs")

    launcher.keep_bytecode()

    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert os.environ["PYTHONPYCACHEPREFIX"] == str(PATH.parent / ".venv" / "bytecode")


def test_bytecode_is_where_python_puts_it_otherwise(launcher, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)

    launcher.keep_bytecode()

    assert "PYTHONPYCACHEPREFIX" not in os.environ


@pytest.mark.parametrize(
    ("words", "database", "locks"),
    [
        (["start"], "", ["run"]),
        ([], "", ["run"]),
        (["test", "-x"], "", ["run", "test"]),
        (["bench"], "", ["run", "test"]),
        (["serve"], "postgresql://ici", ["run", "postgres"]),
        (["test"], "postgres://ici", ["run", "postgres", "test"]),
    ],
)
def test_packages_are_those_that_the_words_need(launcher, monkeypatch, words, database, locks):
    monkeypatch.setenv("TRAAM_DATABASE_URL", database)

    assert launcher.wanted(words) == locks
