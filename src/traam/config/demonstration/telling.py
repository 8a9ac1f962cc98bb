"""What teams and groups write in the year: productions, protocols, observations, minutes. Pure.

What six themes taught is a file of its own (`data/lessons.json`); the other themes are told from
what is tried and looked at in their situations (`words`). No name of a person.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from traam.config.demonstration.words import (
    HIGHER,
    PRIMARY,
    VOCATIONAL,
    Dice,
    Labels,
    Situation,
    ThemeWords,
)
from traam.kit.text import sentence

DATA = Path(__file__).parent / "data" / "lessons.json"
AGENDAS: Mapping[str, str] = {
    "Réunion de lancement": (
        "1. Bilan de l’an dernier\n2. Le cahier des charges, les moyens\n3. Le projet de chaque "
        "académie, en cinq minutes\n4. Grille d’observation commune\n5. Calendrier"
    ),
    "Point d’étape à distance": (
        "1. Où en est chaque équipe\n2. Les tests croisés : rendus, attendus\n3. Premiers "
        "constats, essais abandonnés compris\n4. Le plan de la synthèse"
    ),
    "team": "1. Ce que montrent les premières séances\n2. Qui essaie quoi, et quand\n3. Les heures",
}
COMPETENCES = ("CRCN-1.3", "CRCN-2.3", "CRCN-3.2", "CRCN-1.2", "CRCN-2.2")
_PROGRAMMES = (
    (frozenset({"2GT"}), "P2019-2"),
    (frozenset({"1G", "1T", "1-STMG", "1-STI2D", "1-ST2S"}), "P2019-1"),
    (frozenset({"TG", "TT", "T-STMG", "T-STI2D", "T-ST2S"}), "P2019-T"),
    (VOCATIONAL, "P2019-LP"),
    (HIGHER, "none"),
)
EQUIPMENT = (
    "une tablette pour deux élèves",
    "salle informatique, un poste par élève",
    "un poste pour trois et un vidéoprojecteur",
    "les téléphones des élèves, avec accord écrit",
    "une classe mobile de seize ordinateurs",
)
PLACES = ("salle de classe", "salle informatique", "CDI", "salle de classe, puis cour")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A finding of a theme: what was looked for, and what classes showed of it."""

    kind: str
    text: str
    scope: str
    indicator: str
    seen: tuple[str, ...]
    nuance: str
    contrary: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that a theme taught; the words of its syntheses."""

    summary: str
    frame: str
    opinion: str
    limits: str
    spreading: str
    findings: tuple[Lesson, ...]


@cache
def lessons() -> Mapping[str, Lessons]:
    """By theme (its slug), what it taught."""
    given = json.loads(DATA.read_text(encoding="utf-8"))
    return {slug: _lessons(one) for slug, one in given.items()}


def _lessons(given: dict[str, Any]) -> Lessons:
    found = tuple(Lesson(**{**one, "seen": tuple(one["seen"])}) for one in given["findings"])
    return Lessons(**{**given, "findings": found})


# --- productions -----------------------------------------------------------------------------


def draft_of(
    words: ThemeWords, situation: Situation, labels: Labels, codes: Mapping[str, Any]
) -> dict[str, Any]:
    """The eight fields that are asked to share a scenario. `codes`: its terms."""
    minutes = 45 if PRIMARY & {*codes["levels"]} else 55
    return {
        "title": f"{situation.title}, en {labels.level}",
        "hook": f"{sentence(situation.tried)} ; on regarde {situation.seen}.",
        "disciplines": [*words.disciplines],
        "levels": [*codes["levels"]],
        "aim": (
            f"{words.axes[0]}. En {labels.level}, l’élève apprend à dire ce qu’il a fait, ce qui a "
            f"résisté et pourquoi ; l’équipe observe {situation.seen}."
        ),
        "steps": _steps(situation, labels),
        "tools": f"{sentence(labels.tool)}\n{sentence(labels.other_tool)}",
        "duration": f"3 séances de {minutes} minutes",
    }


def _steps(situation: Situation, labels: Labels) -> str:
    return (
        f"## Avant\n\n- Préparer l’outil ({labels.tool}) la veille, un pour deux élèves.\n"
        "- Choisir une situation courte, que toute la classe peut commencer sans aide.\n\n"
        "## Séance 1, sans outil\n\nRecherche seul pendant dix minutes, puis à deux. On relève "
        f"{situation.seen}.\n\n"
        f"## Séance 2, avec l’outil\n\n{sentence(situation.tried)}. Le professeur passe dans "
        "chaque groupe avec la grille, et ne corrige pas.\n\n"
        "## Séance 3, reprise\n\nMise en commun à partir de deux travaux choisis. Chaque élève "
        "écrit ce qu’il changerait ; un temps sans écran clôt la séance."
    )


def grid_of(
    words: ThemeWords, situation: Situation, labels: Labels, codes: Mapping[str, Any]
) -> dict[str, Any]:
    """The same fields, of an observation grid with its instructions."""
    return draft_of(words, situation, labels, codes) | {
        "title": f"Grille et mode d’emploi : {situation.title[:1].lower()}{situation.title[1:]}",
        "hook": f"Une page pour observer {situation.seen}, sans quitter la classe des yeux.",
        "steps": (
            "## Remplir\n\nUne ligne par groupe, une colonne par quart d’heure : « vu », « pas "
            f"vu », « contraire ». On cherche d’abord {situation.seen}.\n\n## Relire\n\nCinq "
            "minutes à deux, le jour même : ce qui surprend est entouré, et noté en une phrase."
        ),
        "duration": "Une séance observée, puis cinq minutes de relecture",
    }


def more_of(situation: Situation, labels: Labels, level: str, dice: Dice) -> dict[str, Any]:
    """What is asked besides, before a production is validated and published."""
    programme = next((code for levels, code in _PROGRAMMES if level in levels), "P2020-C234")
    return {
        "summary": (
            f"En {labels.level}, les élèves travaillent autrement : {situation.tried}. Trois "
            "séances suffisent pour voir ce que cela change. Le scénario dit ce qu’il faut "
            "préparer, et ce qui peut gêner."
        ),
        "needs": (
            f"{sentence(labels.tool)} ; une salle où circuler entre les groupes ; la grille "
            "d’observation, imprimée."
        ),
        "competences": dice.some(COMPETENCES, 2, "competences"),
        "programmes": [programme],
    }


def grid_file(situation: Situation) -> bytes:
    """The grid as a sheet to print: CSV."""
    rows = (
        "Groupe;Premier quart d’heure;Deuxième quart d’heure;Troisième quart d’heure",
        *(f"Groupe {number};;;" for number in range(1, 9)),
        f"À observer : {situation.seen};;;",
    )
    return "\r\n".join(rows).encode()


def adapted_words(labels: Labels) -> str:
    """What a team that takes another's scenario up says that it changed."""
    return (
        f"Les trois séances sont gardées, en {labels.level} ; {labels.tool} y sert, puisque "
        "l’établissement en dispose."
    )


