"""Noting what was seen: on a page that works without script, and by a device that was offline."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.roles import Role
from traam.access.web import actor_of, get_or_404, right_required
from traam.kit.choices import told_apart
from traam.kit.clock import now
from traam.kit.refusals import Refusal
from traam.kit.text import short_instant
from traam.reference.queries import vocabulary
from traam.trials import actions
from traam.trials.actions import pictures
from traam.trials.forms.observing import ObserveForm, PictureForm, first
from traam.trials.models import Observation, Trial
from traam.trials.queries import trials as queries
from traam.trials.queries.reading import indicators_of, whole
from traam.trials.rules.life import Observer
from traam.trials.rules.observing import usual_observer
from traam.trials.rules.pictures import NEEDED, NOT_NEEDED, UNSAID, WEIGHT_MAX
from traam.trials.screens.trial import TrialPage, told
from traam.trials.views.finding import REFUSED, trial_of

NOTE = "observation.write"
CHOICES_MAX = 50  # trials that one chooses from
WORKER = Path(__file__).resolve().parents[1] / "data" / "worker.js"
RECEIVED = "Observation reçue le {}. Reçu n° {}."
KEPT = (
    "Observation reçue le {} et mise de côté : l’essai ne pouvait la prendre. Reçu n° {}. "
    "Elle attend que son enseignant·e la reprenne ou l’écarte."
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server has: the observation, what it says, why its picture was refused."""

    observation: Observation
    said: str
    refused: tuple[str, ...] = ()


@require_safe
@right_required(NOTE)
def observe(request: HttpRequest) -> HttpResponse:
    """The only open trial opens by itself; among several, one chooses."""
    found = queries.my_open(actor_of(request))
    if len(found) == 1:
        return _page(request, found[0])
    found = found or list(queries.to_observe(actor_of(request))[: CHOICES_MAX + 1])
    shown = found[:CHOICES_MAX]
    words = vocabulary() if shown else None
    choices = told_apart((one, told(one, words)) for one in shown) if words else []
    context = {"trials": choices, "has_more": len(found) > CHOICES_MAX}
    return render(request, "trials/observe_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def trial_observe(request: HttpRequest, code: str) -> HttpResponse:
    """One screen: what was seen, the grid of this protocol, time and place filled in."""
    found = trial_of(request, code, NOTE)
    if request.method != "POST":
        return _page(request, found)
    form, picture = _forms(request, found)
    if (receipt := _noted(request, found, form, picture)) is None:
        return _shown(request, found, form, picture, status=REFUSED)
    messages.success(request, receipt.said)
    for reason in receipt.refused:
        messages.warning(request, f"L’image n’est pas jointe. {reason}")
    return redirect("observation", key=receipt.observation.pk)


def _usual(request: HttpRequest, trial: Trial) -> Observer:
    actor = actor_of(request)
    return usual_observer(
        is_teacher=trial.teacher_id == actor.person,
        is_inspector=any(one.role is Role.INSPECTOR for one in actor.in_force),
    )


def _page(request: HttpRequest, trial: Trial) -> HttpResponse:
    given = first(
        now=now(),
        key=uuid.uuid4(),
        location=queries.usual_place(trial),
        observer=_usual(request, trial),
    )
    form = ObserveForm(indicators=indicators_of(trial), initial=given)
    return _shown(request, trial, form, PictureForm(is_optional=True))


def _shown(
    request: HttpRequest, trial: Trial, form: ObserveForm, picture: PictureForm, status: int = 200
) -> HttpResponse:
    context = {
        "trial": trial,
        "form": form,
        "picture": picture,
        "is_over": trial.state not in ("planned", "at_work"),
        "page": TrialPage(trial, actor_of(request), now()),
        "unsaid": UNSAID,
        "needed": NEEDED,
        "not_needed": NOT_NEEDED,
    }
    return render(request, "trials/observe.html", context, status=status)


def _forms(request: HttpRequest, trial: Trial) -> tuple[ObserveForm, PictureForm]:
    every = list(trial.indicators.all())  # withdrawn ones too: a device may have an older grid
    sent = {f"i_{one.key}" for one in every} & set(request.POST)
    current = {one.key for one in indicators_of(trial)}
    indicators = [one for one in every if one.key in current or f"i_{one.key}" in sent]
    return (
        ObserveForm(request.POST, indicators=indicators),
        PictureForm(request.POST, request.FILES, is_optional=True),
    )


def _noted(
    request: HttpRequest, trial: Trial, form: ObserveForm, picture: PictureForm
) -> Receipt | None:
    """The receipt; None when it is refused, and the forms say why. An image that is refused never
    holds back what was seen."""
    if not form.is_valid() or not picture.is_valid():
        return None
    instant, actor = now(), actor_of(request)
    try:
        made = actions.note(
            trial=trial,
            noted=form.noted(),
            key=form.cleaned_data["cle"],
            now=instant,
            actor=actor,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.reasons)
        return None
    said = (KEPT if made.kept_at else RECEIVED).format(
        short_instant(made.received_at), str(made.key)[:8]
    )
    return Receipt(made, said, _joined(request, made, picture))


def _joined(request: HttpRequest, made: Observation, picture: PictureForm) -> tuple[str, ...]:
    """Why its picture was refused; nothing when there is none, or it is joined."""
    sent = picture.cleaned_data.get("image")
    if not sent:
        return ()
    try:
        pictures.add(
            observation=made,
            content=sent.read(WEIGHT_MAX + 1),  # one byte more is enough to be refused
            name=sent.name,
            now=now(),
            actor=actor_of(request),
            **picture.answers(),
        )
    except Refusal as refusal:
        return tuple(refusal.reasons)
    return ()


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(NOTE)
def observe_send(request: HttpRequest) -> HttpResponse:
    """For a device: who is signed in and their token; then one observation of its queue."""
    actor = actor_of(request)
    about = {"person": str(actor.person), "csrf": get_token(request)}
    if request.method != "POST":
        return _private(JsonResponse(about))
    if request.POST.get("personne") != about["person"]:
        said = ["Une autre personne est connectée sur cet appareil."]
        return _private(JsonResponse({**about, "reasons": said}, status=409))
    rows = whole(Trial.objects.all())
    trial = get_or_404(rows, actor, NOTE, code=request.POST.get("essai", ""))
    form, picture = _forms(request, trial)
    receipt = _noted(request, trial, form, picture)
    if receipt is None:
        return _private(JsonResponse({**about, "reasons": _reasons(form, picture)}, status=400))
    made = receipt.observation
    answer: dict[str, Any] = {
        "key": str(made.key),
        "said": receipt.said,
        "refused": list(receipt.refused),
        "kept": made.kept_at is not None,
        "href": reverse("observation", kwargs={"key": made.pk}),
    }
    return _private(JsonResponse(about | answer))


@require_safe
@right_required(NOTE)
def observe_worker(request: HttpRequest) -> HttpResponse:
    """What lets a device open the page without network; over all the pages of trials."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/essais/"
    response["Cache-Control"] = "no-cache"
    return response


def _private(response: JsonResponse) -> JsonResponse:
    response["Cache-Control"] = "no-store"
    return response


def _reasons(*forms: Any) -> list[str]:
    """Each error, after its field's name where a field alone is wrong: our own sentences, which
    carry no code, say what they are about."""
    found = []
    for form in forms:
        for name, errors in form.errors.as_data().items():
            label = form.fields[name].label if name in form.fields else ""
            for error in errors:
                said = " ".join(error.messages)
                found.append(f"{label} : {said}" if label and error.code else said)
    return found
