"""The campaigns led here: their list with what blocks each, one campaign as a line with today on
it, and the acts that take a call or a campaign back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import actor_of, right_required
from traam.campaigns import actions, prepared
from traam.campaigns.forms import PrepareForm, ReopenForm
from traam.campaigns.models import Brief, Campaign, Theme
from traam.campaigns.rules.calendar import phase_at
from traam.campaigns.rules.life import CAMPAIGN_LIFE, CampaignState
from traam.campaigns.rules.opening import Blocker
from traam.campaigns.text_pages import KINDS
from traam.campaigns.timeline import points
from traam.campaigns.views.doors import (
    PREPARES,
    REFUSED,
    campaign_of,
    plain_act,
    reader,
    reasoned_act,
)
from traam.kit.clock import now
from traam.kit.layout import with_query
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.together import answer

PER_PAGE = 20
BLOCKERS_SHOWN = 3


@require_safe
def prepared_campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns led here, the latest first; for those in preparation, what blocks each."""
    actor, instant = actor_of(request), now()
    page = Paginator(prepared.prepared_for(actor), PER_PAGE).get_page(request.GET.get("page"))
    waiting = [one for one in page if one.state == CampaignState.PREPARATION]
    blocked = answer(prepared.blockers_for(waiting, now=instant)) if waiting else {}
    context = {
        "page": page,
        "blocked": blocked,
        "shown": BLOCKERS_SHOWN,
        "sees_blockers": actor.may(PREPARES),
        "page_href": lambda number: with_query(request, page=number),
        "now": instant,
    }
    return render(request, "campaigns/prepared_list.html", context | reader(actor))


@right_required(PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest) -> HttpResponse:
    """A new campaign, copied from another in one act."""
    actor = actor_of(request)
    sources = list(
        prepared.prepared_for(actor).exclude(first_year=None).prefetch_related("themes")[:5]
    )
    last = sources[0] if sources else None
    year = (last.first_year or 0) + 1 if last else now().year
    initial = {"first_year": year, "length": 1, "copy_from": last.year if last else ""}
    form = PrepareForm(request.POST or None, sources=sources, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        source = next((one for one in sources if one.year == typed["copy_from"]), None)
        try:
            made = actions.prepare(
                years=form.years,
                copy_from=source,
                themes=tuple(typed.get("themes", ())),
                now=now(),
                actor=actor,
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, f"La campagne {made.label} est en préparation.")
            return redirect("prepared_campaign", year=made.year)
    status = REFUSED if form.errors else 200
    context = {"form": form} | reader(actor)
    return render(request, "campaigns/campaign_prepare.html", context, status=status)


@require_safe
def prepared_campaign(request: HttpRequest, year: str) -> HttpResponse:
    """One campaign: the line of its year, what its call waits for and who must act, its texts."""
    actor, instant = actor_of(request), now()
    campaign = campaign_of(request, year)
    themes = prepared.themes_for(campaign, actor)
    brief = Brief.objects.filter(campaign=campaign).over_which(actor, "brief.read").first()
    is_waiting = campaign.state == CampaignState.PREPARATION
    blocked = prepared.blockers_of(campaign, now=instant) if is_waiting else []
    context = {
        "campaign": campaign,
        "phase": phase_at(CampaignState(campaign.state), campaign.calendar, instant),
        "points": points(campaign.calendar, instant),
        "themes": themes,
        "hidden_themes": campaign.themes.count() - len(themes),
        "brief": brief,
        "blocked": _readable(blocked, themes, brief, actor, year=year),
        "blocked_count": len(blocked),
        "is_waiting": is_waiting,
        "state_kinds": KINDS,
        "events": [one for one in prepared.events_of(campaign) if one.kind.startswith("campaign.")],
        "may": _moves(campaign, actor),
        "who_prepares": who_may(PREPARES),
        "reopen_form": ReopenForm(),
        "now": instant,
    }
    return render(request, "campaigns/campaign_show.html", context | reader(actor))


def _readable(
    blocked: list[Blocker], themes: list[Theme], brief: Brief | None, actor: Actor, *, year: str
) -> list[tuple[Blocker, str]]:
    """What the reader may know of what is missing, each with the address where to act."""
    codes = {one.code for one in themes}
    found = []
    for one in blocked:
        if one.door == "theme" and one.code in codes:
            found.append((one, reverse("theme_show", kwargs={"code": one.code})))
        elif one.door == "brief" and brief is not None:
            href = reverse("brief_show", kwargs={"year": year})
            found.append((one, href))
        elif one.door in ("calendar", "rules", "themes") and actor.may(PREPARES):
            found.append((one, ""))
    return found


def _moves(campaign: Campaign, actor: Actor) -> dict[str, bool]:
    """What this reader may do to the campaign itself, now."""
    open_moves = CAMPAIGN_LIFE.open_moves(CampaignState(campaign.state))
    rights = {
        "take_back_call": PREPARES,
        "reopen_call": "campaign.reopen",
        "close": "campaign.close",
        "reopen": "campaign.reopen",
    }
    place = campaign.place()
    return {
        move: move in open_moves and actor.allows(right, place) for move, right in rights.items()
    }


def _page(campaign: Campaign) -> str:
    return reverse("prepared_campaign", kwargs={"year": campaign.year})


@require_POST
def call_take_back(request: HttpRequest, year: str) -> HttpResponse:
    campaign = campaign_of(request, year, PREPARES)
    return reasoned_act(
        request,
        title=f"Reprendre l’appel {campaign.label}",
        act=lambda typed: actions.take_back_call(
            campaign=campaign, reason=typed["reason"], now=now(), actor=actor_of(request)
        ),
        said="L’appel est repris : il n’est plus public, et ses destinataires en sont avertis.",
        back=_page(campaign),
    )


@require_POST
def call_reopen(request: HttpRequest, year: str) -> HttpResponse:
    campaign = campaign_of(request, year, "campaign.reopen")

    def act(typed: dict[str, Any]) -> None:
        actions.reopen_call(campaign=campaign, now=now(), actor=actor_of(request), **typed)

    return reasoned_act(
        request,
        title=f"Rouvrir l’appel {campaign.label}",
        act=act,
        said="L’appel est rouvert, et ses destinataires en sont avertis.",
        back=_page(campaign),
        form=ReopenForm(request.POST),
    )


@require_POST
def campaign_close(request: HttpRequest, year: str) -> HttpResponse:
    campaign = campaign_of(request, year, "campaign.close")
    return plain_act(
        request,
        act=lambda: actions.close_campaign(campaign=campaign, now=now(), actor=actor_of(request)),
        said=f"La campagne {campaign.label} est close.",
        back=_page(campaign),
    )


@require_POST
def campaign_reopen(request: HttpRequest, year: str) -> HttpResponse:
    campaign = campaign_of(request, year, "campaign.reopen")
    return reasoned_act(
        request,
        title=f"Rouvrir la campagne {campaign.label}",
        act=lambda typed: actions.reopen_campaign(
            campaign=campaign, reason=typed["reason"], now=now(), actor=actor_of(request)
        ),
        said=f"La campagne {campaign.label} est rouverte.",
        back=_page(campaign),
    )
