"""What the script of the form asks: save these fields, and what does my page not know yet."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traam.access.web import actor_of
from traam.applications import acts
from traam.applications.actions.saving import Write, autosave
from traam.applications.models import Application
from traam.applications.queries.open_forms import opened, read
from traam.applications.screens.live import Known, told
from traam.applications.views.finding import is_readable
from traam.kit.clock import now
from traam.kit.keys import count_in
from traam.kit.refusals import NotAllowed, Refusal


class Unreadable(Refusal):
    """No script of ours sent this."""


UNREADABLE = "Ce qui est reçu n’est pas un enregistrement de ce formulaire."


@never_cache
@require_POST
def application_save(request: HttpRequest, code: str) -> HttpResponse:
    """Save what was typed; the answer also tells what the page does not know yet."""
    actor, instant = actor_of(request), now()
    try:
        message = _message(request)
        if message["person"] != str(actor.person):
            return _another(request)
        writes = [_write(one) for one in message["writes"]]
        file, saved = autosave(
            code=code, writes=writes, seen=message["seen"], now=instant, actor=actor
        )
    except (Application.DoesNotExist, NotAllowed) as refusal:
        return _closed(request, code, refusal, status=403)
    except Refusal as refusal:
        return _refused(refusal, status=400 if isinstance(refusal, Unreadable) else 409)
    known = Known(message["versions"], message["parts"])
    return JsonResponse(told(file, actor=actor, now=instant, known=known, saved=saved))


@never_cache
@require_safe
def application_poll(request: HttpRequest, code: str) -> HttpResponse:
    """What the page does not know yet, and the token to save with; nothing is written."""
    actor, instant = actor_of(request), now()
    if request.GET.get("personne", str(actor.person)) != str(actor.person):
        return _another(request)
    try:
        form = opened(code)
        acts.may_write_there(form.place, "application.edit", actor=actor, channel=form.channel)
        acts.need_open_until(form.limit, now=instant)
    except (Application.DoesNotExist, Refusal) as refusal:
        return _closed(request, code, refusal, status=409)
    body = told(read(form), actor=actor, now=instant, known=_known(request.GET))
    return JsonResponse(body | {"csrf": get_token(request)})


def _closed(request: HttpRequest, code: str, why: Exception, *, status: int) -> JsonResponse:
    """Why one may not write in it, to who may read it; 404 to a stranger of it."""
    if not isinstance(why, Refusal) or not is_readable(request, code):
        raise Http404
    return _refused(why, status=status)


def _known(query: QueryDict) -> Known:
    """What the page shows: « title.3*summary.12 », « manque.0f3a*delai.9c »; what is not so is
    not known."""
    versions = {
        name: known for name, at in _pairs(query, "versions") if (known := count_in(at)) is not None
    }
    return Known(versions, dict(_pairs(query, "parties")))


def _pairs(query: QueryDict, name: str) -> Iterator[tuple[str, str]]:
    for one in query.get(name, "").split("*"):
        key, _, value = one.partition(".")
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
    shapes = {"person": str, "seen": str, "writes": list}
    if not isinstance(read, dict) or any(
        not isinstance(read.get(name), shape) for name, shape in shapes.items()
    ):
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
