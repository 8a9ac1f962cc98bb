"""What productions await from a person: to be validated, published, or written again."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from traam.access.actor import Actor
from traam.desk.items import Item
from traam.kit.text import plural, relative, since
from traam.kit.together import Part
from traam.productions.models import Production
from traam.productions.queries import listing

ROOM = "productions"


def to_validate(actor: Actor, now: datetime) -> Part[Item]:
    """Those that the teams of this inspector propose."""
    yield from _items(
        actor,
        "production.validate",
        listing.to_validate,
        words=("production à valider", "productions à valider"),
        text=lambda at: f"La plus ancienne attend {since(at, now)}.",
        action="Lire et valider",
    )


def to_publish(actor: Actor, now: datetime) -> Part[Item]:
    """Those that inspectors have validated in the themes of this expert."""
    yield from _items(
        actor,
        "production.publish",
        listing.to_publish,
        words=("production à publier", "productions à publier"),
        text=lambda at: f"Validées par l’inspection ; la plus ancienne attend {since(at, now)}.",
        action="Publier",
    )


def returned(actor: Actor, now: datetime) -> Part[Item]:
    """Those that came back to this person's teams, with a reason to read."""
    yield from _items(
        actor,
        "production.write",
        listing.returned,
        words=("production renvoyée à votre équipe", "productions renvoyées à votre équipe"),
        text=lambda at: f"Le motif est sur la page ; renvoyée {relative(at, now)}.",
        action="Lire et compléter",
    )


def _items(
    actor: Actor,
    right: str,
    found: Callable[[Actor], QuerySet[Production]],
    *,
    words: tuple[str, str],
    text: Callable[[datetime], str],
    action: str,
) -> Part[Item]:
    if not actor.may(right):
        return
    rows = yield found(actor).order_by("state_at", "pk").values_list("code", "state_at")
    if not rows:
        return
    first, at = rows[0]
    many = reverse(ROOM) + "?" + urlencode({"attente": "moi"})
    yield Item(
        plural(len(rows), *words),
        text(at),
        action,
        ROOM,
        at=many if len(rows) > 1 else reverse("production", kwargs={"code": first}),
    )
