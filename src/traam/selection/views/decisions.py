"""A decision, for those it concerns once it is announced: what was decided, what followed, a reply;
and for the pilot, the replies to answer and the way back on a decision."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of, get_or_404, right_required
from traam.kit.clock import now
from traam.kit.layout import with_query
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.sheets import sheet_response
from traam.selection import actions
from traam.selection.forms.participations import AmendForm, AnswerForm, ReplyForm
from traam.selection.models import Decision, Reply
from traam.selection.queries import decisions as queries
from traam.selection.rules.life import DecisionKind, DecisionState
from traam.selection.screens.following import DecisionPage
from traam.selection.views.finding import campaign_of

PER_PAGE = 50
REFUSED = 400
ANSWERS = "decision.answer_reply"


@require_safe
@right_required(queries.READ)
def decisions(request: HttpRequest) -> HttpResponse:
    """The announced decisions that the reader may read."""
    found = queries.told(actor_of(request))
    if answer := sheet_response(request, queries.sheet(found), "decisions"):
        return answer
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "page_href": lambda number: with_query(request, page=number),
        "now": now(),
    }
    return render(request, "selection/decision_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, key: int) -> HttpResponse:
    """What was decided and why, what followed, and the reply while its delay runs."""
    actor, instant = actor_of(request), now()
    found = _announced(request, key)
    page = DecisionPage(found, actor, instant)
    form = ReplyForm(request.POST or None) if page.may_reply or request.method == "POST" else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.reply(decision=found, text=form.cleaned_data["text"], now=instant, actor=actor)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "Vos observations sont envoyées. La réponse viendra ici.")
            return redirect("decision", key=key)
    context = {"page": page, "decision": found, "form": form, "now": instant}
    status = REFUSED if form is not None and form.errors else 200
    return render(request, "selection/decision_show.html", context, status=status)


def _announced(request: HttpRequest, key: int) -> Decision:
    """An announced decision that the reader may read. Raises Http404: before, there is none."""
    rows = queries.whole(Decision.objects.filter(state=DecisionState.ANNOUNCED))
    return get_or_404(rows, actor_of(request), queries.READ, pk=key)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("decision.amend")
def decision_amend(request: HttpRequest, key: int) -> HttpResponse:
    """Another decision than the one announced, and why."""
    found = _announced(request, key)
    initial = {name: getattr(found, name) for name in ("kind", "rank", "reason", "remarks")}
    form = AmendForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = form.cleaned_data
        kind = DecisionKind(typed.pop("kind"))
        try:
            actions.amend(decision=found, kind=kind, **typed, now=now(), actor=actor_of(request))
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "La décision est changée ; la nouvelle lettre est partie.")
            return redirect("decision", key=key)
    context = {
        "decision": found,
        "campaign": found.case.campaign,
        "form": form,
        "page": DecisionPage(found, actor_of(request), now()),
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/decision_amend.html", context, status=status)


@require_safe
@right_required(ANSWERS)
def replies(request: HttpRequest, year: str) -> HttpResponse:
    """What academies have replied, those that await an answer first."""
    campaign = campaign_of(request, year)
    found = queries.replies(campaign)
    if answer := sheet_response(request, queries.replies_sheet(found), f"reponses-{campaign.year}"):
        return answer
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "page": page,
        "waiting": found.filter(answered_at=None).count(),
        "page_href": lambda number: with_query(request, page=number),
        "now": now(),
    }
    return render(request, "selection/reply_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(ANSWERS)
def reply_answer(request: HttpRequest, key: int) -> HttpResponse:
    """What an academy says, beside its decision, and the answer to it."""
    found = Reply.objects.select_related("decision", "replied_by", "answered_by").filter(pk=key)
    shown = found.first()
    if shown is None:
        raise Http404
    shown.decision = _announced(request, shown.decision_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            actions.answer_reply(reply=shown, text=text, now=now(), actor=actor_of(request))
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "La réponse est envoyée.")
            return redirect("replies", year=shown.decision.case.campaign.year)
    context = {
        "reply": shown,
        "decision": shown.decision,
        "campaign": shown.decision.case.campaign,
        "page": DecisionPage(shown.decision, actor_of(request), now()),
        "form": form,
        "now": now(),
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/reply_answer.html", context, status=status)
