"""The pilot's acts on a notice: correct, withdraw, restore."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, right_required
from traam.catalogue import actions, queries
from traam.catalogue.edit_forms import CorrectionForm, ReasonForm, corrected, initial
from traam.catalogue.models import Act, Notice
from traam.kit.clock import now
from traam.kit.refusals import Refusal, Unknown

CONFLICT = 409
REFUSED = 400
CHANGED = (
    "Cette notice a changé pendant que vous écriviez : relisez-la ci-dessous, puis recommencez."
)


def _found(ark: str) -> Notice:
    notice = queries.current(ark=ark)
    if notice is None:
        raise Unknown(f"Aucune notice ne porte l’identifiant « {ark} ».")
    return notice


def _act_of_production(notice: Notice) -> str:
    """Where the notice of a production written here is withdrawn, or restored, with it; "" of any
    other notice: the two never say otherwise."""
    code = notice.origin.removeprefix("production:")
    if code == notice.origin:
        return ""
    if notice.act == Act.WITHDRAWN:
        return reverse("production_act", kwargs={"code": code, "act": "retablir"})
    return reverse("production_withdraw", kwargs={"code": code})


def _show(
    request: HttpRequest, template: str, notice: Notice, form: forms.Form, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"notice": notice, "record": notice.frozen(), "form": form}
    return render(request, f"catalogue/{template}.html", context, status=status)


def _back(request: HttpRequest, notice: Notice, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("notice", kwargs={"ark": notice.ark}))


@right_required("notice.correct")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, ark: str) -> HttpResponse:
    notice = _found(ark)
    if request.method != "POST":
        form = CorrectionForm(initial=initial(notice.frozen(), notice.version))
        return _show(request, "notice_correct", notice, form)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _show(request, "notice_correct", notice, form, REFUSED)
    if form.cleaned_data["version"] != notice.version:
        form.add_error(None, CHANGED)
        return _show(request, "notice_correct", notice, form, CONFLICT)
    try:
        done = actions.correct(
            ark=ark,
            record=corrected(notice.frozen(), form.cleaned_data),
            reason=form.cleaned_data["reason"],
            now=now(),
            actor=actor_of(request),
        )
    except Refusal as refusal:
        form.add_error(None, list(refusal.reasons))
        return _show(request, "notice_correct", notice, form, REFUSED)
    return _back(request, done, f"La notice est corrigée : version {done.version}.")


@right_required("notice.withdraw")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, ark: str) -> HttpResponse:
    """Withdraw a notice that is shown, restore one that is not: the same question."""
    notice = _found(ark)
    if theirs := _act_of_production(notice):
        return HttpResponseRedirect(theirs)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = REFUSED if request.method == "POST" else 200
        return _show(request, "notice_withdraw", notice, form, status)
    gone = notice.act == Act.WITHDRAWN
    if request.POST.get("act") != ("restore" if gone else "withdraw"):
        form.add_error(None, CHANGED)
        return _show(request, "notice_withdraw", notice, form, CONFLICT)
    act = actions.restore if gone else actions.withdraw
    done = act(ark=ark, reason=form.cleaned_data["reason"], now=now(), actor=actor_of(request))
    return _back(request, done, "La notice est rétablie." if gone else "La notice est retirée.")
