"""The questions of a call composed on a screen, seen as they will be asked, then published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, right_required
from traam.applications.actions import composing as actions
from traam.applications.forms.answers import shown
from traam.applications.forms.questions import (
    QuestionForm,
    SectionForm,
    item_forms,
    items_of,
)
from traam.applications.queries.calls import draft, form_of, published
from traam.applications.rules import composing as rules
from traam.campaigns.models import Campaign
from traam.campaigns.rules.default_form import CORE_FIELDS, DEFAULT_FORM
from traam.campaigns.rules.form_faults import faults
from traam.campaigns.rules.questions import Form, Question, Section
from traam.kit.clock import now
from traam.kit.jinja import url
from traam.kit.refusals import NotAllowed, Refusal

RIGHT = "campaign.prepare"
MOVES: dict[str, Callable[[Form, str], Form]] = {
    "monter": lambda form, key: rules.moved_question(form, key, -1),
    "descendre": lambda form, key: rules.moved_question(form, key, 1),
    "retirer": rules.without_question,
    "monter-section": lambda form, key: rules.moved_section(form, key, -1),
    "descendre-section": lambda form, key: rules.moved_section(form, key, 1),
    "retirer-section": rules.without_section,
}


@right_required(RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire_edit(request: HttpRequest, year: str) -> HttpResponse:
    """The whole form; one question or section (`?question=`, `?section=`, empty for a new one);
    how it will be asked (`?apercu`)."""
    campaign = get_object_or_404(Campaign, year=year, is_archive=False)
    form = _present(campaign)
    if "question" in request.GET:
        return _question(request, campaign, form, request.GET["question"])
    if "section" in request.GET:
        return _section(request, campaign, form, request.GET["section"])
    if "apercu" in request.GET:
        return _preview(request, campaign, form)
    if request.method == "POST":
        return _act(request, campaign, form)
    return _page(request, campaign, form)


def _present(campaign: Campaign) -> Form:
    """The draft; else what is asked now; else the questions that a campaign begins with."""
    found = draft(campaign) or published(campaign)
    return form_of(found) if found else DEFAULT_FORM


def _here(campaign: Campaign, place: str = "") -> str:
    return url("questionnaire_edit", year=campaign.year) + (f"#{place}" if place else "")


def _page(
    request: HttpRequest,
    campaign: Campaign,
    form: Form,
    *,
    why: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    kept, asked = draft(campaign), published(campaign)
    foreseen = actions.foresee_publication(campaign=campaign) if kept else None
    context = {
        "campaign": campaign,
        "shelves": [(one, form.of_section(one.id)) for one in form.sections],
        "draft": kept,
        "published": asked,
        "foreseen": foreseen,
        "faults": faults(form, reserved=CORE_FIELDS),
        "why": why or [],
        "titles": {one.id: one.label for one in form.questions},
    }
    return render(request, "applications/questionnaire_edit.html", context, status=status)


def _keep(request: HttpRequest, campaign: Campaign, form: Form) -> None:
    """The new draft. Raises `Refusal` with every fault."""
    actions.edit_questionnaire(campaign=campaign, form=form, now=now(), actor=actor_of(request))


def _act(request: HttpRequest, campaign: Campaign, form: Form) -> HttpResponse:
    """A button of the page: move, take away, publish, give up."""
    act, _, key = request.POST.get("acte", "").partition(":")
    more: dict[str, Any] = {"campaign": campaign, "now": now(), "actor": actor_of(request)}
    try:
        if act == "publier":
            actions.publish_questionnaire(**more)
            messages.success(request, "Ces questions sont posées à partir de maintenant.")
        elif act == "abandonner":
            actions.drop_draft(**more)
            messages.success(request, "Le brouillon est abandonné : rien ne change.")
        elif act in MOVES:
            _keep(request, campaign, MOVES[act](form, key))
        else:
            raise Http404
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, campaign, form, why=refusal.reasons, status=400)
    return redirect(_here(campaign, "" if act in ("publier", "abandonner") else f"piece-{key}"))


def _question(request: HttpRequest, campaign: Campaign, form: Form, key: str) -> HttpResponse:
    before = form.question(key) if key else None
    if key and before is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    initial = {"section": request.GET.get("dans", "")} if before is None else {}
    typed = QuestionForm(data, form=form, before=before, initial=initial)
    items = item_forms(before, data)
    wrong = [one for one in items if data is not None and not one.is_valid()]
    if data is not None and typed.is_valid() and not wrong:
        made = typed.question(items_of(items, before))
        if _kept(request, campaign, rules.put_question(form, made), typed):
            return redirect(_here(campaign, f"piece-{made.id}"))
    return _form_page(request, campaign, "question", typed, before, items=items)


def _section(request: HttpRequest, campaign: Campaign, form: Form, key: str) -> HttpResponse:
    before = next((one for one in form.sections if one.id == key), None) if key else None
    if key and before is None:
        raise Http404
    initial = {"title": before.title, "help": before.help} if before else {}
    data = request.POST if request.method == "POST" else None
    typed = SectionForm(data, initial=initial)
    if data is not None and typed.is_valid():
        made = typed.section(form, before)
        if _kept(request, campaign, rules.put_section(form, made), typed):
            return redirect(_here(campaign, f"piece-{made.id}"))
    return _form_page(request, campaign, "section", typed, before)


def _kept(request: HttpRequest, campaign: Campaign, form: Form, typed: Any) -> bool:
    """Whether the draft could be kept; the faults go to the form that was typed."""
    try:
        _keep(request, campaign, form)
    except NotAllowed:
        raise
    except Refusal as refusal:
        typed.add_error(None, refusal.reasons)
        return False
    return True


def _form_page(
    request: HttpRequest,
    campaign: Campaign,
    kind: str,
    typed: Any,
    before: Question | Section | None,
    *,
    items: Any = (),
) -> HttpResponse:
    wrong = bool(typed.errors) or any(one.errors for one in items)
    context = {
        "campaign": campaign,
        "kind": kind,
        "form": typed,
        "before": before,
        "items": items,
        "back": _here(campaign),
    }
    status = 400 if wrong else 200
    return render(request, "applications/questionnaire_piece.html", context, status=status)


def _preview(request: HttpRequest, campaign: Campaign, form: Form) -> HttpResponse:
    """The questions as authors will see them; nothing is kept."""
    parts = [
        (one, [shown(asked, value=None, base=0) for asked in form.of_section(one.id)])
        for one in form.sections
    ]
    context = {"campaign": campaign, "parts": parts, "back": _here(campaign)}
    return render(request, "applications/questionnaire_preview.html", context)
