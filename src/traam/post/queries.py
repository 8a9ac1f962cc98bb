"""What screens read of the outbox, and the door to people's addresses."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.utils.module_loading import import_string

from traam.post import rules
from traam.post.models import Message, MessageQuerySet
from traam.post.rules import Joined, State


def address_of(person: int | None) -> str | None:
    """The mail address of a person's key, None without one. `settings.ADDRESS_BOOK` names who knows
    (people lies above the post)."""
    if person is None:
        return None
    look_up: Callable[[int], str | None] = import_string(settings.ADDRESS_BOOK)
    return look_up(person)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a message; `content` is None when nobody may have it any more."""

    digest: str
    name: str
    media_type: str = ""
    content: bytes | None = None


def attached(message: Message) -> list[Attached]:
    """The files of a message. `settings.ATTACHED_FILES` names who has their bytes (documents and
    the post are strangers)."""
    look_up: Callable[[str, str], tuple[str, str, bytes] | None]
    look_up = import_string(settings.ATTACHED_FILES)
    found = []
    for file in rules.joined([Joined(**given) for given in message.attachments]):
        name, media_type, content = look_up(file.digest, file.name) or (file.name, "", None)
        found.append(Attached(file.digest, name or file.digest[:12], media_type, content))
    return found


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
