"""The launch of a campaign's work: what it would make, theme by theme, then one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, get_or_404, right_required
from traam.campaigns.models import Campaign, Theme
from traam.groups import actions
from traam.groups.queries import launching as queries
from traam.kit.clock import now
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.text import plural

LAUNCH = "participation.launch"


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(LAUNCH)
def launch(request: HttpRequest, year: str) -> HttpResponse:
    """The academies that may be launched, and those that are; a POST launches all, or a theme."""
    rows = Campaign.objects.filter(is_archive=False, state__in=("announced", "at_work"))
    campaign = get_or_404(rows, actor_of(request), "campaign.prepare", year=year)
    if request.method == "POST":
        _launched(request, campaign)
        return redirect("launch", year=year)
    themes = queries.ready_themes(campaign)
    context = {
        "campaign": campaign,
        "themes": themes,
        "count": sum(len(one.parts) for one in themes),
        "members": sum(part.members for one in themes for part in one.parts),
        "teams": list(queries.teams_of(campaign)),
    }
    return render(request, "groups/launch_show.html", context)


def _launched(request: HttpRequest, campaign: Campaign) -> None:
    theme = _theme(campaign, request.POST.get("theme", ""))
    given: dict[str, Any] = {"now": now(), "actor": actor_of(request), "theme": theme}
    try:
        made = actions.launch_all(campaign=campaign, **given)
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return
    if made.teams:
        said = plural(len(made.teams), "équipe est lancée", "équipes sont lancées")
        messages.success(request, f"{said} ; leurs membres en sont avertis.")
    else:
        messages.info(request, "Rien n’attendait d’être lancé.")


def _theme(campaign: Campaign, code: str) -> Theme | None:
    """The theme that the form names, if it names one. Raises Http404."""
    return get_object_or_404(Theme, campaign=campaign, code=code) if code else None
