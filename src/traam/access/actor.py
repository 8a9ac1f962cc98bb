"""Who acts: a person's mandates on one day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from traam.access.mandates import Mandate
from traam.access.place import NOWHERE, Place
from traam.access.policy import allows, holder, may_somewhere, opening_mandates

__all__ = ["Actor", "Mandate", "anonymous"]


@dataclass(frozen=True)
class Actor:
    """A person (None: nobody has signed in), their mandates, and the day it is."""

    person: int | None
    mandates: tuple[Mandate, ...]
    today: date

    @property
    def is_anonymous(self) -> bool:
        return self.person is None

    @cached_property
    def in_force(self) -> tuple[Mandate, ...]:
        """The mandates that count today."""
        return tuple(mandate for mandate in self.mandates if mandate.in_force(self.today))

    def may(self, right: str) -> bool:
        """Has this actor this right over at least something?"""
        return may_somewhere(self, right)

    def allows(self, right: str, place: Place = NOWHERE) -> bool:
        """May this actor do this, to this?"""
        return allows(self, right, place)

    def on_behalf_of(self, right: str, place: Place = NOWHERE) -> int | None:
        """The person for whom the actor does this: None when a mandate of their own suffices."""
        holders = [holder(self, mandate) for mandate in opening_mandates(self, right, place)]
        if not holders or self.person in holders:
            return None
        return holders[0]


def anonymous(today: date) -> Actor:
    """Nobody has signed in."""
    return Actor(person=None, mandates=(), today=today)
