"""What the script of the form asks: save these fields, and what have the others written."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traam.access.web import actor_of
from traam.applications.actions.saving import Write, save, see
from traam.applications.screens.editing import File
from traam.applications.screens.live import told
from traam.applications.views.finding import find, why_not_write
from traam.kit.clock import now
from traam.kit.refusals import NotAllowed, Refusal


class Unreadable(Refusal):
    """No script of ours sent this."""


UNREADABLE = "Ce qui est reçu n’est pas un enregistrement de ce formulaire."


@never_cache
@require_POST
def application_save(request: HttpRequest, code: str) -> HttpResponse:
    """Save what was typed; the answer also tells what the others wrote since."""
    actor, instant = actor_of(request), now()
    try:
        message = _message(request)
        if message["person"] != str(actor.person):
            return _another(request)
        application = find(request, code)
        writes = [_write(one) for one in message["writes"]]
        saved = save(application=application, writes=writes, now=instant, actor=actor)
        see(application=application, field=message["seen"], now=instant, actor=actor)
    except NotAllowed as refusal:
        return _refused(refusal, status=403)
    except Refusal as refusal:
        return _refused(refusal, status=400 if isinstance(refusal, Unreadable) else 409)
    file = File(application, instant)
    body = told(file, request=request, actor=actor, since=message["since"], saved=saved)
    return JsonResponse(body)


@never_cache
@require_safe
def application_poll(request: HttpRequest, code: str) -> HttpResponse:
    """What the others wrote since, who is here, what is missing; nothing is written."""
    actor, instant = actor_of(request), now()
    if request.GET.get("personne", str(actor.person)) != str(actor.person):
        return _another(request)
    application = find(request, code)
    if why := why_not_write(application, actor, instant):
        return _refused(Refusal(why), status=409)
    since = request.GET.get("depuis", "")
    body = told(File(application, instant), request=request, actor=actor, since=since)
    return JsonResponse(body)


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
    shapes = {"person": str, "since": str, "seen": str, "writes": list}
    if not isinstance(read, dict) or any(
        not isinstance(read.get(name), shape) for name, shape in shapes.items()
    ):
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
