"""The call before it opens (what it waits for, its letter, to whom it goes), and its papers for
everyone once it has."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of, right_required
from traam.campaigns import actions, letters, prepared, queries, telling
from traam.campaigns.forms import LetterForm
from traam.campaigns.rules.hours import elsewhere
from traam.campaigns.rules.life import CALL_OPENED_ON, CampaignState
from traam.campaigns.views.doors import PREPARES, REFUSED, campaign_of, reader
from traam.documents.queries import open_bytes
from traam.kit.clock import now
from traam.kit.paper import to_pdf
from traam.kit.refusals import NotAllowed, Refusal, Unknown

PDF = "application/pdf"


@right_required(PREPARES)
@require_http_methods(["GET", "HEAD", "POST"])
def call_show(request: HttpRequest, year: str) -> HttpResponse:
    """What opening will do, before it does: what is missing, the letter, to whom it goes."""
    actor, campaign = actor_of(request), campaign_of(request, year, PREPARES)
    form = LetterForm(request.POST or None, initial={"text": letters.words_of(campaign)})
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            actions.write_letter(campaign=campaign, text=text, now=now(), actor=actor)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "La lettre est enregistrée.")
            return redirect("call_show", year=year)
    instant = now()
    called = telling.called(instant)
    closes_at = campaign.calendar.closes_at
    context = {
        "campaign": campaign,
        "calendar": campaign.calendar,
        "form": form,
        "letter": letters.words_of(campaign),
        "blocked": prepared.blockers_of(campaign, now=instant),
        "called": called,
        "unverified": [one for one in called if one.email.endswith(".invalid")],
        "hours": elsewhere(closes_at) if closes_at else [],
        "is_waiting": campaign.state == CampaignState.PREPARATION,
        "now": instant,
    }
    status = REFUSED if form.errors else 200
    return render(request, "campaigns/call_show.html", context | reader(actor), status=status)


@right_required(PREPARES)
@require_safe
def letter_draft(request: HttpRequest, year: str) -> HttpResponse:
    """The letter as it would go now."""
    campaign = campaign_of(request, year, PREPARES)
    content = to_pdf(letters.letter(campaign, day=now()))
    return _pdf(content, f"appel-{campaign.year}-projet.pdf")


@login_not_required
@require_safe
def letter_pdf(request: HttpRequest, year: str) -> HttpResponse:
    """The letter of a call that has opened, as it went."""
    return _public(year, "letter_file", f"appel-{year}.pdf")


@login_not_required
@require_safe
def brief_pdf(request: HttpRequest, year: str) -> HttpResponse:
    """The cahier des charges of a call that has opened, as it was signed."""
    return _public(year, "brief_file", f"cahier-des-charges-{year}.pdf")


def _public(year: str, name: str, file_name: str) -> HttpResponse:
    campaign = queries.campaign(year=year)
    digest = getattr(campaign, name, "") if campaign else ""
    if campaign is None or campaign.state not in CALL_OPENED_ON or not digest:
        raise Unknown(f"Aucun appel public pour « {year} ».")
    with open_bytes(digest) as file:
        response = _pdf(file.read(), file_name)
    response["ETag"] = f'"{digest}"'
    return response


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
