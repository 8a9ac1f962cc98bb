"""What the script of a review asks: save these fields; is it still me, still open?"""

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traam.access.web import actor_of, right_required
from traam.applications.screens.editing import hour
from traam.kit.clock import now
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions
from traam.selection.screens.reviewing import ReviewPage
from traam.selection.views.finding import review_of

UNREADABLE = "Ce qui est reçu n’est pas un enregistrement de cet avis."
CLOSED = "Cet avis n’est plus à écrire."
SHAPES = {"person": str, "writes": list}
WRITE_SHAPES = {"field": str, "value": str, "base": int, "key": str}


@never_cache
@require_POST
@right_required("review.write")
def review_save(request: HttpRequest, key: int) -> HttpResponse:
    """Save what was typed; the answer says what is kept, what is wrong, what waits for a choice."""
    actor, instant = actor_of(request), now()
    try:
        message = _message(request)
        if message["person"] != str(actor.person):
            return _another(request)
        review = review_of(request, key, "review.write")
        saved = actions.save(review=review, writes=message["writes"], now=instant, actor=actor)
    except (Http404, NotAllowed):
        return _refused(CLOSED, status=404)
    except Refusal as refusal:
        return _refused(" ".join(refusal.reasons), status=400)
    return JsonResponse(_told(request, key, saved))


@never_cache
@require_safe
@right_required("review.write")
def review_poll(request: HttpRequest, key: int) -> HttpResponse:
    """Where the review stands; nothing is written."""
    if request.GET.get("personne", "") not in ("", str(actor_of(request).person)):
        return _another(request)
    try:
        return JsonResponse(_told(request, key, actions.Saved()))
    except Http404:
        return _refused(CLOSED, status=404)


def _told(request: HttpRequest, key: int, saved: actions.Saved) -> dict[str, Any]:
    """The answer that applications/saving.js expects."""
    instant = now()
    page = ReviewPage(review_of(request, key, "review.write"), actor_of(request), instant)
    boxes = {box.name: box for box in page.boxes()}
    rivals = {name: _rival(box) for name, box in boxes.items() if box.rival is not None}
    return {
        "person": str(actor_of(request).person),
        "csrf": get_token(request),
        "at": hour(instant),
        "saved": {name: at for name, at in saved.versions.items() if name not in saved.rivals},
        "faults": saved.faults,
        "rivals": rivals,
        "total": "" if page.total is None else f"{page.total:.2f}".replace(".", ","),
        "missing": page.missing,
        "outdated": page.is_outdated,
    }


def _rival(box: Any) -> str:
    return render_to_string("selection/_rival.html", {"box": box}, using="jinja2")


def _another(request: HttpRequest) -> JsonResponse:
    """Somebody else has signed in with this browser: nothing of the first is written as theirs."""
    return JsonResponse({"person": str(actor_of(request).person)})


def _refused(reason: str, *, status: int) -> JsonResponse:
    return JsonResponse({"erreur": reason}, status=status)


def _message(request: HttpRequest) -> dict[str, Any]:
    """The body, whose shape is checked. Raises `Refusal`."""
    try:
        read = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refusal(UNREADABLE) from None
    if not _fits(read, SHAPES) or not all(_fits(one, WRITE_SHAPES) for one in read["writes"]):
        raise Refusal(UNREADABLE)
    writes = [
        actions.Write(one["field"], one["value"], one["base"], one["key"]) for one in read["writes"]
    ]
    return {"person": read["person"], "writes": writes}


def _fits(given: object, shapes: Mapping[str, Any]) -> bool:
    return isinstance(given, dict) and all(
        type(given.get(name)) is shape for name, shape in shapes.items()
    )
