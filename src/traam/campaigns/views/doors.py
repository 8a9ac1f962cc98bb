"""What the views of this stage share: who reads, an act that may be refused, its page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from traam.access.actor import Actor
from traam.access.web import actor_of, get_or_404
from traam.campaigns.forms import ReasonForm
from traam.campaigns.models import Brief, Campaign, Theme
from traam.campaigns.rules.signing import TextState
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal

REFUSED = 400
NOTHING: Mapping[str, str] = {}
PREPARES = "campaign.prepare"
Text = Theme | Brief


def campaign_of(request: HttpRequest, year: str, right: str = "campaign.read") -> Campaign:
    """The campaign led here of this address, if the reader has this right over it."""
    found = Campaign.objects.prepared().select_related("copied_from")
    found = found.prefetch_related("milestones")
    return get_or_404(found, actor_of(request), right, year=year)


def brief_of(request: HttpRequest, year: str, right: str = "brief.read") -> Brief:
    rows = Brief.objects.select_related("campaign", "changed_by")
    found: Brief = get_or_404(
        rows.filter(campaign__is_archive=False), actor_of(request), right, campaign__year=year
    )
    return found


def theme_of(request: HttpRequest, code: str, right: str = "theme.read") -> Theme:
    rows = Theme.objects.exclude(state=TextState.ARCHIVED).select_related("campaign")
    found: Theme = get_or_404(rows, actor_of(request), right, code=code)
    return found


def reader(actor: Actor) -> dict[str, bool]:
    """Which rooms of the breadcrumb this reader may enter."""
    return {"may_prepare": actor.may(PREPARES)}


def done(request: HttpRequest, said: str, back: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(back)


def plain_act(
    request: HttpRequest, *, act: Callable[[], Any], said: str, back: str
) -> HttpResponse:
    """An act that asks nothing more: done, or the page it came from says why not."""
    try:
        act()
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect(back)
    return done(request, said, back)


def reasoned_act(
    request: HttpRequest,
    *,
    title: str,
    act: Callable[[Any], Any],
    said: str,
    back: str,
    form: ReasonForm | None = None,
    kept: Mapping[str, str] = NOTHING,
) -> HttpResponse:
    """An act that wants a reason: done, or its own page says what is missing and keeps the rest.

    `act` takes what was typed; `kept`: what else the page sends again.
    """
    form = form or ReasonForm(request.POST)
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return done(request, said, back)
    context = {"title": title, "form": form, "back": back, "kept": kept} | reader(actor_of(request))
    return render(request, "campaigns/act_reason.html", context, status=REFUSED)
