"""What surrounds every page, computed once: marks, menus, who is here. Also without a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from traam.kit.lists import whole

FOOTER: tuple[tuple[str, str], ...] = (
    ("Plan du site", "site_map"),
    ("Accessibilité : non conforme", "accessibility"),
    ("Mentions légales", "legal"),
    ("Données personnelles", "personal_data"),
    ("Cookies", "cookies"),
    ("Aide", "help"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a menu; `current` is the value of `aria-current`: "page", "true" or ""."""

    label: str
    href: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What was just done, to be said once: `kind` is "info", "success", "warning" or "error"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Everything that `kit/page.html` reads."""

    is_official: bool = False
    is_demonstration: bool = False
    is_signed_in: bool = False
    person: str = ""
    home: str = "/"
    canonical: str = ""
    contact: str = ""
    menu: tuple[Entry, ...] = ()
    footer: tuple[Entry, ...] = ()
    search: str = ""
    sign_in: str = ""
    sign_out: str = ""
    dashboard: str = ""
    messages: tuple[Message, ...] = ()


@cache
def find(name: str) -> str:
    """The address of a named page, or "" while it does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _host(request: HttpRequest) -> str:
    try:
        return request.get_host().rsplit(":", 1)[0].lower()
    except DisallowedHost:
        return ""


def _canonical(request: HttpRequest) -> str:
    try:
        return (settings.SITE_URL or f"{request.scheme}://{request.get_host()}") + request.path
    except DisallowedHost:
        return ""


def _has_session(request: HttpRequest) -> bool:
    """Whether there may be a session: without the cookie, it is not even read."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


_entry = cache(Entry)  # the same few for all pages


def _current(path: str, href: str) -> str:
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""


def _entries(path: str, items: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    found = ((label, find(name)) for label, name in items)
    return tuple([_entry(label, href, _current(path, href)) for label, href in found if href])


def _open_items(actor: Any) -> list[tuple[str, str]]:
    """The items of the menu that this actor (None: nobody) may open."""
    return [(label, name) for label, name, right in settings.NAVIGATION if _opens(actor, right)]


def _opens(actor: Any, right: str) -> bool:
    if actor is None:
        return right in ("", "stranger")
    return right in ("", "signed-in") or (right != "stranger" and actor.may(right))


def _actor(request: HttpRequest) -> Any:
    """Who acts, or None for a stranger, and for whoever comes before the actor is known."""
    actor = getattr(request, "actor", None)
    return None if actor is None or actor.is_anonymous else actor


def _messages(request: HttpRequest) -> tuple[Message, ...]:
    """The waiting messages, read only where a cookie says that there may be some."""
    if not (_has_session(request) or "messages" in request.COOKIES):
        return ()
    kinds = {"debug": "info"}
    return tuple(
        Message(kinds.get(message.level_tag, message.level_tag), str(message.message))
        for message in get_messages(request)
    )


def bare(request: HttpRequest | None = None) -> Layout:
    """The layout that needs neither database nor session: for the page of our own faults."""
    return Layout(
        is_official=request is not None and _host(request) in settings.OFFICIAL_HOSTS,
        is_demonstration=settings.DEMONSTRATION,
        contact=settings.CONTACT,
        search=find("search"),
        menu=tuple(Entry(label, find(name)) for label, name in _open_items(None) if find(name)),
        footer=tuple(Entry(label, find(name)) for label, name in FOOTER if find(name)),
    )


def layout(request: HttpRequest | None = None) -> Layout:
    """The layout of this request's page; without a request, the bare one."""
    if request is None:
        return bare()
    actor = _actor(request)
    return Layout(
        is_official=_host(request) in settings.OFFICIAL_HOSTS,
        is_demonstration=settings.DEMONSTRATION,
        is_signed_in=actor is not None,
        person=getattr(request.user, "name", "") if actor is not None else "",
        canonical=_canonical(request),
        contact=settings.CONTACT,
        menu=_entries(request.path, _open_items(actor)),
        footer=_entries(request.path, FOOTER),
        search=find("search"),
        sign_in=find("sign_in"),
        sign_out=find("sign_out"),
        dashboard=find("dashboard"),
        messages=_messages(request),
    )


def with_query(request: HttpRequest, **changes: object) -> str:
    """This page's address with some of its query changed; None takes a parameter away."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, [str(item) for item in value])
        else:
            query[name] = str(value)
    encoded = query.urlencode()
    return f"{request.path}?{encoded}" if encoded else whole(request, request.path)
