"""argparse in French: usage, headings, errors and `--help`."""

import argparse
import re
import sys
from typing import Any, NoReturn

WRONG_USE = 2  # exit code

_ERRORS = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"one of the arguments (\S+) (\S+) is required", r"il manque : \1 ou \2"),
    (r"unrecognized arguments: (.*)", r"mots non reconnus : \1"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 : \2 n’existe pas (\3)"),
    (r"argument (.*): invalid \w+ value: (.*)", r"\1 : \2 n’est pas accepté"),
    (r"argument (.*): expected one argument", r"\1 : il manque une valeur"),
    (r"argument (.*): expected at least one argument", r"\1 : il manque au moins une valeur"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 ne va pas avec \2"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 est ambigu : \2"),
    (r"argument (.*): ignored explicit argument (.*)", r"\1 ne prend pas de valeur (\2)"),
)


def translate(message: str) -> str:
    """An argparse message in French; one that is not known stays as it is."""
    for pattern, french in _ERRORS:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(pattern, french, message, flags=re.DOTALL)
    return message


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose every word is French."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", _Formatter)
        super().__init__(**kwargs, add_help=False, allow_abbrev=False)
        self._positionals.title = "mots attendus"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="montre cette aide et s’arrête")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog} : {translate(message)}\n")
