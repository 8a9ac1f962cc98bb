"""The generated page `docs/rights.md`: the table of rights, readable by an inspector."""

import sys

from traam.access.policy import CHAPTERS, TABLE
from traam.access.policy.grants import Condition, InState, Is, IsNot, Right, Scope, Tie
from traam.access.roles import Role
from traam.access.sentences import by_fact

INTRODUCTION = """\
# Qui peut faire quoi

Cette page est produite par le programme à partir de sa table des droits ; elle ne se modifie pas à
la main (`./traam test` vérifie qu’elle dit ce que fait le programme).

Une personne agit par ses **mandats** : un rôle, une portée (académie, discipline, thème, équipe) et
une période. Plusieurs mandats s’ajoutent. Un mandat délégué (« suppléance ») donne les mêmes droits
pendant la période de la délégation, et le journal nomme les deux personnes. Ce qui n’est pas écrit
ici n’est permis à personne.

Pour la produire : `PYTHONPATH=src .venv/bin/python -m traam.access.document > docs/rights.md`.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _row(row: Right) -> str:
    lines = []
    for fact, (names, _) in by_fact(row.grants).items():
        lines += [_sentence(f"{name}, {fact}" if fact else name) for name in names]
    return f"| {_cell(_sentence(row.label))} | {_cell('<br>'.join(lines))} | `{row.name}` |"


def _roles() -> str:
    lines = ["## Les rôles", "", "| Rôle | Code |", "|---|---|"]
    lines += [f"| {_cell(_sentence(role.label))} | `{role.value}` |" for role in Role]
    return "\n".join(lines)


def _conditions() -> str:
    """What the sentences mean for the program: each condition's words, and its codes."""
    found: dict[tuple[str, str], None] = {}
    for row in TABLE.values():
        for grant in row.grants:
            for condition in grant.conditions:
                found[_meaning(condition)] = None
    lines = ["## Ce que veulent dire les conditions", "", "| Condition | Code |", "|---|---|"]
    lines += [f"| {_cell(_sentence(words))} | `{codes}` |" for words, codes in sorted(found)]
    return "\n".join(lines)


def _meaning(condition: Condition) -> tuple[str, str]:
    match condition:
        case Scope() | Tie():
            return condition.label, condition.value
        case InState():
            return condition.words, f"état : {', '.join(sorted(condition.states))}"
        case Is():
            return condition.words, condition.flag.value
        case IsNot():
            return condition.words, f"pas {condition.flag.value}"


def page() -> str:
    """The whole page, in Markdown; the committed file must equal it."""
    parts = [INTRODUCTION.rstrip(), _roles()]
    for title, rows in CHAPTERS:
        head = [f"## {title}", "", "| Pour… | il faut être… | Code |", "|---|---|---|"]
        parts.append("\n".join([*head, *map(_row, rows)]))
    return "\n\n".join([*parts, _conditions()]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