# --- trials ----------------------------------------------------------------------------------


def hypothesis_of(situation: Situation) -> str:
    return f"Si {situation.tried}, on verra changer {situation.seen}."


def success_of(dice: Dice) -> str:
    return dice.one(
        (
            "Au moins un élève sur deux s’y engage sans relance à la seconde séance.",
            "Deux indicateurs sur trois sont vus dans la moitié des groupes.",
            "Les élèves le font encore d’eux-mêmes deux semaines après.",
        ),
        "success",
    )


def plain_indicators(situation: Situation) -> tuple[str, ...]:
    """What a theme without lessons looks for."""
    return (
        f"À relever : {situation.seen}",
        "L’élève s’engage sans relance du professeur",
        "L’outil prend moins d’un tiers de la séance",
    )


def plain_sight(situation: Situation, labels: Labels, dice: Dice) -> str:
    """What is seen in a class of a theme without lessons."""
    groups = 5 + dice.number("groups", below=4)
    some = 1 + dice.number("some", below=groups - 1)
    return dice.one(
        (
            f"Dans {some} groupes sur {groups}, on relève {situation.seen}, surtout après la mise "
            "en commun.",
            f"{sentence(situation.tried)} : la consigne est comprise en cinq minutes, et "
            f"{some} groupes sur {groups} vont au bout.",
            f"Un quart d’heure pour prendre en main l’outil ({labels.tool}) ; ensuite le travail "
            "reprend le dessus.",
            f"Les élèves comparent leurs façons de faire sans qu’on le demande, dans {some} "
            f"groupes sur {groups}.",
        ),
        "sight",
    )


