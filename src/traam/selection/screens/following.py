"""A decision as its page shows it to who reads it: what they may do, until when."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.selection.actions.participating import AMEND, ANSWER, CALL, WITHDRAW
from traam.selection.actions.replying import REPLY
from traam.selection.models import Decision, Participation, Reply
from traam.selection.queries.decisions import (
    Followed,
    followed,
    participation_of,
    replies_until,
)
from traam.selection.rules.life import PARTICIPATION_LIFE, DecisionKind, ParticipationState
from traam.selection.verbs import VERBS

P = ParticipationState


@dataclass(frozen=True, slots=True)
class Door:
    """An act that the reader may begin: the end of its address, its words."""

    act: str
    label: str
    is_first: bool = False


class DecisionPage:
    """An announced decision and its reader."""

    def __init__(self, decision: Decision, actor: Actor, now: datetime) -> None:
        self.decision, self.actor, self.now = decision, actor, now
        self.place = decision.place()

    @property
    def kind(self) -> DecisionKind:
        return DecisionKind(self.decision.kind)

    @cached_property
    def part(self) -> Participation | None:
        return participation_of(self.decision)

    @property
    def part_state(self) -> ParticipationState | None:
        return P(self.part.state) if self.part else None

    @cached_property
    def until(self) -> datetime | None:
        return replies_until(self.decision)

    @property
    def is_late(self) -> bool:
        return self.until is not None and self.now > self.until

    @property
    def may_reply(self) -> bool:
        open_ = self.until is not None and not self.is_late
        return open_ and self.actor.allows(REPLY, self.place)

    @property
    def who_replies(self) -> str:
        return who_may(REPLY, self.place)

    @property
    def is_pilot(self) -> bool:
        return self.actor.allows(CALL)

    @property
    def may_amend(self) -> bool:
        return self.actor.allows(AMEND, self.place)

    @cached_property
    def replies(self) -> list[Reply]:
        return list(self.decision.replies.all())

    @cached_property
    def followed(self) -> list[tuple[str, Followed]]:
        """What happened since, in words."""
        return [(VERBS[one.verb], one) for one in followed(self.decision)]

    @property
    def has_answered_in_time(self) -> bool:
        limit = self.part.answer_by if self.part else None
        return limit is not None and self.now <= limit

    @cached_property
    def doors(self) -> list[Door]:
        """The acts of the academy's delegate; the pilot's are on the page of participations."""
        if self.part is None or self.is_pilot:
            return []
        state, place = P(self.part.state), self.part.place()
        moves = PARTICIPATION_LIFE.open_moves(state)
        if state is P.CALLED:
            if not (self.has_answered_in_time and self.actor.allows(ANSWER, place)):
                return []
            return [
                Door("accepter", "Accepter la place", is_first=True),
                Door("decliner", "Décliner la place"),
            ]
        if not self.actor.allows(WITHDRAW, place):
            return []
        if "withdraw" in moves:
            return [Door("retirer", "Retirer l’académie du thème")]
        return [Door("decliner", "Quitter la liste complémentaire")] if state is P.RESERVE else []

    @property
    def who_answers(self) -> str:
        return who_may(ANSWER, self.part.place()) if self.part else ""
