"""The arbitration: the pilot reads all themes together, and prepares what is left."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of, get_or_404, right_required
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CALL_CLOSED_ON, CampaignState
from traam.kit.clock import now
from traam.kit.forms import READ
from traam.kit.refusals import NotAllowed, Refusal, Unread
from traam.selection import actions
from traam.selection.actions.choosing import QUESTION_SECONDS, SECONDS
from traam.selection.forms.deciding import NameForm, TakeForm
from traam.selection.queries.arbitration import arbitration
from traam.selection.queries.variants import reference_of
from traam.selection.rules.proposing import RESERVES
from traam.selection.screens.arbitrating import ArbitrationPage
from traam.selection.screens.deliberating import price, words_of_kind
from traam.selection.views.saying import said_of

ARBITRATES = "campaign.prepare"  # the pilot, before as after the announcement
REFUSED = 400


def campaign_of(request: HttpRequest, year: str) -> Campaign:
    """A campaign whose call is over, for whom leads it. Raises Http404."""
    rows = Campaign.objects.prepared().filter(state__in=sorted(CALL_CLOSED_ON))
    found: Campaign = get_or_404(rows, actor_of(request), ARBITRATES, year=year)
    return found


@require_safe
@right_required(ARBITRATES)
def arbitration_show(request: HttpRequest, year: str) -> HttpResponse:
    """The state of every theme, what is served, what clashes, what the rules change."""
    campaign = campaign_of(request, year)
    context = {
        "page": ArbitrationPage(arbitration(campaign=campaign)),
        "campaign": campaign,
        "is_open": campaign.state == CampaignState.CALL_CLOSED,
        "form": NameForm(),
        "seconds": round(SECONDS),
        "question_seconds": round(QUESTION_SECONDS),
        "price": price,
        "words_of_kind": words_of_kind,
        "now": now(),
    }
    return render(request, "selection/arbitration_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(ARBITRATES)
def arbitration_take(request: HttpRequest, year: str) -> HttpResponse:
    """Prepare every decision that is left as the reference proposes: a dry run, then the act."""
    campaign = campaign_of(request, year)
    variant = reference_of(campaign)
    back = redirect("arbitration", year=campaign.year)
    if variant is None:
        messages.error(request, "Aucune variante n’est la référence : calculez-en une d’abord.")
        return back
    form = TakeForm(request.POST or None, initial={"reserves": RESERVES})
    try:
        if request.method == "POST" and form.is_valid():
            with suppress(Unread):  # the page then says what is to be read
                taken = actions.take_proposal(
                    variant=variant,
                    reserves=form.cleaned_data["reserves"],
                    now=now(),
                    actor=actor_of(request),
                    known=request.POST.getlist(READ),
                )
                messages.success(request, said_of(taken))
                return back
        foreseen = actions.foresee_proposal(
            variant=variant, theme=None, reserves=RESERVES, actor=actor_of(request)
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return back
    context = {
        "form": form,
        "foreseen": foreseen,
        "variant": variant,
        "campaign": campaign,
        "theme": None,
        "back": back["Location"],
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/deliberation_take.html", context, status=status)
