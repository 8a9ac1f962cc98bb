"""What the script of the editor asks: save these fields, and what does my page not know yet."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traam.access.acting import allowed
from traam.access.web import actor_of
from traam.kit.clock import now
from traam.kit.keys import count_in
from traam.kit.refusals import NotAllowed, Refusal
from traam.productions.actions import Write, save
from traam.productions.screens.live import told
from traam.productions.views.finding import find

UNREADABLE = "Ce qui est reçu n’est pas un enregistrement de ce formulaire."


class Unreadable(Refusal):
    """No script of ours sent this."""


@never_cache
@require_POST
def production_save(request: HttpRequest, code: str) -> HttpResponse:
    """Save what was typed; the answer also tells what the page does not know yet."""
    production, actor, instant = find(request, code), actor_of(request), now()
    try:
        message = _message(request)
        if message["person"] != str(actor.person):
            return _another(request)
        writes = [_write(one) for one in message["writes"]]
        held, saved = save(production=production, writes=writes, now=instant, actor=actor)
    except NotAllowed as refusal:
        return _refused(refusal, status=403)
    except Refusal as refusal:
        return _refused(refusal, status=400 if isinstance(refusal, Unreadable) else 409)
    return JsonResponse(
        told(
            held,
            actor=actor,
            now=instant,
            versions=message["versions"],
            parts=message["parts"],
            saved=saved,
        )
    )


@never_cache
@require_safe
def production_poll(request: HttpRequest, code: str) -> HttpResponse:
    """What the page does not know yet, and the token to save with; nothing is written."""
    production, actor, instant = find(request, code), actor_of(request), now()
    if request.GET.get("personne", str(actor.person)) != str(actor.person):
        return _another(request)
    try:
        allowed(actor, "production.write", production.place())
    except NotAllowed as refusal:
        return _refused(refusal, status=409)
    versions = {
        name: known
        for name, at in _pairs(request.GET, "versions")
        if (known := count_in(at)) is not None
    }
    parts = dict(_pairs(request.GET, "parties"))
    body = told(production, actor=actor, now=instant, versions=versions, parts=parts)
    return JsonResponse(body | {"csrf": get_token(request)})


def _pairs(query: QueryDict, name: str) -> Iterator[tuple[str, str]]:
    for one in query.get(name, "").split("*"):
        key, _, value = one.partition(".")
        if len(value) < 20:
            yield key, value


def _another(request: HttpRequest) -> JsonResponse:
    """Somebody else has signed in with this browser: nothing of the first is written as theirs."""
    return JsonResponse({"person": str(actor_of(request).person)})


def _refused(refusal: Refusal, *, status: int) -> JsonResponse:
    return JsonResponse({"erreur": " ".join(refusal.reasons)}, status=status)


def _message(request: HttpRequest) -> dict[str, Any]:
    """The body, whose shape is checked. Raises `Unreadable`."""
    try:
        read = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Unreadable(UNREADABLE) from None
    if not isinstance(read, dict) or not isinstance(read.get("person"), str):
        raise Unreadable(UNREADABLE)
    if not isinstance(read.get("writes"), list):
        raise Unreadable(UNREADABLE)
    for name, shape in (("versions", int), ("parts", str)):
        known = read.setdefault(name, {})
        if not isinstance(known, dict) or any(type(one) is not shape for one in known.values()):
            raise Unreadable(UNREADABLE)
    return read


def _write(given: Any) -> Write:
    """One field. Raises `Unreadable`; what its value may be is for the action to say."""
    shapes = {"field": str, "base": int, "key": str}
    if not isinstance(given, dict) or any(
        not isinstance(given.get(name), shape) for name, shape in shapes.items()
    ):
        raise Unreadable(UNREADABLE)
    return Write(given["field"], given.get("value"), base=given["base"], key=given["key"])
