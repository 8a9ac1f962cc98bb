"""The acts that move a production, each after a page that says what it will do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, require
from traam.kit.clock import now
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.productions import actions
from traam.productions.actions import lacks_to_publish, lacks_to_share
from traam.productions.forms.acts import ReasonForm
from traam.productions.models import Production
from traam.productions.screens.editing import UNTITLED, Lack, lacks
from traam.productions.views.finding import find
from traam.productions.views.saying import succeeded

REFUSED, CONFLICT = 400, 409


@dataclass(frozen=True, slots=True)
class Act:
    """An act as its page asks it. `wants`: what must lack nothing before."""

    title: str
    effect: str
    button: str
    done: str
    do: Callable[..., Any]
    right: str
    needs_reason: bool = False
    wants: Callable[[Production], list[Any]] | None = None


ACTS: dict[str, Act] = {
    "partager": Act(
        "Partager avec le groupe national",
        "Les équipes, les expert·es et l’inspection du thème pourront la lire et l’essayer. Vous "
        "continuez à l’écrire.",
        "Partager",
        "La production est partagée avec le groupe national.",
        actions.share,
        "production.share",
        wants=lacks_to_share,
    ),
    "reprendre-partage": Act(
        "Reprendre le partage",
        "Le groupe national ne la lira plus ; votre équipe la garde, en brouillon.",
        "Reprendre le partage",
        "La production est de nouveau un brouillon de l’équipe.",
        actions.unshare,
        "production.write",
        needs_reason=True,
    ),
    "proposer": Act(
        "Proposer à la validation",
        "L’inspection de l’équipe la lit, puis la valide ou la renvoie. En attendant, l’équipe ne "
        "l’écrit plus ; son ou sa référent·e peut la reprendre.",
        "Proposer",
        "La production est proposée ; l’inspection en est avertie.",
        actions.propose,
        "production.propose",
        wants=lacks_to_publish,
    ),
    "reprendre-proposition": Act(
        "Reprendre la proposition",
        "L’équipe l’écrit de nouveau ; l’inspection n’a plus à la valider.",
        "Reprendre la proposition",
        "La production est de nouveau à l’équipe.",
        actions.take_back,
        "production.take_back",
        needs_reason=True,
    ),
    "valider": Act(
        "Valider la production",
        "L’expert·e du thème pourra la publier. L’équipe en est avertie.",
        "Valider",
        "La production est validée ; l’équipe et les expert·es du thème en sont averti·es.",
        actions.validate,
        "production.validate",
    ),
    "renvoyer": Act(
        "Renvoyer à l’équipe",
        "L’équipe lit votre motif et l’écrit de nouveau ; elle la proposera encore.",
        "Renvoyer",
        "La production est renvoyée à l’équipe, qui en est avertie.",
        actions.send_back,
        "production.return",
        needs_reason=True,
    ),
    "nouvelle-version": Act(
        "Écrire une nouvelle version",
        "La notice publique dit la version présente jusqu’à ce que la nouvelle soit publiée. "
        "L’équipe l’écrit, puis la propose comme la première fois.",
        "Ouvrir la nouvelle version",
        "Une nouvelle version est ouverte.",
        actions.open_version,
        "production.new_version",
    ),
    "retablir": Act(
        "Rétablir la production",
        "Elle redevient un brouillon de son équipe. Sa notice, si elle en a une, reste retirée "
        "jusqu’à une nouvelle publication.",
        "Rétablir",
        "La production est rétablie, en brouillon.",
        actions.restore,
        "production.withdraw",
        needs_reason=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def production_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """One act, once its page has been read; refusals name all that lacks."""
    asked = ACTS.get(act)
    if asked is None:
        raise Http404
    production, actor = find(request, code, asked.right), actor_of(request)
    if request.method != "POST":
        require(actor, asked.right, production.place())
    form = ReasonForm(request.POST or None) if asked.needs_reason else None
    missing = lacks(production, asked.wants(production)) if asked.wants else []
    if request.method != "POST":
        return _page(request, production, asked, form, missing)
    if form is not None and not form.is_valid():
        return _page(request, production, asked, form, missing, status=REFUSED)
    given = {"reason": form.cleaned_data["reason"]} if form is not None else {}
    try:
        asked.do(production=production, now=now(), actor=actor, **given)
    except NotAllowed:
        raise
    except Refusal as refusal:
        why = [] if missing else refusal.reasons
        return _page(request, production, asked, form, missing, why=why, status=REFUSED)
    except MoveRefused as refusal:
        return _page(
            request, production, asked, form, missing, why=refusal.reasons, status=CONFLICT
        )
    return succeeded(request, asked.done, "production", production)


def _page(
    request: HttpRequest,
    production: Production,
    act: Act,
    form: ReasonForm | None,
    missing: list[Lack],
    *,
    why: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "production": production,
        "title": production.title or UNTITLED,
        "act": act,
        "form": form,
        "missing": missing,
        "why": why or [],
    }
    return render(request, "productions/production_act.html", context, status=status)
