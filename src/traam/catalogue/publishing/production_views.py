"""The acts on productions that touch notices: publish, withdraw, take up one of the archive."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, require, right_required
from traam.catalogue import queries
from traam.catalogue.models import Act, Notice
from traam.catalogue.publishing import productions as publishing
from traam.kit.clock import now
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal, Unknown
from traam.productions.actions import lacks_to_publish, take_up, take_up_notice
from traam.productions.forms.acts import ReasonForm, TeamForm
from traam.productions.models import Production
from traam.productions.queries.listing import teams_to_write_in
from traam.productions.views.finding import find

REFUSED = 400


def _said(
    request: HttpRequest, name: str, context: dict[str, Any], *, refused: bool = False
) -> HttpResponse:
    status = REFUSED if refused else 200
    return render(request, f"catalogue/{name}.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """What the notice will say and carry, then one button."""
    production = find(request, code, "production.publish")
    actor = actor_of(request)
    require(actor, "production.publish", production.place())
    context: dict[str, Any] = {
        "production": production,
        "missing": lacks_to_publish(production),
        "why": [],
    }
    if request.method != "POST":
        return _said(request, "production_publish", context)
    try:
        notice = publishing.publish(production=production, now=now(), actor=actor)
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        return _said(
            request, "production_publish", context | {"why": refusal.reasons}, refused=True
        )
    messages.success(request, "C’est publié : la notice est lisible par tous.")
    return redirect("notice", ark=notice.ark)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Why, then one button; the notice goes with it."""
    production = find(request, code, "production.withdraw")
    actor = actor_of(request)
    require(actor, "production.withdraw", production.place())
    form = ReasonForm(request.POST or None)
    context: dict[str, Any] = {"production": production, "form": form}
    if request.method != "POST" or not form.is_valid():
        refused = request.method == "POST"
        return _said(request, "production_withdraw", context, refused=refused)
    try:
        publishing.withdraw(
            production=production, reason=form.cleaned_data["reason"], now=now(), actor=actor
        )
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        form.add_error(None, refusal.reasons)
        return _said(request, "production_withdraw", context, refused=True)
    messages.success(request, "La production est retirée ; chacun en est averti.")
    return redirect("productions")


@right_required("production.write")
@require_http_methods(["GET", "HEAD", "POST"])
def notice_take_up(request: HttpRequest, ark: str) -> HttpResponse:
    """A team starts from a notice: of a production written here, or of the archive."""
    notice = queries.current(ark=ark)
    if notice is None or notice.act == Act.WITHDRAWN:
        raise Unknown(f"Aucune notice ne porte l’identifiant « {ark} ».")
    actor = actor_of(request)
    form = TeamForm(request.POST or None, teams=teams_to_write_in(actor))
    context = {"notice": notice, "record": notice.frozen(), "form": form}
    if request.method != "POST" or not form.is_valid():
        refused = request.method == "POST"
        return _said(request, "notice_take_up", context, refused=refused)
    try:
        made = _taken_up(request, notice, form)
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, refusal.reasons)
        return _said(request, "notice_take_up", context, refused=True)
    messages.success(request, "C’est à vous : un brouillon est commencé, le lien est gardé.")
    return redirect("production_edit", code=made.code)


def _taken_up(request: HttpRequest, notice: Notice, form: forms.Form) -> Production:
    record, given = notice.frozen(), form.cleaned_data
    common = {
        "team": given["team"],
        "adapted": given["adapted"],
        "now": now(),
        "actor": actor_of(request),
    }
    code = notice.origin.removeprefix("production:")
    if code != notice.origin:
        return take_up(source=find(request, code), **common)
    return take_up_notice(
        ark=notice.ark,
        kind=record.kind.code,
        title=record.title,
        summary=record.summary,
        **common,
    )
