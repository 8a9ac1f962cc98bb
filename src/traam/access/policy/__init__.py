"""THE table of rights, and the questions one may ask it. Who may do what is said nowhere else."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from traam.access.mandates import Mandate
from traam.access.place import Place
from traam.access.policy.choice import RIGHTS_OF_THE_CHOICE
from traam.access.policy.grants import Grant, Right
from traam.access.policy.house import RIGHTS_OF_THE_HOUSE
from traam.access.policy.work import RIGHTS_OF_THE_WORK
from traam.access.roles import Role

CHAPTERS: tuple[tuple[str, tuple[Right, ...]], ...] = (
    *RIGHTS_OF_THE_CHOICE,
    *RIGHTS_OF_THE_WORK,
    *RIGHTS_OF_THE_HOUSE,
)
TABLE: Mapping[str, Right] = {row.name: row for _, rows in CHAPTERS for row in rows}
RIGHTS: Mapping[str, tuple[Grant, ...]] = {name: row.grants for name, row in TABLE.items()}


class Acting(Protocol):
    """What the table asks of an actor."""

    @property
    def person(self) -> int | None: ...
    @property
    def in_force(self) -> tuple[Mandate, ...]: ...


def holder(actor: Acting, mandate: Mandate) -> int | None:
    """Whose name the mandate bears: the delegator under a delegation, else the actor."""
    return actor.person if mandate.delegated_by is None else mandate.delegated_by


def opening_mandates(actor: Acting, right: str, place: Place) -> Iterator[Mandate]:
    """The actor's mandates that open this right over this place."""
    grants = RIGHTS[right]
    for mandate in actor.in_force:
        facts = {"holder": holder(actor, mandate), "person": actor.person}
        if any(grant.covers(**facts, mandate=mandate, place=place) for grant in grants):
            yield mandate


def allows(actor: Acting, right: str, place: Place) -> bool:
    """May this actor do this, to this? KeyError on a right that the table does not hold."""
    return any(grant.open_to_all(place) for grant in RIGHTS[right]) or any(
        True for _ in opening_mandates(actor, right, place)
    )


def may_somewhere(actor: Acting, right: str) -> bool:
    """Could this actor do this to something? What a menu asks before it shows a link."""
    grants = RIGHTS[right]
    return any(grant.role is None for grant in grants) or any(
        grant.may_cover(mandate) for grant in grants for mandate in actor.in_force
    )


def roles_of(right: str) -> frozenset[Role]:
    """The roles that this right is given to, whatever the conditions."""
    return frozenset(grant.role for grant in RIGHTS[right] if grant.role is not None)
