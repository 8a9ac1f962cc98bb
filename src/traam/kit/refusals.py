"""What a person is told when an action says no: expected refusals are exceptions of ours."""


class Refusal(Exception):
    """An expected no. `reasons`: French sentences naming the field, the value, what is accepted."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class NotAllowed(Refusal):
    """The actor has not the right; the reason says who has."""


class Unknown(Refusal):
    """No such thing for this actor: a stranger is told nothing more (404)."""
