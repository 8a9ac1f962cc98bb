"""The findings of a group, and one of them with all it rests on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import actor_of
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal
from traam.syntheses import actions
from traam.syntheses.actions.coding import REVIEW
from traam.syntheses.actions.findings import WRITE
from traam.syntheses.forms.findings import FindingForm, ReasonForm
from traam.syntheses.models import Evidence, Finding
from traam.syntheses.queries import coding as queries
from traam.syntheses.rules.life import FindingKind
from traam.syntheses.views.looking import finding_of, group_of

REFUSED = 400


@require_http_methods(["GET", "HEAD", "POST"])
def findings(request: HttpRequest, code: str) -> HttpResponse:
    """The group's findings with their counts; one more, for who may write it."""
    group, actor = group_of(request, code), actor_of(request)
    may_write = actor.allows(WRITE, group.place())
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = form.cleaned_data
        typed.pop("version")
        typed["kind"] = FindingKind(typed["kind"])
        try:
            made = actions.write_finding(group=group, **typed, now=now(), actor=actor)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "Le constat est écrit. Appuyez-le par des observations.")
            return redirect("finding", code=made.code)
    context = {
        "group": group,
        "findings": queries.findings(group, kind=request.GET.get("sorte", "")),
        "kinds": FindingKind,
        "kind": request.GET.get("sorte", ""),
        "form": form if may_write else None,
        "who": who_may(WRITE, group.place()),
    }
    status = REFUSED if form.errors else 200
    return render(request, "syntheses/finding_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, code: str) -> HttpResponse:
    """A finding: its words, its counts, every observation behind it, where it was sought."""
    found, actor = finding_of(request, code), actor_of(request)
    may_write = actor.allows(WRITE, found.place())
    initial = {name: getattr(found, name) for name in ("kind", "text", "scope", "version")}
    form = FindingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = form.cleaned_data
        typed["kind"], typed["version"] = FindingKind(typed["kind"]), typed["version"] or 0
        try:
            actions.amend_finding(finding=found, **typed, now=now(), actor=actor)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "Le constat est récrit.")
            return redirect("finding", code=code)
    right = WRITE if found.published_at is None else REVIEW
    context = {
        "finding": found,
        "group": found.group,
        "counted": queries.with_counts([found])[0],
        "evidence": queries.evidence_of(found),
        "trials": queries.sought_trials(found),
        "form": form if may_write else None,
        "reason": ReasonForm() if may_write else None,
        "may_code": actor.allows(right, found.place()) and found.withdrawn_at is None,
    }
    status = REFUSED if form.errors else 200
    return render(request, "syntheses/finding_show.html", context, status=status)


@require_POST
def finding_act(request: HttpRequest, code: str) -> HttpResponse:
    """Read a piece of evidence again, take it away; withdraw the finding, restore it."""
    found, actor = finding_of(request, code), actor_of(request)
    try:
        done = _act(found, request.POST.get("acte", ""), request, actor)
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, done)
    return redirect("finding", code=code)


def _act(found: Finding, act: str, request: HttpRequest, actor: Actor) -> str:
    who: dict[str, Any] = {"now": now(), "actor": actor}
    if act in ("relire", "oter"):
        rows = Evidence.objects.filter(finding=found).select_related("finding", "observation")
        key = request.POST.get("preuve", "")
        evidence = get_object_or_404(rows, pk=number_in(key))
        if act == "relire":
            actions.read_again(evidence=evidence, **who)
            return "C’est relu : l’observation compte telle qu’elle est aujourd’hui."
        actions.uncode(evidence=evidence, **who)
        return "L’observation n’est plus une preuve de ce constat."
    reason = request.POST.get("reason", "")
    if act == "retablir":
        actions.restore_finding(finding=found, reason=reason, **who)
        return "Le constat est rétabli."
    if act == "retirer":
        actions.withdraw_finding(finding=found, reason=reason, **who)
        return "Le constat est retiré."
    raise Refusal("Cet acte n’existe pas.")
