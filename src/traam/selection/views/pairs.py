"""The pairs of cases that cannot both be retained, as the pilot declares and lifts them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, right_required
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.kit.clock import now
from traam.kit.refusals import NotAllowed, Refusal
from traam.selection import actions
from traam.selection.forms.deciding import PairForm, WhyForm
from traam.selection.models import Pair
from traam.selection.queries.instance import name_of, standing_pairs, studied
from traam.selection.views.arbitration import ARBITRATES, REFUSED, campaign_of


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(ARBITRATES)
def pairs(request: HttpRequest, year: str) -> HttpResponse:
    """Those that stand, with why; a form declares another."""
    campaign = campaign_of(request, year)
    cases = {str(one.pk): one for one in studied(campaign)}
    choices = [(key, f"{name_of(one)} ({one.theme.shown_title})") for key, one in cases.items()]
    form = PairForm(request.POST or None, cases=choices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.pair(
                one=cases[given["one"]],
                other=cases[given["other"]],
                reason=given["reason"],
                now=now(),
                actor=actor_of(request),
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "La paire compte dès le prochain calcul d’une variante.")
            return redirect("pairs", year=campaign.year)
    return _list(request, campaign, form)


def _list(request: HttpRequest, campaign: Campaign, form: PairForm) -> HttpResponse:
    rows = standing_pairs(campaign).select_related(
        "made_by",
        *("one__theme", "one__application__academy", "one__application__theme"),
        *("other__theme", "other__application__academy", "other__application__theme"),
    )
    context = {
        "campaign": campaign,
        "rows": list(rows),
        "form": form,
        "name_of": name_of,
        "is_open": campaign.state == CampaignState.CALL_CLOSED,
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/pair_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(ARBITRATES)
def pair_lift(request: HttpRequest, key: int) -> HttpResponse:
    """The two may be retained together again; why is kept."""
    rows = Pair.objects.filter(lifted_at=None).select_related(
        "one__campaign", "one__application__academy", "other__application__academy"
    )
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    campaign = campaign_of(request, found.one.campaign.year)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.unpair(pair=found, reason=reason, now=now(), actor=actor_of(request))
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "La paire est levée : elle ne compte plus dans les calculs.")
            return redirect("pairs", year=campaign.year)
    context = {"pair": found, "campaign": campaign, "form": form, "name_of": name_of}
    status = REFUSED if form.errors else 200
    return render(request, "selection/pair_lift.html", context, status=status)
