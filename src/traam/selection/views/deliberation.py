"""The deliberation of a theme, made for a projector: what is proposed, decided, tried."""

from collections.abc import Mapping
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of, get_or_404, right_required
from traam.campaigns.models import Theme
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import TextState
from traam.kit.clock import now
from traam.kit.forms import READ
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal, Unread
from traam.kit.sheets import sheet_response
from traam.selection import actions
from traam.selection.actions.choosing import QUESTION_SECONDS, SECONDS
from traam.selection.forms.deciding import TakeForm
from traam.selection.optimiser.instance import LockKind
from traam.selection.queries.deliberation import (
    Deliberation,
    academies_of_map,
    deliberation,
)
from traam.selection.queries.variants import reference_of
from traam.selection.rules.proposing import RESERVES
from traam.selection.screens.deliberating import DeliberationPage, price, shown, words_of_kind
from traam.selection.screens.trying import TryPanel, read_tries
from traam.selection.views.saying import said_of

FOLLOWS = "decision.follow"
REFUSED = 400


def theme_of(request: HttpRequest, code: str) -> Theme:
    rows = Theme.objects.exclude(state=TextState.ARCHIVED).select_related("campaign")
    found: Theme = get_or_404(rows, actor_of(request), FOLLOWS, code=code)
    return found


def _found(request: HttpRequest, theme: Theme) -> Deliberation:
    given = request.GET if request.method in ("GET", "HEAD") else request.POST
    room = [number_in(key) for key in given.getlist("salle")]
    actor = actor_of(request)
    return deliberation(theme=theme, actor=actor, today=actor.today, room=room)


def _context(request: HttpRequest, found: Deliberation, panel: TryPanel) -> dict[str, object]:
    actor = actor_of(request)
    campaign = found.theme.campaign
    return {
        "page": DeliberationPage(found, academies_of_map(found.gathered.academies, actor.today)),
        "panel": panel,
        "theme": found.theme,
        "campaign": campaign,
        "is_open": campaign.state == CampaignState.CALL_CLOSED,
        "may_arbitrate": actor.allows("decision.arbitrate", campaign.place()),
        "seconds": round(SECONDS + QUESTION_SECONDS),
        "shown": shown,
        "price": price,
        "words_of_kind": words_of_kind,
        "now": now(),
    }


@require_safe
@right_required(FOLLOWS)
def deliberation_show(request: HttpRequest, code: str) -> HttpResponse:
    """The ranking, the proposal beside the decisions, the map, the departures."""
    found = _found(request, theme_of(request, code))
    context = _context(request, found, TryPanel(found, None))
    sheet = DeliberationPage(found, ()).sheet()
    if answer := sheet_response(request, sheet, f"deliberation-{code}"):
        return answer
    return render(request, "selection/deliberation_show.html", context)


@require_POST
@right_required(FOLLOWS)
def deliberation_try(request: HttpRequest, code: str) -> HttpResponse:
    """« Et si ? »: what some locks would change; nothing is written. A part of the page for htmx,
    else the whole page."""
    theme = theme_of(request, code)
    found = _found(request, theme)
    mine = {one.pk: one for one in found.cases if one.pk in found.visible}
    wanted = read_tries(request.POST.getlist("essai"), request.POST.getlist("sans"), mine)
    panel = _tried(request, found, theme, wanted)
    if request.headers.get("HX-Request") == "true":
        context = {"panel": panel, "theme": theme, "seconds": round(SECONDS + QUESTION_SECONDS)}
        return render(request, "selection/_try.html", context)
    return render(request, "selection/deliberation_show.html", _context(request, found, panel))


def _tried(
    request: HttpRequest, found: Deliberation, theme: Theme, wanted: Mapping[str, LockKind]
) -> TryPanel:
    if not wanted:
        return TryPanel(found, None)
    try:
        return TryPanel(found, actions.what_if(theme=theme, wanted=wanted, actor=actor_of(request)))
    except NotAllowed:
        raise
    except Refusal as refusal:
        return TryPanel(found, None, refusal.reasons)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(FOLLOWS)
def deliberation_take(request: HttpRequest, code: str) -> HttpResponse:
    """Prepare the theme's decisions as the reference proposes: a dry run, then the act."""
    theme, actor = theme_of(request, code), actor_of(request)
    variant = reference_of(theme.campaign)
    back = redirect("deliberation", code=theme.code)
    if variant is None:
        messages.error(request, "Aucune variante n’est la référence : il n’y a rien à prendre.")
        return back
    form = TakeForm(request.POST or None, initial={"reserves": RESERVES})
    try:
        if request.method == "POST" and form.is_valid():
            with suppress(Unread):  # the page then says what is to be read
                taken = actions.take_proposal(
                    variant=variant,
                    theme=theme,
                    reserves=form.cleaned_data["reserves"],
                    now=now(),
                    actor=actor,
                    known=request.POST.getlist(READ),
                )
                messages.success(request, said_of(taken))
                return back
        foreseen = actions.foresee_proposal(
            variant=variant, theme=theme, reserves=RESERVES, actor=actor
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
        "campaign": theme.campaign,
        "theme": theme,
        "back": back["Location"],
    }
    status = REFUSED if form.errors else 200
    return render(request, "selection/deliberation_take.html", context, status=status)
