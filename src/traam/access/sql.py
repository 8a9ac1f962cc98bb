"""The table of rights read as SQL, for lists: the same words as `policy.grants`, as conditions.

A model that appears in lists declares `SCOPE_PATHS`: for each scope, tie or flag that its rights
use, the lookup path to it (or `Via`, a path and what else its rows must be; or several paths, of
which one suffices), or None when it never has one; `"state"` names its state. A flag may also be a
ready condition (Q).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from traam.access.mandates import Mandate
from traam.access.policy import RIGHTS, Acting, holder
from traam.access.policy.grants import Condition, Grant, InState, Is, IsNot, Scope, Tie, held

NOTHING = Q(pk__in=[])
EVERYTHING = ~Q(pk__in=[])  # never Q(): Django drops an empty Q from an OR, and shows nothing


@dataclass(frozen=True)
class Via:
    """A path through rows of which only some count: `where` is met by the same related row."""

    path: str
    where: Q = field(default_factory=Q)


Path = str | Via
Paths = Mapping[str, Path | tuple[Path, ...] | Q | None]


class PathMissing(Exception):
    """A right is asked of a model that does not say where it keeps one of the right's facts."""


def scope_q(*, actor: Acting, right: str, model: type[models.Model]) -> Q:
    """The condition that the things of `model` must meet for the actor to have this right."""
    wanted = NOTHING
    for condition in _openings(actor, right, model):
        wanted |= condition
    return wanted


def _openings(actor: Acting, right: str, model: type[models.Model]) -> Iterator[Q]:
    for grant in RIGHTS[right]:
        if grant.role is None:
            yield _all_of(grant, None, (), model)
        for mandate in actor.in_force:
            if mandate.role is grant.role:
                yield _all_of(grant, mandate, _people(actor, mandate), model)


def _people(actor: Acting, mandate: Mandate) -> tuple[int, ...]:
    """The holder of the mandate, then, under a delegation, whoever acts with it."""
    both = dict.fromkeys((holder(actor, mandate), actor.person))
    return tuple(each for each in both if each is not None)


def _all_of(
    grant: Grant, mandate: Mandate | None, people: tuple[int, ...], model: type[models.Model]
) -> Q:
    wanted = EVERYTHING
    for condition in grant.conditions:
        wanted &= _as_q(condition, mandate, people, model)
    return wanted


def _as_q(
    condition: Condition,
    mandate: Mandate | None,
    people: tuple[int, ...],
    model: type[models.Model],
) -> Q:
    match condition:
        case Scope():
            codes = held(condition, mandate) if mandate else frozenset[str]()
            return _among(model, condition.value, codes)
        case Tie.CLEARED:  # each of them, by a row of their own
            return _of_each(model, condition.value, people)
        case Tie():
            return _among(model, condition.value, people[:1])
        case InState():
            return _among(model, "state", condition.states)
        case Is():
            return _true(model, condition.flag.value)
        case IsNot():
            return ~_true(model, condition.flag.value)


def _of_each(model: type[models.Model], name: str, people: tuple[int, ...]) -> Q:
    wanted = EVERYTHING if people else NOTHING
    for person in people:
        wanted &= _among(model, name, (person,))
    return wanted


def _paths(model: type[models.Model], name: str) -> tuple[Via, ...] | Q:
    paths: Paths = getattr(model, "SCOPE_PATHS", {})
    if name not in paths:
        raise PathMissing(f"{model.__name__}.SCOPE_PATHS must say where « {name} » is (or None).")
    found = paths[name]
    if isinstance(found, Q):
        return found
    several = found if isinstance(found, tuple) else (found,)
    return tuple(Via(each) if isinstance(each, str) else each for each in several if each)


def _among(model: type[models.Model], name: str, values: Collection[Any]) -> Q:
    return _by_any(model, name, "__in", sorted(values)) if values else NOTHING


def _true(model: type[models.Model], name: str) -> Q:
    return _by_any(model, name, "", True)  # noqa: FBT003 (the value that is looked for)


def _by_any(model: type[models.Model], name: str, lookup: str, wanted: object) -> Q:
    paths = _paths(model, name)
    if isinstance(paths, Q):
        return paths
    found = NOTHING
    for path in paths:
        found |= _each_alone(model, path, Q((f"{path.path}{lookup}", wanted)))
    return found


def _each_alone(model: type[models.Model], path: Via, condition: Q) -> Q:
    """Through a to-many relation, in a subquery of its own: no duplicate, and two conditions may
    be met by two different related rows, as they are in memory."""
    condition &= path.where
    if not _is_to_many(model, path.path):
        return condition
    return Q(pk__in=model._base_manager.filter(condition).values("pk"))


def _is_to_many(model: type[models.Model], path: str) -> bool:
    options: Any = model._meta
    for name in path.split("__"):
        try:
            field = options.get_field(name)
        except FieldDoesNotExist:  # « pk », an annotation
            return False
        if field.many_to_many or field.one_to_many:
            return True
        if not field.is_relation:
            return False
        options = field.related_model._meta
    return False


class OverWhich:
    """A queryset's mixin: `Thing.objects.over_which(actor, right)`."""

    def over_which(self, actor: Acting, right: str) -> Self:
        """The things over which the actor has this right, each once."""
        queryset: Any = self
        found: Self = queryset.filter(scope_q(actor=actor, right=right, model=queryset.model))
        return found
