"""« Préparation »: what the pilot keeps ready, door by door, and what awaits behind each."""

from dataclasses import dataclass
from datetime import datetime

from traam.access.actor import Actor
from traam.desk.awaiting import awaiting
from traam.desk.items import Item
from traam.kit.layout import find
from traam.kit.together import answer

RIGHT = "campaign.prepare"


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the preparation: the name of its address, what it is for, who may open it."""

    name: str
    label: str
    text: str
    right: str


GROUPS: tuple[tuple[str, tuple[Room, ...]], ...] = (
    (
        "Les campagnes",
        (
            Room(
                "prepared_campaigns",
                "Campagnes",
                "Préparer une campagne, la mener : calendrier, règles, cahier des charges, thèmes, "
                "signatures, appel.",
                "campaign.prepare",
            ),
        ),
    ),
    (
        "Le catalogue",
        (
            Room(
                "loads",
                "Chargements",
                "Faire entrer des campagnes et des productions : on lit ce que devient chaque "
                "ligne avant de charger.",
                "archive.load",
            ),
            Room(
                "vocabularies",
                "Référentiels",
                "Académies, disciplines, niveaux, outils… : vérifier les mots nouveaux, charger "
                "une édition.",
                "reference.edit",
            ),
        ),
    ),
    (
        "Les personnes",
        (
            Room(
                "people",
                "Personnes",
                "Les comptes et leurs mandats : inviter, donner un mandat, y mettre fin.",
                "people.invite",
            ),
        ),
    ),
    (
        "Le suivi du service",
        (
            Room(
                "outbox",
                "Courrier",
                "Ce qui est parti, ce qui attend, ce qui échoue et pourquoi.",
                "post.read",
            ),
            Room(
                "jobs",
                "Tâches de fond",
                "Ce que le système fait de lui-même, et ce qu’il n’a pas pu faire.",
                "jobs.read",
            ),
            Room(
                "journal_entries",
                "Journal des actes",
                "Qui a fait quoi, et quand : rien ne s’y efface.",
                "journal.read",
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """A room that this person may enter, and what awaits there."""

    label: str
    text: str
    href: str
    items: tuple[Item, ...]


def is_open_to(actor: Actor) -> bool:
    return actor.may(RIGHT)


def groups_for(actor: Actor, now: datetime) -> list[tuple[str, list[OpenRoom]]]:
    """The groups that hold at least one room for this person."""
    items = answer(awaiting(actor, now))
    groups = [
        (title, [_open(room, items) for room in rooms if actor.may(room.right)])
        for title, rooms in GROUPS
    ]
    return [(title, rooms) for title, rooms in groups if rooms]


def _open(room: Room, items: list[Item]) -> OpenRoom:
    mine = tuple(item for item in items if item.door == room.name)
    return OpenRoom(room.label, room.text, find(room.name), mine)
