"""How an act is allowed, and in whose name: what every stage's actions ask first."""

from traam.access.actor import Actor
from traam.access.place import NOWHERE, Place
from traam.access.web import require
from traam.kit.refusals import NotAllowed


def allowed(actor: Actor | None, right: str, place: Place = NOWHERE) -> int | None:
    """The person on whose behalf the actor does this; None for oneself, or for the house (None).

    Raises `NotAllowed`.
    """
    if actor is None:
        return None
    require(actor, right, place)
    return actor.on_behalf_of(right, place)


def person_of(actor: Actor | None) -> int | None:
    """The key of whoever acts; None for the house."""
    return actor.person if actor is not None else None


def key_of(actor: Actor) -> int:
    """Whoever is signed in: what a row that needs a person keeps. Raises `NotAllowed`."""
    if actor.person is None:
        raise NotAllowed("Il faut être connecté pour cela.")
    return actor.person
