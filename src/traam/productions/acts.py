"""How the acts on productions are locked, moved and written down. The doors are in `actions`."""

from collections.abc import Mapping
from datetime import datetime

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.journal import acting
from traam.journal.rules import Scalar
from traam.kit.compiled import Compiled
from traam.productions.models import Production, ProductionEvent
from traam.productions.queries.reading import whole
from traam.productions.rules.life import PRODUCTION_LIFE, ProductionState

_HELD = Compiled(
    lambda code: whole(Production.objects.select_for_update(of=("self",))).filter(code=code), str
)


def held(production: Production) -> Production:
    """The production as it is now, with what judges it, kept from other acts until the end of the
    transaction."""
    return held_of_code(production.code)


def held_of_code(code: str) -> Production:
    """The same, by its address. Raises `Production.DoesNotExist`."""
    return _HELD.get(code)


def subject_of(production: Production) -> str:
    """What the journal names it by."""
    return f"production:{production.code}"


def move(production: Production, name: str, *, now: datetime, **changes: object) -> str:
    """Move it, with these other changes; the state before. Raises `MoveRefused`."""
    before = production.state
    production.state = PRODUCTION_LIFE.after(ProductionState(before), name)
    production.state_at = now
    for field, value in changes.items():
        setattr(production, field, value)
    production.save(update_fields=["state", "state_at", *changes])
    return before


def note(
    verb: str,
    production: Production,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    reason: str = "",
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal, and the event that its people read, with its reason."""
    acting.note(
        verb,
        subject_of(production),
        actor=actor,
        now=now,
        behalf=behalf,
        before=before,
        after=after,
    )
    ProductionEvent.objects.create(
        production=production, kind=verb, reason=reason, at=now, by_id=person_of(actor)
    )
