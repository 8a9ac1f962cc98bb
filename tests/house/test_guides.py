"""What the guides tell people to type or to open exists: commands, settings, addresses, files; and
every page of the docs leads somewhere."""

import re
import secrets
import shlex
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.house.labels import is_on_screen, on_screen, plain
from traam.access.roles import Role
from traam.config import environment
from traam.config.cli.main import parser

pytestmark = pytest.mark.house

ROOT = Path(__file__).resolve().parents[2]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
EACH = pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
COMMAND = re.compile(r"\./traam ((?:[a-z][^\n`#,;]*))")
COMMANDS = next(action.choices for action in parser()._actions if action.dest == "command")
BLOCK = re.compile(r"```ini\n(.*?)```", re.DOTALL)
ADDRESS = re.compile(r"`(/[a-z/<>é-]+/?)`")
STANDS_FOR = re.compile(r"<[a-zé]+>")  # « <années> », « <groupe> »: what varies in an address
# « … » is a label of a screen, word for word; an example is in italics, without quotation marks.
LABEL = re.compile(r"«\s([^»]*?)\s»")
# **Groupes** (`/groupes/`): a page by its name and its address.
PAGE = re.compile(r"\*\*([^*]+)\*\* \(`(/[^`]*)`\)")
# Whose guide it is; a role of the year has one.
READERS = {
    "pilote": (Role.PILOT,),
    "expert": (Role.EXPERT,),
    "inspection-generale": (Role.GENERAL_INSPECTOR,),
    "dan": (Role.DIGITAL_DELEGATE,),
    "inspecteur": (Role.INSPECTOR,),
    "referent": (Role.REFERENT,),
    "enseignant": (Role.TEACHER,),
    "auteur": (Role.REFERENT, Role.CORRESPONDENT),
    "lecteur": (Role.DGESCO, Role.RECTOR, Role.PARTNER),
}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@EACH
def test_commands_of_a_guide_exist(guide: Path) -> None:
    for line in COMMAND.findall(read(guide)):
        words = shlex.split(line.strip(" )»"))
        if len(words) == 1:  # the command is named, not shown
            assert words[0] in COMMANDS, line
            continue
        options, rest = parser().parse_known_args(words)
        assert not rest or options.takes_rest, line


def test_commands_of_the_guides_are_found() -> None:
    said = [line.split()[0] for guide in GUIDES for line in COMMAND.findall(read(guide))]

    assert {"start", "serve", "work", "invite", "load", "backup", "restore", "verify"} <= {*said}


@EACH
def test_settings_of_a_guide_exist(guide: Path) -> None:
    known = {setting.name for setting in environment.SETTINGS}

    assert set(re.findall(r"TRAAM_[A-Z_]+", read(guide))) <= known


@EACH
def test_addresses_of_a_guide_answer(guide: Path) -> None:
    for address in ADDRESS.findall(read(guide)):
        if address.startswith(("/opt/", "/srv/", "/etc/")):
            continue
        try:
            resolve(STANDS_FOR.sub("2027-2028", address))
        except Resolver404:
            pytest.fail(f"{guide.name}: {address}")


def labels(guide: Path) -> list[str]:
    """What the guide says that a screen says, and the names of the pages that it gives."""
    text = re.sub(r"```.*?```", "", read(guide), flags=re.DOTALL)
    return [plain(one) for one in [*LABEL.findall(text), *(name for name, _ in PAGE.findall(text))]]


@EACH
def test_labels_of_a_guide_are_on_a_screen(guide: Path) -> None:
    assert [label for label in labels(guide) if not is_on_screen(label)] == []


def test_labels_are_found_in_the_guides_and_on_the_screens() -> None:
    said = labels(ROOT / "docs" / "guides" / "enseignant.md")

    assert {"Noter une observation", "Clore l’essai", "Essais"} <= {*said}
    assert {"Noter une observation", "Hypothèse", "recherché et vu"} <= on_screen()
    assert "Hypothèse de travail" not in on_screen()


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Signer pour la DNE", True),  # composed: « Signer », then in whose name
        ("2 observations non envoyées", True),  # counted
        ("Adopter le plan…", True),  # the beginning of a longer one
        ("Adopter le plan", False),
        ("Signer pour le plaisir", False),
        ("Noter une observation en dansant", False),
        ("noter", True),  # « Noter », where the code has a small letter
    ],
)
def test_label_is_on_a_screen_word_for_word(label: str, expected: bool) -> None:
    assert is_on_screen(label) is expected


def test_every_role_has_its_guide() -> None:
    there = {path.stem for path in (ROOT / "docs" / "guides").glob("*.md")}

    assert set(READERS) <= there
    assert {role for roles in READERS.values() for role in roles} == {*Role}


def test_every_guide_is_on_the_map() -> None:
    known = links(ROOT / "README.md")
    guides = (ROOT / "docs" / "guides").glob("*.md")

    assert [path.name for path in guides if f"docs/guides/{path.name}" not in known] == []


def links(page: Path) -> list[str]:
    """Where the page leads in the repository; its own headings and the rest of the web apart."""
    said = [link.partition("#")[0] for link in LINK.findall(read(page))]
    return [link for link in said if link and "://" not in link]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def test_links_are_found_on_the_pages() -> None:
    assert "docs/guides/exploitant.md" in links(ROOT / "README.md")


def test_settings_of_the_operators_guide_are_accepted_in_production_but_its_secret() -> None:
    text = BLOCK.findall(read(ROOT / "docs" / "guides" / "exploitant.md"))[0]
    given = dict(line.split("=", 1) for line in shlex.split(text))

    with pytest.raises(environment.SettingsError) as refused:  # a secret that all may read
        environment.read(given)
    assert [one.split()[0] for one in refused.value.problems] == ["TRAAM_SECRET_KEY"]
    values = environment.read(given | {"TRAAM_SECRET_KEY": secrets.token_urlsafe(64)})

    assert values["TRAAM_MODE"] == "production"
    assert (values["TRAAM_PROXIES"], values["TRAAM_LISTEN"]) == (1, "127.0.0.1")


def test_files_that_the_operators_guide_loads_exist() -> None:
    said = re.findall(r"src/traam/\S+\.json", read(ROOT / "docs" / "guides" / "exploitant.md"))

    assert len(said) == 2
    assert all((ROOT / path).is_file() for path in said)
