"""What the docs must say: every setting, every model and enum, every right."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from traam.config import document
from traam.config.environment import SETTINGS

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "traam").rglob("*.py"))


def test_settings_page_is_the_one_generated_from_the_settings() -> None:
    assert (ROOT / "docs" / "reglages.md").read_text(encoding="utf-8") == document.settings_page()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_setting_is_documented(setting) -> None:
    assert f"`{setting.name}`" in (ROOT / "docs" / "reglages.md").read_text(encoding="utf-8")


def _labelled_enums() -> list[str]:
    """The names of the enums whose members carry a French label."""
    return [
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(getattr(base, "id", "") == "Labelled" for base in node.bases)
    ]


def test_glossary_has_every_model_and_enum() -> None:
    models = [
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("traam.")
        for model in config.get_models()
    ]
    glossary = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "glossaire.md").read_text("utf-8")))

    assert sorted({*models, *_labelled_enums()} - glossary) == []


def _defining_apps() -> dict[str, set[str]]:
    """By name of a model or an enum, the apps where it means something."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and _is_a_word(node, path):
                found.setdefault(node.name, set()).add(path.relative_to(ROOT).parts[2])
    return found


def _is_a_word(node: ast.ClassDef, path: Path) -> bool:
    bases = {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
    return "Labelled" in bases or ("Model" in bases and "migrations" not in path.parts)


def test_glossary_has_a_word_for_each_app_that_gives_it_another_sense() -> None:
    text = (ROOT / "docs" / "glossaire.md").read_text("utf-8")
    rows = re.findall(r"^\|[^|\n]*\| `(\w+)`", text, re.MULTILINE)
    apps = _defining_apps()

    assert len(apps) > 100
    assert {name: sorted(of) for name, of in apps.items() if rows.count(name) < len(of)} == {}


def _composed_names() -> list[re.Pattern[str]]:
    """The names that the code composes, f"catalogue/house_{name}.html", as patterns."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(one.value) if isinstance(one, ast.Constant) else r"\w+"
                    for one in node.values
                ]
                found.append(re.compile("".join(parts)))
    return [one for one in found if one.pattern.endswith(r"\.html")]


def _is_used(path: Path, said: str, composed: list[re.Pattern[str]]) -> bool:
    name = str(path).split("/jinja2/", 1)[1]
    if name.split("/")[0] in ("account", "mfa", "allauth"):  # named by allauth
        return True
    if path.suffix == ".txt":  # a message is named by its kind
        return f'"{path.parts[-3]}/{path.stem}"' in said
    return name in said or any(one.fullmatch(name) for one in composed)


def test_templates_are_all_used() -> None:
    found = (ROOT / "src" / "traam").glob("*/jinja2/**/*.*")
    templates = sorted(path for path in found if "__pycache__" not in path.parts)
    said = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCES, *templates])
    composed = _composed_names()

    assert [str(path) for path in templates if not _is_used(path, said, composed)] == []
