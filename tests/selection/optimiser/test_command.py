"""`./traam select --instance`: what it writes, and what it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.selection.optimiser.instances import drawn, made
from traam.config.cli.main import REFUSED, run
from traam.selection.optimiser.instance import Instance, LockKind, Theme, as_data

SEATED = made(
    {"id": "c1", "score": 12.0},
    {"id": "c2", "score": 11.0, "academy": "B"},
    {"id": "c3", "score": 13.0, "academy": "C", "lock": LockKind.OUT},
    themes=(Theme(id="T", maximum=1),),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "instance.json"


def written(instance: Instance, file: Path, capsys) -> dict:
    file.write_text(json.dumps(as_data(instance)), encoding="utf-8")
    assert run(["select", "--instance", str(file), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_select_writes_the_choice_and_its_reasons(file: Path, capsys) -> None:
    assert written(SEATED, file, capsys) == {
        "status": "optimal",
        "objective": 12.0,
        "bound": 12.0,
        "retained": ["c1"],
        "left_out": [
            {"id": "c2", "why": "theme_full", "price": 1.0, "displaces": ["c1"]},
            {"id": "c3", "why": "locked_out", "price": None, "displaces": []},
        ],
        "conflict": [],
    }


def test_select_writes_the_contradiction(file: Path, capsys) -> None:
    instance = made({"id": "c1"}, themes=(Theme(id="T", minimum=2),))

    assert written(instance, file, capsys) == {
        "status": "infeasible",
        "objective": None,
        "bound": None,
        "retained": [],
        "left_out": [],
        "conflict": [
            {
                "rule": "theme_min",
                "subjects": ["T"],
                "limit": 2,
                "sentence": "Le thème « T » demande au moins 2 candidatures ; 1 y répond.",
            }
        ],
    }


def test_select_writes_null_where_no_choice_is_possible_with_it(file: Path, capsys) -> None:
    instance = made(
        {"id": "c1", "lock": LockKind.IN}, {"id": "c2"}, themes=(Theme(id="T", maximum=1),)
    )

    (left,) = written(instance, file, capsys)["left_out"]

    assert left == {"id": "c2", "why": "theme_full", "price": None, "displaces": []}


def test_select_writes_json_that_any_reader_takes(file: Path, capsys) -> None:
    for seed in range(20):
        file.write_text(json.dumps(as_data(drawn(seed))), encoding="utf-8")
        run(["select", "--instance", str(file), "--json"])
        out = capsys.readouterr().out

        assert "Infinity" not in out
        assert "NaN" not in out


def test_select_without_json_speaks_french(file: Path, capsys) -> None:
    file.write_text(json.dumps(as_data(SEATED)), encoding="utf-8")

    assert run(["select", "--instance", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Optimum prouvé : 1 candidature retenue")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "Le fichier n’est pas du JSON"),
        (b"{}", "il manque le champ « themes »"),
        (b"\xff", "UTF-8"),
    ],
)
def test_select_refuses_a_bad_file_in_french(content, said, file: Path, capsys) -> None:
    file.write_bytes(content)

    assert run(["select", "--instance", str(file), "--json"]) == REFUSED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err


def test_select_refuses_a_file_that_is_not_there(file: Path, capsys) -> None:
    assert run(["select", "--instance", str(file)]) == REFUSED
    assert "ne se lit pas" in capsys.readouterr().err


def test_optimiser_needs_neither_django_nor_a_database() -> None:
    asked = (
        "import sys, traam.selection.optimiser.writing, traam.selection.optimiser.reading, "
        "traam.selection.optimiser.effects; sys.exit('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", asked], env={"PYTHONPATH": "src"}, check=False)

    assert done.returncode == 0