def circumstance(dice: Dice) -> str:
    """How the lesson went, beside what was looked for; may be empty."""
    return dice.one(
        (
            "",
            "Deux groupes n’avaient pas fini à la sonnerie.",
            "La connexion a tenu pour quinze appareils ; les derniers ont partagé.",
            "Séance du vendredi, dernière heure : la mise en route a pris dix minutes.",
            "Une moitié de la classe avait manqué la séance d’avant.",
            "La grille était remplie par un collègue, au fond de la salle.",
            "Même consigne que la semaine passée, relue à voix haute.",
        ),
        "circumstance",
    )


def lesson_note(number: int, labels: Labels, dice: Dice) -> str:
    """What happened in a session."""
    return dice.one(
        (
            f"Séance {number} : mise en route rapide, la consigne a été relue deux fois.",
            f"Séance {number} : dix minutes perdues à ouvrir l’outil ({labels.tool}), rattrapées "
            "sur la mise en commun.",
            f"Séance {number} : les groupes de la fois précédente ont été gardés.",
            f"Séance {number} : un groupe a travaillé sans outil, à sa demande.",
        ),
        "note",
        number,
    )


GIVEN_UP = (
    "Le matériel prêté a été repris avant la seconde séance, et aucune autre salle n’était libre.",
    "La classe est partie en stage plus tôt que prévu : il n’y aura pas de seconde séance.",
)
DECLINED = "Aucune de nos classes n’a ce chapitre au programme avant la fin du trimestre."
CONCLUSIONS = {
    "confirmed": "L’hypothèse tient dans cette classe, dès la seconde séance.",
    "partly": "L’hypothèse tient pour les groupes qui ont eu le temps de finir.",
    "not_confirmed": "L’hypothèse n’est pas confirmée ici : l’outil a pris la place du travail.",
    "undecided": "Deux séances ne suffisent pas à conclure dans cette classe.",
}


def adaptations_of(dice: Dice) -> str:
    return dice.one(
        (
            "Groupes de trois au lieu de deux, faute de matériel.",
            "La troisième séance a été faite sans écran.",
            "La grille a été réduite à deux indicateurs.",
            "Consigne réécrite avec les élèves au début de la seconde séance.",
        ),
        "adaptations",
    )


# --- meetings --------------------------------------------------------------------------------


def minutes_of(words: ThemeWords, title: str) -> Sequence[str]:
    """The first sections of the minutes of a meeting of the group: what was done, what was said."""
    if title.startswith("Réunion"):
        done = "Chaque académie a présenté son projet en cinq minutes."
        said = (
            f"{words.problem}\n\nLes équipes craignent de manquer de temps pour observer ; une "
            "grille d’une page est préférée à un questionnaire."
        )
    else:
        done = "Tour des équipes : scénarios partagés, essais clos, tests croisés rendus."
        said = (
            "Deux essais abandonnés sont racontés : ils compteront dans la synthèse. Les premiers "
            "constats diffèrent d’un niveau à l’autre."
        )
    return (done, said)
