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


def test_templates_are_all_used() -> None:
    templates = sorted((ROOT / "src" / "traam").glob("*/jinja2/**/*.*"))
    said = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCES, *templates])
    third_party = ("account", "mfa", "allauth")
    unused = []
    for path in templates:
        name = str(path).split("/jinja2/", 1)[1]
        bare = name.removesuffix(".txt")
        kind = f"{path.parts[-3]}/{path.stem}" if path.parent.name == "post" else bare
        if name.split("/")[0] in third_party:
            continue
        if said.count(name) == 0 and f'"{kind}"' not in said:
            unused.append(name)

    assert unused == []
