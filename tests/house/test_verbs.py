"""Every act that the source records has its French words, once, and no words are left over."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from traam.journal import rules, wording

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2] / "src" / "traam"
OTHERS = ("journal", "oai")  # the journal passes verbs on; those of OAI-PMH are no acts


@cache
def _trees() -> dict[Path, ast.Module]:
    return {
        path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(ROOT.rglob("*.py"))
        if not {*OTHERS, "migrations"} & {*path.parts}
    }


def _takers(tree: ast.Module) -> dict[str, bool]:
    """The functions of a module, and whether each takes a verb before all else."""
    return {
        node.name: [one.arg for one in node.args.args[:1]] == ["verb"]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


@cache
def _all_takers() -> set[str]:
    return {"Deed"} | {
        name for tree in _trees().values() for name, takes in _takers(tree).items() if takes
    }


def _given(node: ast.AST, own: dict[str, bool]) -> ast.expr | None:
    """What a call gives as a verb, or what is named `verb`. `own`: the functions of the module."""
    match node:
        case ast.Assign(targets=[ast.Name(id="verb")], value=value):
            return value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            named = {
                getattr(one, "id", ""): value for one, value in zip(names, values, strict=True)
            }
            return named.get("verb")
        case ast.Call(func=called, args=args, keywords=keywords):
            for keyword in keywords:
                if keyword.arg == "verb":
                    return keyword.value
            name = getattr(called, "id", getattr(called, "attr", ""))
            return args[0] if args and own.get(name, name in _all_takers()) else None
    return None


def _acting(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes of a module but the fields of its classes: that of a model may be named `verb`."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    fields = {id(one) for each in classes for one in each.body if isinstance(one, ast.Assign)}
    return (node for node in ast.walk(tree) if id(node) not in fields)


def _tables(tree: ast.Module) -> dict[str, ast.Dict]:
    """The dictionaries of the module, by name."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _read(given: ast.expr, tables: dict[str, ast.Dict]) -> list[str]:
    """The verbs that an expression may be: a text, one of two, one of a table of the module.

    `verb` alone was read where it was named, or where its function is called.
    """
    match given:
        case ast.Constant(value=str(verb)):
            return [verb]
        case ast.IfExp(body=one, orelse=other):
            return [*_read(one, tables), *_read(other, tables)]
        case ast.Subscript(value=ast.Name(id=name)) if name in tables:
            return [verb for value in tables[name].values for verb in _read(value, tables)]
        case ast.Name(id="verb"):
            return []
    pytest.fail(f"a verb is written where it is recorded (got {ast.unparse(given)!r})")


def _recorded() -> Iterator[tuple[str, str]]:
    """Each verb of the source, and the module that records it."""
    for path, tree in _trees().items():
        tables, own = _tables(tree), _takers(tree)
        for node in _acting(tree):
            given = _given(node, own)
            for verb in _read(given, tables) if given else ():
                yield verb, str(path)


def test_every_recorded_verb_has_its_words_and_every_word_its_verb() -> None:
    recorded = dict(_recorded())

    assert {verb: at for verb, at in recorded.items() if verb not in wording.labels()} == {}
    assert sorted(wording.labels().keys() - recorded.keys()) == []


def test_walk_finds_the_verbs_however_they_are_given() -> None:
    recorded = {verb for verb, _ in _recorded()}

    assert recorded >= {
        "people.change_password",  # record(verb="…")
        "reference.confirm",  # _noted("…", term)
        "notice.withdraw",  # Deed(verb=_VERBS[…])
        "load.abandon",  # _note(_VERBS[…], load)
    }


def test_each_verb_is_said_by_one_app_in_words_of_its_own() -> None:
    said = [
        pair
        for app in apps.get_app_configs()
        if (path := Path(app.path) / "verbs.py").exists() and ROOT in path.parents
        for pair in wording.import_module(f"{app.name}.verbs").VERBS.items()
    ]

    assert len(said) == len(wording.labels()) == len(set(wording.labels().values()))
    for verb, words in said:
        rules.check(verb=verb, subject="thing:1")
        assert words[0].isupper(), verb
        assert not words.endswith("."), verb
