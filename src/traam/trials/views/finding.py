"""How the pages find a trial, an observation, say that a trial is not written any more, and turn
refusals into errors of a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from traam.access.sql import scope_q
from traam.access.web import actor_of, get_or_404
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.trials.models import Observation, Trial
from traam.trials.queries.reading import whole, whole_observations
from traam.trials.screens.trial import TrialPage

REFUSED, ENDED = 400, 409


def trial_of(request: HttpRequest, code: str, right: str = "trial.read") -> Trial:
    """The trial of this address, for who has this right over it; 404 to a stranger of it."""
    return get_or_404(whole(Trial.objects.all()), actor_of(request), right, code=code)


def shut(request: HttpRequest, page: TrialPage) -> HttpResponse | None:
    """Why this trial is not written here, and the way on; None where it is, and where the act
    itself says no (403)."""
    is_posted = request.method == "POST"
    if page.may_write or (page.is_open and is_posted):
        return None
    context = {"page": page, "trial": page.trial}
    return render(request, "trials/trial_shut.html", context, status=ENDED if is_posted else 200)


def observation_of(request: HttpRequest, key: int) -> Observation:
    """The observation of this address. What is withdrawn or set aside is for the team alone, and
    for who noted it."""
    actor = actor_of(request)
    read = scope_q(actor=actor, right="observation.read", model=Observation)
    every = scope_q(actor=actor, right="observation.read_all", model=Observation)
    own = scope_q(actor=actor, right="observation.correct", model=Observation)
    counted = Q(withdrawn_at=None, kept_at=None)
    rows = whole_observations(Observation.objects.filter((read & counted) | every | own))
    return get_object_or_404(rows, pk=key)


def done(form: forms.Form, act: Callable[..., Any], **given: Any) -> Any:
    """What the act gives back; None when it said no, and why is then among the form's errors."""
    try:
        return act(**given) or True
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        form.add_error(None, refusal.reasons)
        return None
