"""What the demonstration's people write: invented, composed from real levels, tools and subjects.

Pure: the same seed and the same names give the same words. No name of a person.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

DATA = Path(__file__).parent / "data" / "themes.json"
Item = TypeVar("Item")
VOCATIONAL = frozenset({"CAP1", "CAP2", "2PRO", "1PRO", "TPRO"})
MIDDLE = frozenset({"6E", "5E", "4E", "3E", "SEGPA", "ULIS"})
PRIMARY = frozenset({"CM1", "CM2"})
HIGHER = frozenset({"BTS1", "BTS2"})
SCHOOLS = {
    "primary": ("l’école élémentaire du centre", "l’école élémentaire des Tilleuls"),
    "middle": ("le collège du Parc", "le collège de la Rivière", "le collège des Remparts"),
    "high": ("le lycée du Plateau", "le lycée de la Gare", "le lycée du Port"),
    "vocational": ("le lycée professionnel des Ateliers", "le lycée professionnel du Canal"),
    "higher": ("le lycée du Plateau, section de BTS",),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """A way of working in class: its name, what is tried, what is looked at."""

    title: str
    tried: str
    seen: str


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """An invented theme. `disciplines`, `levels` and `tools` are codes of the vocabularies."""

    slug: str
    title: str
    problem: str
    axes: tuple[str, ...]
    disciplines: tuple[str, ...]
    levels: tuple[str, ...]
    tools: tuple[str, ...]
    situations: tuple[Situation, ...]
    is_transversal: bool


@cache
def themes() -> tuple[ThemeWords, ...]:
    """Every theme that the demonstration may propose."""
    given = json.loads(DATA.read_text(encoding="utf-8"))
    return tuple(_theme(one) for one in given)


def _theme(given: dict[str, Any]) -> ThemeWords:
    return ThemeWords(
        slug=given["slug"],
        title=given["title"],
        problem=given["problem"],
        axes=tuple(given["axes"]),
        disciplines=tuple(given["disciplines"]),
        levels=tuple(given["levels"]),
        tools=tuple(given["tools"]),
        situations=tuple(Situation(*one) for one in given["situations"]),
        is_transversal=given.get("transversal", False),
    )


class Dice:
    """Choices that depend on a seed and on names only, never on the order of calls."""

    def __init__(self, *names: object) -> None:
        self.names = names

    def number(self, *more: object, below: int) -> int:
        """A number from 0 to `below` excluded."""
        text = "|".join(map(str, (*self.names, *more)))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % below

    def one(self, among: Sequence[Item], *more: object) -> Item:
        """One of these."""
        return among[self.number(*more, below=len(among))]

    def some(self, among: Sequence[Item], count: int, *more: object) -> list[Item]:
        """That many of these, each once, in a drawn order."""
        drawn = sorted(range(len(among)), key=lambda n: self.number(*more, n, below=2**60))
        return [among[n] for n in drawn[:count]]


def school_type(level: str) -> str:
    """The key that the form's « type d’établissement » gives to this level."""
    for kind, levels in (
        ("vocational", VOCATIONAL),
        ("middle", MIDDLE),
        ("primary", PRIMARY),
        ("higher", HIGHER),
    ):
        if level in levels:
            return kind
    return "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of the vocabularies that a project needs: a level, a tool, a discipline."""

    level: str
    other_level: str
    tool: str
    other_tool: str
    discipline: str
    academy: str
    author: str


def answers(
    *, theme: ThemeWords, situation: Situation, labels: Labels, level: str, dice: Dice, year: int
) -> dict[str, Any]:
    """The answers of an application, by field: what its team would write."""
    classes = 2 + dice.number("classes", below=4)
    return {
        "title": f"{situation.title} ({labels.level}, {labels.tool})",
        "summary": (
            f"En {labels.level} et en {labels.other_level}, {situation.tried}. L’équipe de "
            f"l’académie veut savoir ce que cela change pour les élèves qui s’engagent le moins, "
            f"et à quelles conditions des collègues pourraient le reprendre."
        ),
        "duration_years": "two" if dice.number("years", below=5) == 0 else "one",
        **_team(labels, school_type(level), dice),
        "problem": (
            f"{theme.problem} Dans nos classes, nous partons d’un constat : en {labels.level}, "
            f"l’outil occupe vite toute la séance. Nous voulons comparer une séance avec "
            f"{labels.tool} et une séance sans, sur le même objectif."
        ),
        "protocol": (
            f"Dans {classes} classes de {labels.level}, {situation.tried}. Trois séances avant "
            f"les vacances d’hiver, trois après ; chaque séance est préparée à deux. Une classe "
            f"de {labels.other_level} reprend le scénario avec {labels.other_tool}."
        ),
        "observation": (
            f"Nous observons {situation.seen}. Une grille d’une page est remplie par un "
            f"collègue, une séance sur deux ; les productions d’élèves sont relues sans nom. "
            f"Nous dirons que cela ne marche pas si moins d’un élève sur deux s’y engage."
        ),
        "offer": (
            "Deux scénarios prêts à essayer dès janvier, avec leur grille ; nous essaierons en "
            "retour deux scénarios d’autres académies, dans des classes d’un autre niveau."
        ),
        "productions": [
            {"what": f"Scénario : {situation.title.lower()}", "due": f"{year + 1}-01-31"},
            {"what": "Grille d’observation et mode d’emploi", "due": f"{year + 1}-03-15"},
        ],
        "tools": f"{labels.tool}, {labels.other_tool}, l’ENT de l’académie.",
        "earlier": dice.one(
            (
                "L’équipe a déjà essayé une première version l’an dernier, dans une seule classe.",
                "C’est une première participation : les trois enseignant·es se sont formé·es "
                "ensemble.",
                "L’académie a pris part à un thème voisin il y a trois ans.",
            ),
            "earlier",
        ),
    }


def _team(labels: Labels, kind: str, dice: Dice) -> dict[str, Any]:
    """Who takes part: functions and numbers, no name."""
    discipline = labels.discipline
    count = 3 + dice.number("team", below=3)  # some 700 teachers in 126 teams
    return {
        "lead": f"Professeur·e référent·e, {discipline}",
        "referents": [
            {
                "name": labels.author,
                "discipline": discipline,
                "school": dice.one(SCHOOLS[kind], "school"),
            }
        ],
        "team": [
            {
                "name": f"Enseignant·e {number}",
                "discipline": discipline,
                "school": dice.one(SCHOOLS[kind], "school", number),
                "level": kind,
            }
            for number in range(1, count + 1)
        ],
    }


def comment(*, total: float, dice: Dice) -> str:
    """A reviewer's appreciation that agrees with their total on 20."""
    if total >= 15:
        return dice.one(
            (
                "Protocole net, indices de réussite énoncés d’avance ; la part offerte aux autres "
                "académies est précise.",
                "Dossier solide : on voit ce qui sera essayé et ce qui ferait renoncer.",
            ),
            "comment",
        )
    if total >= 10:
        return dice.one(
            (
                "L’idée est bonne ; l’observation reste à préciser : qui regarde, et quoi ?",
                "Projet réaliste. La mutualisation se limite à l’envoi de documents.",
            ),
            "comment",
        )
    return dice.one(
        (
            "L’outil est décrit, pas la question posée aux élèves. Rien ne dira si cela marche.",
            "Équipe trop peu engagée dans les classes ; le calendrier ne laisse pas de place à "
            "un second essai.",
        ),
        "comment",
    )
