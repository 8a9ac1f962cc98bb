"""Rights at the door of a view: who is refused learns why, a stranger learns nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from traam.access.actor import Actor
from traam.access.place import NOWHERE, Place
from traam.access.sentences import who_may
from traam.kit.refusals import NotAllowed

View = Callable[..., HttpResponseBase]
Thing = TypeVar("Thing", bound=Model)


def actor_of(request: HttpRequest) -> Actor:
    """`request.actor`, with its type."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def right_required(right: str) -> Callable[[View], View]:
    """A view for those who have this right over at least something.

    Nobody signed in: the sign-in page. Signed in without it: 403, whose message says who may.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.may(right):
                return view(request, *args, **kwargs)
            if actor.is_anonymous:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(who_may(right))

        return guarded

    return decorate


def get_or_404(queryset: QuerySet[Thing], actor: Actor, right: str, **lookup: Any) -> Thing:
    """The thing, if the actor has this right over it; else 404, as if it did not exist."""
    allowed: QuerySet[Thing] = queryset.over_which(actor, right)  # type: ignore[attr-defined]
    return get_object_or_404(allowed, **lookup)


def require(actor: Actor, right: str, place: Place = NOWHERE) -> None:
    """For actions. Raises `NotAllowed`, whose reason says who may."""
    if not actor.allows(right, place):
        raise NotAllowed(who_may(right, place))
