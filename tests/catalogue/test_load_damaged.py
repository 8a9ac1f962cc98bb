"""Damaged files, by the command and on screen: refused or mended aloud, whole or not at all.

Each damage once on each archive (`KINDS`), then others drawn by chance: over two hundred files.
"""

import io
import json
import re
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from pytest_django import DjangoDbBlocker

from tests.catalogue.damages import ARCHIVES, KEPT, KINDS, as_json, damaged
from tests.house.pages import CheckedClient
from tests.reference.factories import account
from traam.access.roles import Role
from traam.campaigns import writing as campaigns_writing
from traam.campaigns.models import Theme
from traam.catalogue import writing as catalogue_writing
from traam.catalogue.models import Load, Notice
from traam.config.cli.main import run
from traam.reference.actions import add_open_terms

pytestmark = [pytest.mark.usefixtures("vocabularies"), pytest.mark.once]
OPEN = ("tools", "competences")
WRITTEN = {"campaigns": Theme, "productions": Notice}
WRITERS = {"campaigns": campaigns_writing, "productions": catalogue_writing}
EACH = [
    pytest.param(what, kind, id=f"{what}, {kind[1]}, {kind[0]}")
    for what in ARCHIVES
    for kind in KINDS
]
# What a refusal says: what is wrong, then what to give in its place.
FAULT = re.compile(r"n’est (pas|ni)|manque|vide|encodé|inconnu|refusé|deux fois|répète|au lieu de")
FAULT_TOO = re.compile(r"c’est|illisible|caractères|lignes ;|octets|tronqué|aucune|imbriqués|objet")
FAULT_LAST = re.compile(
    r"valeurs,|séparateur|pas de nom|déjà|aussi|nommées|à rebours|longue|hors de|contenu"
)
CURE = re.compile(r"attendu|accept|enregistrez|retirez|gardez|il faut|gardée|peut-être|doit finir")
CURE_TOO = re.compile(
    r"au plus|guillemet|pas de nom|deux fois|choisissez|n’est pas (un|vrai)|proche"
)


