"""Reads the words, prepares Django, runs one command, turns refusals into exit codes.

Exit codes: 0 done, 1 refused or faults found, 2 wrong use.
"""

import os
import sys

from traam.config.cli import checking, choice, data, people, serving
from traam.config.cli.french import Parser
from traam.config.environment import SettingsError

REFUSED = 1
DESCRIPTION = """Le système d’information des travaux académiques mutualisés (TraAM).

Pour commencer : ./traam start, puis http://127.0.0.1:8000"""


def parser() -> Parser:
    """Every command with its options."""
    made = Parser(prog="./traam", description=DESCRIPTION)
    commands = made.add_subparsers(
        title="commandes", metavar="commande", dest="command", required=True, parser_class=Parser
    )
    for family in (serving, data, people, choice, checking):
        family.add_commands(commands)
    return made


def _say(sentences: list[str]) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)  # noqa: T201 (a command speaks)


def run(words: list[str]) -> int:
    """Run the command; the value is the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traam.config.settings")
    options, rest = parser().parse_known_args(words)
    if rest and not options.takes_rest:
        parser().error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        if options.needs_django:
            os.environ.update(serving.settings_of(options))
            import django  # noqa: PLC0415 (the settings are read here, and may be refused)

            django.setup()
        return int(options.run(options, rest) or 0)
    except SettingsError as error:
        _say(error.problems)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from traam.kit.refusals import Refusal  # noqa: PLC0415 (not before the settings)

        if not isinstance(error, Refusal):
            raise
        _say(error.reasons)
    return REFUSED
