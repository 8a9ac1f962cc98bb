"""What a person is told when an action says no: expected refusals are exceptions of ours."""

from collections.abc import Collection, Sequence


class Refusal(Exception):
    """An expected no. `reasons`: French sentences naming the field, the value, what is accepted."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class NotAllowed(Refusal):
    """The actor has not the right; the reason says who has."""


class Unread(Refusal):
    """Allowed, but seldom meant: done once the person has read these reasons, and asks again."""


def need_read(warnings: Sequence[str], known: Collection[str] | None) -> None:
    """Raises `Unread` unless each of these was read. `known`: what the page that asks has shown;
    None: no page asks, there is nobody to warn."""
    if known is not None and not set(warnings) <= set(known):
        raise Unread(*warnings)


class Unknown(Refusal):
    """No such thing for this actor: a stranger is told nothing more (404)."""