@pytest.fixture(scope="module", autouse=True)
def _words(_vocabularies: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The words of the archive are known: each new one would have the vocabularies read again."""
    with django_db_blocker.unblock():
        words = [
            (name, word) for row in ARCHIVES["productions"] for name in OPEN for word in row[name]
        ]
        add_open_terms(words=words)


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is prepared: tables and vocabularies are there."""
    monkeypatch.setattr("traam.config.preparation.prepare", lambda now: None)


@pytest.fixture
def pilot(db: None) -> CheckedClient:
    client = CheckedClient(raise_request_exception=False)
    client.force_login(account(Role.PILOT))
    return client


def tables() -> dict[str, int]:
    """How many rows each table of ours has."""
    configs = [one for one in apps.get_app_configs() if one.name.startswith("traam.")]
    names = [model._meta.db_table for config in configs for model in config.get_models()]
    counts = " UNION ALL ".join(f"SELECT '{name}', COUNT(*) FROM {name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def check_sentence(sentence: str) -> None:
    """One that may be shown, in French, without a word of the machine."""
    assert not {unicodedata.category(one) for one in sentence} & {"Cc", "Cs"}, sentence
    assert sentence.endswith("."), sentence
    assert not re.search(r"Traceback|Error|Exception|\bNone\b.*object", sentence), sentence
    assert len(sentence) < 2500, sentence


def check_refusal(sentence: str) -> None:
    check_sentence(sentence)
    assert any(pattern.search(sentence) for pattern in (FAULT, FAULT_TOO, FAULT_LAST)), sentence
    assert CURE.search(sentence) or CURE_TOO.search(sentence), sentence


def check_rows(rows: list[dict[str, Any]]) -> int:
    """Each row has its outcome and its reasons; how many were taken."""
    assert [row["row"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        said = {"refused": check_refusal}.get(row["outcome"], check_sentence)
        for reason in row["reasons"]:
            said(reason)
        assert row["reasons"] or row["outcome"] in ("taken", "unchanged")
    return sum(row["outcome"] in ("taken", "mended") for row in rows)


# -- by the command


def by_command(what: str, content: bytes, path: Path) -> None:
    before, report = tables(), path.with_suffix(".report")
    path.write_bytes(content)
    said, refused = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(refused):
        code = run(["load", what, str(path), "--report", str(report)])

    said.getvalue().encode()  # whatever the file held, a terminal can show it
    if report.exists():
        rows = json.loads(report.read_text("utf-8"))["rows"]
        report.unlink()
        assert code == any(row["outcome"] == "refused" for row in rows)
        assert refused.getvalue() == ""
        assert WRITTEN[what].objects.count() == check_rows(rows)
        return
    sentences = refused.getvalue().splitlines()
    assert (code, bool(sentences)) == (1, True)
    for sentence in sentences:
        assert sentence.startswith(path.name)
        check_refusal(sentence)
    assert tables() == before


@pytest.mark.parametrize(("what", "kind"), EACH)
def test_damaged_file_given_to_the_command(
    what: str, kind: tuple[str, str], tmp_path: Path
) -> None:
    draw = Random(f"{what} {kind}")

    by_command(what, damaged(what, kind, draw), tmp_path / f"essai.{kind[1]}")


# -- on screen


def bring(pilot: CheckedClient, what: str, content: bytes, name: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return pilot.post(reverse("loads"), {"kind": what, "file": file})


def address(name: str, load: Load) -> str:
    return reverse(name, kwargs={"key": load.pk})


def on_screen(pilot: CheckedClient, what: str, content: bytes, name: str) -> None:
    before = tables()
    answer = bring(pilot, what, content, name)
    if answer.status_code == 422:
        errors = html.document_fromstring(answer.content.decode()).find_class("fr-message--error")
        sentences = [error.text_content().strip() for error in errors]
        assert sentences
        for sentence in sentences:
            check_refusal(sentence.replace("\u00a0", " ").replace("\u202f", " "))
        assert tables() == before
        return
    assert answer.status_code == 302
    load = Load.objects.get()
    assert pilot.get(address("load", load)).status_code == 200
    assert WRITTEN[what].objects.count() == 0
    assert pilot.post(address("load_carry_out", load)).status_code == 302
    load.refresh_from_db()
    rows = json.loads(pilot.get(address("load_json", load)).getvalue())["rows"]
    assert (load.state, WRITTEN[what].objects.count()) == ("done", check_rows(rows))
    assert pilot.get(address("load_csv", load)).getvalue().decode()
    assert pilot.get(address("load", load)).status_code == 200


@pytest.mark.parametrize(("what", "kind"), EACH)
def test_damaged_file_brought_on_screen(
    pilot: CheckedClient, what: str, kind: tuple[str, str]
) -> None:
    draw = Random(f"{what} {kind}, on screen")

    on_screen(pilot, what, damaged(what, kind, draw), f"essai.{kind[1]}")


# -- by chance


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    what=st.sampled_from(sorted(ARCHIVES)),
    kind=st.sampled_from([kind for kind in KINDS if kind[0] not in ("too heavy", "too many rows")]),
    draw=st.randoms(use_true_random=False),
)
def test_file_damaged_by_chance(
    what: str, kind: tuple[str, str], draw: Random, tmp_path: Path, pilot: CheckedClient
) -> None:
    content, name = damaged(what, kind, draw), f"essai.{kind[1]}"
    for surface in (
        lambda: by_command(what, content, tmp_path / name),
        lambda: on_screen(pilot, what, content, name),
    ):
        with transaction.atomic():
            surface()
            transaction.set_rollback(True)


# -- cut short, or asked twice


@pytest.fixture
def fall(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`fall(what, k)`: the writing of these files bursts once row number k is written."""

    def at(what: str, row: int) -> list[int]:
        module, seen = WRITERS[what], list[int]()
        real = module.Writer.flush

        def flush(writer: Any) -> None:
            real(writer)
            seen.append(WRITTEN[what].objects.count())
            if seen[-1] == row:
                raise RuntimeError("panne")

        monkeypatch.setattr(module, "BATCH", 1)
        monkeypatch.setattr(module.Writer, "flush", flush)
        return seen

    return at


@pytest.mark.parametrize("row", [1, KEPT // 2, KEPT])
@pytest.mark.parametrize("what", list(ARCHIVES))
def test_command_cut_short_leaves_nothing(what: str, row: int, fall: Any, tmp_path: Path) -> None:
    path = tmp_path / "essai.json"
    path.write_bytes(as_json(ARCHIVES[what]))
    before, seen = tables(), fall(what, row)

    with pytest.raises(RuntimeError, match="panne"), transaction.atomic():
        run(["load", what, str(path)])

    assert seen[-1] == row
    assert tables() == before


@pytest.mark.parametrize("row", [1, KEPT // 2, KEPT])
@pytest.mark.parametrize("what", list(ARCHIVES))
def test_screen_cut_short_leaves_nothing_and_may_be_pressed_again(
    what: str, row: int, fall: Any, pilot: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(pilot, what, as_json(ARCHIVES[what]), "essai.json")
    load, before = Load.objects.get(), tables()
    seen = fall(what, row)

    fallen = pilot.post(address("load_carry_out", load))

    load.refresh_from_db()
    assert (seen[-1], fallen.status_code, load.state) == (row, 500, "checked")
    assert not re.search("Traceback|RuntimeError|panne", fallen.content.decode())
    assert tables() == before
    monkeypatch.undo()
    assert pilot.post(address("load_carry_out", load)).status_code == 302
    assert WRITTEN[what].objects.count() == KEPT


@pytest.mark.parametrize("what", list(ARCHIVES))
def test_replayed_posts_load_once(what: str, pilot: CheckedClient) -> None:
    """The file sent twice, each load pressed three times, as a tired hand or a proxy would."""
    for _ in range(2):
        bring(pilot, what, as_json(ARCHIVES[what]), "essai.json")
    loads = list(Load.objects.order_by("pk"))

    answers = [pilot.post(address("load_carry_out", load)) for load in loads for _ in range(3)]

    assert {answer.status_code for answer in answers} == {302}
    assert WRITTEN[what].objects.count() == KEPT
    first, second = Load.objects.order_by("pk")
    assert (first.taken_count + first.mended_count, second.unchanged_count) == (KEPT, KEPT)
    after = tables()
    pilot.post(address("load_carry_out", first))
    assert tables() == after
