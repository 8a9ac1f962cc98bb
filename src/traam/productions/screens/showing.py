"""A production as its page shows it: what it says, what may be done with it, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.sentences import who_may
from traam.documents.rules import KINDS
from traam.kit.jinja import url
from traam.kit.text import size
from traam.productions.models import Production, ProductionFile, ProductionLink
from traam.productions.queries.reading import shown_file, values_of
from traam.productions.rules import files as file_rules
from traam.productions.rules.fields import label_of
from traam.productions.rules.life import (
    LIVING,
    NEEDS_AUTHORISATION,
    PRODUCTION_LIFE,
    ProductionState,
)

P = ProductionState
TEXTS = ("aim", "needs", "steps")


@dataclass(frozen=True, slots=True)
class Act:
    """A button: its words, where it leads, whether it is the first one to press."""

    label: str
    href: str
    is_first: bool = False


# Each act: the move of the machine, the right it wants, its words, the name of its address.
ACTS = (
    ("propose", "production.propose", "Proposer à la validation", "proposer"),
    ("share", "production.share", "Partager avec le groupe", "partager"),
    ("validate", "production.validate", "Valider", "valider"),
    ("publish", "production.publish", "Publier", ""),
    ("return", "production.return", "Renvoyer à l’équipe…", "renvoyer"),
    ("take_back", "production.take_back", "Reprendre la proposition…", "reprendre-proposition"),
    ("new_version", "production.new_version", "Écrire une nouvelle version", "nouvelle-version"),
    ("unshare", "production.write", "Reprendre le partage…", "reprendre-partage"),
    ("restore", "production.withdraw", "Rétablir…", "retablir"),
    ("withdraw", "production.withdraw", "Retirer…", ""),
)
_FIRST = frozenset({"validate", "publish"})


def acts_open(production: Production, actor: Actor, place: Place) -> list[Act]:
    """The buttons that this reader may press now."""
    open_moves = PRODUCTION_LIFE.open_moves(P(production.state))
    found = []
    for move, right, label, name in ACTS:
        if move in open_moves and actor.allows(right, place):
            found.append(Act(label, _address(production, move, name), move in _FIRST))
    return found


def may_try(production: Production, actor: Actor, place: Place) -> bool:
    """May this reader begin a trial of it, in one of the teams of its group?"""
    group = replace(place, teams=place.teams | place.group_teams)
    return production.state in LIVING and actor.allows("trial.begin", group)


def _address(production: Production, move: str, name: str) -> str:
    if move in ("publish", "withdraw"):
        return url(f"production_{move}", code=production.code)
    return url("production_act", code=production.code, act=name)


@dataclass(frozen=True, slots=True)
class Read:
    """A field as it is read: its heading and its text, in Markdown."""

    id: str
    title: str
    text: str


def texts(production: Production) -> list[Read]:
    """The long texts that are filled, in the order of reading."""
    return [
        Read(name, label_of(name, production.kind), getattr(production, name))
        for name in TEXTS
        if getattr(production, name).strip()
    ]


def facts(production: Production) -> list[tuple[str, str]]:
    """« En bref »: for whom, how long, with what, under which licence."""
    terms = list(production.terms.all())

    def of(*schemes: str) -> str:
        return ", ".join(one.label for one in terms if one.scheme in schemes)

    from_values = values_of(production)
    return [
        ("Disciplines", of("disciplines")),
        ("Niveaux", of("levels")),
        ("Cycles", of("cycles")),
        ("Durée", str(from_values["duration"])),
        ("Outils", of("tools")),
        ("Compétences", of("crcn", "socle", "competences")),
        ("Programmes", of("programmes")),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown:
    """A file: where its bytes are, what is said of it, what is still to be answered."""

    row: ProductionFile
    href: str
    detail: str
    faults: Sequence[str]
    is_withheld: bool
    needs_answer: bool


def files(production: Production) -> list[FileShown]:
    """Its files; reads what `whole` fetched."""
    return [_file(production, one) for one in production.files.all()]


def _file(production: Production, one: ProductionFile) -> FileShown:
    is_withheld = bool(getattr(one, "is_withheld", False))  # annotated by `whole`
    kind = KINDS[one.file.media_type].label if one.file.media_type in KINDS else one.file.media_type
    shown = shown_file(one)
    return FileShown(
        row=one,
        href="" if is_withheld else url("production_file", code=production.code, key=one.pk),
        detail=f"{kind} – {size(one.file.size)}",
        faults=file_rules.faults(shown),
        is_withheld=is_withheld,
        needs_answer=shown.use in NEEDS_AUTHORISATION,
    )


GOOD = range(200, 400)


def health_of(link: ProductionLink) -> tuple[str, str]:
    """What is known of an address, in words, and the colour that goes with them."""
    if link.checked_at is None:
        return "non vérifié", ""
    if link.health in GOOD:
        return "répond", "success"
    if link.health == 0:
        return "ne répond pas", "error"
    return f"répond par une erreur ({link.health})", "warning"


def why_not_write(production: Production, actor: Actor, place: Place) -> str:
    """Who may write it now, for who reads it and may not; "" for who may."""
    right = "production.write"
    return "" if actor.allows(right, place) else who_may(right, place)
