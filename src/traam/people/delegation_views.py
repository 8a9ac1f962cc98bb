"""« Suppléances »: to let someone act with one of my mandates, and to stop it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from traam.access.roles import Role
from traam.access.web import actor_of, get_or_404
from traam.kit.clock import now
from traam.kit.refusals import Refusal
from traam.people import actions
from traam.people.forms import DelegationForm
from traam.people.models import Delegation, Mandate
from traam.people.naming import scopes_of
from traam.people.rules import Period, said

RETURN = "dashboard"


@require_http_methods(["GET", "HEAD", "POST"])
def delegate(request: HttpRequest, key: int) -> HttpResponse:
    """The form, and its return."""
    actor = actor_of(request)
    mandate = get_or_404(Mandate.objects.all(), actor, "mandate.delegate", pk=key)
    form = DelegationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _delegated(request, mandate, form):
        messages.success(request, "La suppléance est confiée ; la personne en est avertie.")
        return redirect(RETURN)
    context = {
        "form": form,
        "role": Role(mandate.role).label,
        "scopes": scopes_of(mandate),
        "period": said(Period(mandate.starts_on, mandate.ends_on)),
    }
    return render(request, "people/delegation_create.html", context)


def _delegated(request: HttpRequest, mandate: Mandate, form: DelegationForm) -> bool:
    given = form.cleaned_data
    try:
        actions.delegate(
            mandate=mandate,
            to=given["email"],
            starts_on=given["starts_on"],
            ends_on=given["last_on"] + timedelta(days=1),
            now=now(),
            actor=actor_of(request),
        )
    except Refusal as refusal:
        form.add_error(None, refusal.reasons)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_delegation(request: HttpRequest, key: int) -> HttpResponse:
    """Asks once, then stops the delegation from today on."""
    actor = actor_of(request)
    delegation = get_or_404(
        Delegation.objects.select_related("mandate", "delegate", "holder"),
        actor,
        "mandate.withdraw_delegation",
        pk=key,
    )
    is_mine = actor.person in (delegation.holder_id, delegation.delegate_id)
    back = reverse(RETURN if is_mine else "person", args=() if is_mine else (delegation.holder_id,))
    if request.method == "POST":
        actions.withdraw_delegation(delegation=delegation, on=actor.today, now=now(), actor=actor)
        messages.success(request, "La suppléance a pris fin.")
        return redirect(back)
    context = {
        "back": back,
        "delegation": delegation,
        "role": Role(delegation.mandate.role).label,
        "scopes": scopes_of(delegation.mandate),
        "period": said(Period(delegation.starts_on, delegation.ends_on)),
    }
    return render(request, "people/delegation_withdraw.html", context)
