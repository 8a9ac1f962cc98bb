"""The announcement: what it would do, its letters, one button; then its way back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of, right_required
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.kit.clock import now
from traam.kit.layout import with_query
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.sheets import sheet_response
from traam.selection import actions
from traam.selection.forms.announcement import AnnounceForm, LetterFilter
from traam.selection.forms.participations import ActForm
from traam.selection.screens.announcing import LettersPage
from traam.selection.views.finding import campaign_of

PER_PAGE = 25
REFUSED = 400
ANNOUNCES = "decision.announce"
BLOCKERS_SHOWN = 40
GONE = "Les lettres sont parties : les décisions sont annoncées, et les listes publiques à jour."
BACK = "L’annonce est reprise : plus rien n’est public, et chacun en est averti."


@require_safe
@right_required(ANNOUNCES)
def announcement(request: HttpRequest, year: str) -> HttpResponse:
    """Counts, what blocks, whom no mail reaches, the letters one by one, then the button."""
    campaign = campaign_of(request, year)
    return _page(request, campaign)


def _page(
    request: HttpRequest, campaign: Campaign, form: AnnounceForm | None = None
) -> HttpResponse:
    actor, instant = actor_of(request), now()
    foreseen = actions.foresee_announcement(campaign=campaign, now=instant, actor=actor)
    letters = LettersPage(foreseen, now=instant)
    filters = LetterFilter(request.GET, themes=letters.themes())
    chosen = letters.filtered(filters.chosen())
    if answer := sheet_response(request, letters.sheet(chosen), f"decisions-{campaign.year}"):
        return answer
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "foreseen": foreseen,
        "blockers": foreseen.blockers[:BLOCKERS_SHOWN],
        "filters": filters,
        "form": form or AnnounceForm(themes=foreseen.to_explain),
        "letters": [letters.shown(one) for one in page],
        "page": page,
        "page_href": lambda number: with_query(request, page=number),
        "is_announced": campaign.state != CampaignState.CALL_CLOSED,
        "may_take_back": campaign.state == CampaignState.ANNOUNCED,
        "now": instant,
    }
    status = REFUSED if form is not None and form.errors else 200
    return render(request, "selection/announcement_show.html", context, status=status)


@require_POST
@right_required(ANNOUNCES)
def announcement_send(request: HttpRequest, year: str) -> HttpResponse:
    """Announce, or say again what is missing with all that was typed."""
    campaign, actor, instant = campaign_of(request, year), actor_of(request), now()
    if campaign.state == CampaignState.ANNOUNCED:
        messages.info(request, "Les décisions étaient déjà annoncées : rien n’est parti deux fois.")
        return redirect("announcement", year=year)
    foreseen = actions.foresee_announcement(campaign=campaign, now=instant, actor=actor)
    form = AnnounceForm(request.POST, themes=foreseen.to_explain)
    if not form.is_valid():
        return _page(request, campaign, form)
    try:
        actions.announce(campaign=campaign, reasons=form.reasons(), now=instant, actor=actor)
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        form.add_error(None, refusal.reasons)
        return _page(request, campaign, form)
    messages.success(request, GONE)
    return redirect("announcement", year=year)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required("decision.amend")
def announcement_take_back(request: HttpRequest, year: str) -> HttpResponse:
    """Why the whole announcement is taken back, and what that does."""
    campaign, actor, instant = campaign_of(request, year), actor_of(request), now()
    hint = "Écrit dans le message que chacun reçoit."
    form = ActForm(request.POST or None, reason="required", asks_channel=False, hint=hint)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back_announcement(
                campaign=campaign, reason=form.cleaned_data["reason"], now=instant, actor=actor
            )
        except NotAllowed:
            raise
        except (Refusal, MoveRefused) as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, BACK)
            return redirect("announcement", year=year)
    foreseen = actions.foresee_announcement(campaign=campaign, now=instant, actor=actor)
    context: dict[str, Any] = {"campaign": campaign, "form": form, "foreseen": foreseen}
    status = REFUSED if form.errors else 200
    return render(request, "selection/announcement_take_back.html", context, status=status)
