"""The command line: French help, exit codes, wrong use."""

import re
from pathlib import Path

import pytest

from traam.config.cli.checking import BENCHES
from traam.config.cli.french import WRONG_USE, translate
from traam.config.cli.main import parser, run

COMMANDS = (
    *("start", "serve", "work", "demo", "load", "invite", "select"),
    *("backup", "restore", "verify", "test", "bench"),
)
PILOT = ("alice@exemple.invalid", "--name", "Alice", "--role", "pilot")
ENGLISH = re.compile(r"\b(usage: |options:|positional|show this|error|required|invalid)\b")


def leave(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        run(words)
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


@pytest.mark.parametrize("command", COMMANDS)
def test_command_answers_help_in_french(command: str, capsys) -> None:
    code, out, err = leave([command, "--help"], capsys)

    assert (code, err) == (0, "")
    assert out.startswith("usage : ./traam")
    assert not ENGLISH.search(out)


def test_bench_offers_every_measure_of_its_folder() -> None:
    folder = Path(__file__).resolve().parents[2] / "bench"
    measures = {
        path.stem.replace("_", "-")
        for path in folder.glob("[!_]*.py")
        if "def run(*, large: bool)" in path.read_text()
    }

    assert measures == set(BENCHES)


def test_help_lists_every_command(capsys) -> None:
    code, out, _err = leave(["--help"], capsys)

    assert code == 0
    assert [name for name in COMMANDS if name not in out] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "il manque : commande"),
        (["danse"], "n’existe pas"),
        (["load"], "il manque"),
        (["load", "groups", "f.json"], "n’existe pas"),
        (["start", "--port", "abc"], "n’est pas accepté"),
        (["start", "--port", "99999"], "n’est pas accepté"),
        (["start", "--port"], "il manque une valeur"),
        (["demo", "--scale", "11"], "n’est pas accepté"),
        (["demo", "--today", "hier"], "n’est pas accepté"),
        (["verify", "--vite"], "mots non reconnus : --vite"),
        (["bench", "danse"], "n’existe pas"),
        (["select"], "il manque : --instance ou --campaign"),
        (["select", "--instance", "f", "--campaign", "2026-2027"], "ne va pas avec --instance"),
        (["select", "--instance", "f", "--keep", "Un"], "--keep demande --campaign"),
        (["select", "--instance", "f", "--seconds", "nan"], "n’est pas accepté"),
        (["invite"], "il manque : ADRESSE, --name, --role"),
        (["invite", "a@b.fr", "--name", "A", "--role", "chef"], "n’existe pas"),
        (["invite", *PILOT, "--from", "hier"], "n’est pas accepté"),
    ],
)
def test_wrong_use_exits_2_with_one_french_sentence(words: list[str], said: str, capsys) -> None:
    code, out, err = leave(words, capsys)

    assert (code, out) == (WRONG_USE, "")
    assert said in err.splitlines()[-1]
    assert not ENGLISH.search(err)


def test_translate_leaves_an_unknown_message_as_it_is() -> None:
    assert translate("quelque chose") == "quelque chose"


def test_parser_gives_every_command_its_door() -> None:
    for command in COMMANDS:
        expected = {
            "load": ["campaigns", "f"],
            "invite": PILOT,
            "select": ["--instance", "f"],
            "backup": "f",
            "restore": "f",
        }
        rest = expected.get(command, [])
        options = parser().parse_args([command, *rest])

        assert callable(options.run), command
