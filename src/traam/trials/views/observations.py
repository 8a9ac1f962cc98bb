"""One observation: read, corrected, withdrawn, settled, proof-read; its pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of, right_required
from traam.documents.queries import may_be_shown, open_bytes
from traam.documents.views import POLICY
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.layout import with_query
from traam.kit.refusals import NotAllowed, Refusal
from traam.productions.rules.life import Authorisation
from traam.trials import actions
from traam.trials.actions import pictures
from traam.trials.forms.observing import CorrectForm, PictureForm
from traam.trials.forms.trials import ReasonForm
from traam.trials.models import Picture
from traam.trials.queries import trials as queries
from traam.trials.queries.reading import indicators_of
from traam.trials.rules.hints import hints
from traam.trials.rules.life import OPEN
from traam.trials.rules.pictures import WEIGHT_MAX
from traam.trials.screens.observation import ObservationPage, may_see
from traam.trials.views.finding import REFUSED, done, observation_of

PER_PAGE = 20


def _page(request: HttpRequest, key: int) -> ObservationPage:
    return ObservationPage(observation_of(request, key), actor_of(request), now())


@require_safe
def observation(request: HttpRequest, key: int) -> HttpResponse:
    """What was seen, of which indicator, by whom; what its reader may do with it."""
    return _shown(request, _page(request, key), PictureForm())


def _shown(
    request: HttpRequest, page: ObservationPage, picture: PictureForm, status: int = 200
) -> HttpResponse:
    context = {
        "page": page,
        "observation": page.observation,
        "trial": page.trial,
        "picture_form": picture,
        "authorisations": [one for one in Authorisation if one is not Authorisation.NOT_NEEDED],
        "now": page.now,
    }
    return render(request, "trials/observation_show.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def observation_correct(request: HttpRequest, key: int) -> HttpResponse:
    """What it now says; what it said stays readable by its team."""
    page = _page(request, key)
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        indicators=_sought(page),
        observation=page.observation,
        needs_reason=page.needs_reason,
    )
    if form.is_valid() and done(
        form,
        actions.correct,
        observation=page.observation,
        noted=form.noted(),
        reason=form.cleaned_data["motif"],
        version=form.cleaned_data["version"],
        now=page.now,
        actor=page.actor,
    ):
        messages.success(request, "L’observation est corrigée.")
        return redirect("observation", key=key)
    context = {"page": page, "observation": page.observation, "trial": page.trial, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "trials/observation_correct.html", context, status=status)


def _sought(page: ObservationPage) -> list[Any]:
    """The indicators of the trial, and those it spoke of, were they withdrawn since."""
    now_sought = indicators_of(page.trial)
    said = [one.indicator for one in page.observation.sights.all()]
    known = {one.pk for one in now_sought}
    return [*now_sought, *(one for one in said if one.pk not in known)]


@dataclass(frozen=True, slots=True)
class Act:
    """An act upon an observation that asks why."""

    title: str
    lead: str
    button: str
    said: str
    do: Callable[..., Any]


ACTS: dict[str, Act] = {
    "retirer": Act(
        "Retirer l’observation",
        "Elle ne compte plus, nulle part. L’équipe la lit encore, avec le motif. Les constats qui "
        "s’appuient sur elle sont à relire.",
        "Retirer l’observation",
        "L’observation est retirée.",
        actions.withdraw,
    ),
    "retablir": Act(
        "Rétablir l’observation",
        "Elle compte de nouveau, ou attend de nouveau d’être reprise.",
        "Rétablir l’observation",
        "L’observation est rétablie.",
        actions.restore,
    ),
    "reprendre": Act(
        "Reprendre l’observation dans l’essai",
        "L’essai est rouvert s’il était fini : il faudra le clore de nouveau.",
        "Reprendre l’observation",
        "L’observation est reprise dans l’essai.",
        actions.take,
    ),
    "ecarter": Act(
        "Écarter l’observation",
        "Elle n’entrera pas dans l’essai. Elle reste lisible par l’équipe, avec le motif, et peut "
        "être rétablie.",
        "Écarter l’observation",
        "L’observation est écartée.",
        actions.discard,
    ),
    "reprendre-relecture": Act(
        "Reprendre la relecture",
        "Ses mots ne peuvent plus être montrés au public tant que personne ne l’a relue.",
        "Reprendre la relecture",
        "La relecture est reprise.",
        actions.unread,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def observation_act(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """An act that asks why, after a page that says what it will do."""
    asked, page = ACTS.get(act), _page(request, key)
    if asked is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].required = act != "reprendre" or page.trial.state not in OPEN
    if form.is_valid() and done(
        form,
        asked.do,
        observation=page.observation,
        now=page.now,
        actor=page.actor,
        **form.cleaned_data,
    ):
        messages.success(request, asked.said)
        return redirect("trial", code=page.trial.code)
    context = {"page": page, "observation": page.observation, "trial": page.trial}
    context |= {"form": form, "act": asked}
    status = REFUSED if form.errors else 200
    return render(request, "trials/observation_act.html", context, status=status)


@require_safe
@right_required("observation.proofread")
def proofreading(request: HttpRequest) -> HttpResponse:
    """What the expert has to read before any of its words is public, with the words to look at."""
    found = queries.proofreading_of(actor_of(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, hints(one.seen)) for one in page],
        "page_href": lambda number: with_query(request, page=number),
    }
    return render(request, "trials/proofreading.html", context)


@require_POST
def observation_proofread(request: HttpRequest, key: int) -> HttpResponse:
    """The expert has read this version."""
    page = _page(request, key)
    version = request.POST.get("version", "")
    try:
        actions.proofread(
            observation=page.observation,
            version=number_in(version),
            now=page.now,
            actor=page.actor,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect("observation", key=key)
    messages.success(request, "L’observation est relue : ses mots peuvent être montrés.")
    if request.POST.get("suite"):
        return redirect("proofreading")
    return redirect("observation", key=key)


@require_POST
def observation_pictures(request: HttpRequest, key: int) -> HttpResponse:
    """A picture is joined."""
    page = _page(request, key)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["image"]
        if done(
            form,
            pictures.add,
            observation=page.observation,
            content=sent.read(WEIGHT_MAX + 1),
            name=sent.name,
            now=page.now,
            actor=page.actor,
            **form.answers(),
        ):
            messages.success(request, "L’image est jointe, sans le lieu ni l’appareil.")
            return redirect("observation", key=key)
    return _shown(request, page, form, status=REFUSED)


def _picture(page: ObservationPage, picture: int) -> Picture:
    rows = page.observation.pictures.select_related("file")
    found: Picture = get_object_or_404(rows, pk=picture)
    found.observation = page.observation
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def observation_picture(request: HttpRequest, key: int, picture: int) -> HttpResponseBase:
    """The picture, inert, for who may see it; by POST, its authorisation or its withdrawal."""
    page = _page(request, key)
    found = _picture(page, picture)
    if request.method == "POST":
        return _picture_changed(request, page, found)
    shown = may_see(found, is_of_the_team=page.is_of_the_team) and may_be_shown(found.file.digest)
    if not shown:
        raise Http404
    response = FileResponse(open_bytes(found.file.digest), content_type=found.file.media_type)
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


def _picture_changed(request: HttpRequest, page: ObservationPage, found: Picture) -> HttpResponse:
    asked = request.POST.get("autorisation", "")
    try:
        if request.POST.get("acte") == "retirer":
            pictures.remove(picture=found, now=page.now, actor=page.actor)
            messages.success(request, "L’image est retirée de l’observation.")
        elif asked in list(Authorisation):
            kept = Authorisation(asked)
            pictures.authorise(picture=found, authorisation=kept, now=page.now, actor=page.actor)
            messages.success(request, f"Autorisation : {kept.label}.")
    except NotAllowed:
        raise
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    return redirect("observation", key=page.observation.pk)
