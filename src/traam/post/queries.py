"""What screens read of the outbox, and the door to people's addresses."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import Count
from django.utils.module_loading import import_string

from traam.post.models import Message, MessageQuerySet
from traam.post.rules import State


def address_of(person: int | None) -> str | None:
    """The mail address of a person's key, None without one. `settings.ADDRESS_BOOK` names who knows
    (people lies above the post)."""
    if person is None:
        return None
    look_up: Callable[[int], str | None] = import_string(settings.ADDRESS_BOOK)
    return look_up(person)


def counts() -> list[tuple[State, int]]:
    """How many messages in each state, in the order of the life."""
    rows = Message.objects.order_by().values_list("state").annotate(count=Count("pk"))
    found = dict(rows)
    return [(state, found.get(state, 0)) for state in State]


def for_outbox(*, state: str = "", kind: str = "") -> MessageQuerySet:
    """The outbox, latest first, narrowed to a state or a kind."""
    messages = Message.objects.order_by("-pk")
    if state:
        messages = messages.filter(state=state)
    if kind:
        messages = messages.filter(kind=kind)
    return messages


def kinds() -> list[str]:
    """The kinds that the outbox holds, for its filter."""
    return list(Message.objects.order_by("kind").values_list("kind", flat=True).distinct())


def for_person(person: int) -> MessageQuerySet:
    """A person's own messages, latest first."""
    return Message.objects.of_person(person).order_by("-pk")
