"""Gives every request its actor, without touching the session of who has none."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from traam.access.actor import Actor, anonymous
from traam.access.web import actor_of
from traam.kit.clock import PARIS, now
from traam.kit.lists import label_of
from traam.people.queries import actor_for
from traam.people.shelf import Shelf


class LoginRequired(LoginRequiredMiddleware):
    """Sign-in by default. A public view is let through before anyone looks at the session, so that
    its answer does not vary with a cookie."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class ActorMiddleware:
    """Sets `request.actor`, computed when first asked. To stand after AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    today = now().astimezone(PARIS).date()
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return anonymous(today)
    return actor_for(request.user, today)


class SavedViews:
    """Sets `request.shelf` on a list of which one keeps views; opens it with the one chosen for
    that, where the address asks for nothing. To stand after LoginRequired."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not label_of(view_func) or (person := actor_of(request).person) is None:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        shelf = Shelf(person=person, list_name=name or "", path=request.path)
        request.shelf = shelf  # type: ignore[attr-defined]
        is_bare = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
        return redirect(shelf.opening) if is_bare and shelf.opening else None
