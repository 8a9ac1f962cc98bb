"""What awaits someone, read at once: a provider asks, then shows."""

from datetime import datetime

from traam.access.actor import Actor
from traam.desk import awaiting
from traam.desk.awaiting import Provider
from traam.desk.items import Item
from traam.kit.together import answer, shown


def items(provider: Provider, actor: Actor, now: datetime) -> list[Item]:
    """What this provider shows."""
    return answer(shown(provider(actor, now)))


def awaited(actor: Actor, now: datetime) -> list[Item]:
    """All that awaits this person."""
    return answer(awaiting.awaiting(actor, now))
