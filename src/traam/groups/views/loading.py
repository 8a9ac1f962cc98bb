"""The pilot's screen of teams: bring a file, read what it would do, load it; then invite in
waves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from traam.access.web import actor_of, right_required
from traam.campaigns.models import Campaign
from traam.groups import actions
from traam.groups.actions.loading import LOAD
from traam.groups.forms.loading import CheckedForm, TeamsFileForm, WaveForm
from traam.groups.queries import loading as queries
from traam.kit.clock import now
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.rows import Outcome, Report
from traam.kit.text import plural
from traam.kit.together import answer

UNPROCESSABLE = 422
SCREEN_MAX = 2 * 2**20  # bytes: a checked file waits in the page
TOO_LONG = (
    "Le fichier passe 2 Mo, plus que cet écran ne prend : donnez-le en plusieurs parties, ou à la "
    "commande « ./traam load teams »."
)
SHOWN = 500  # rows of a report on the page; those refused first


@right_required(LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def load_teams(request: HttpRequest) -> HttpResponse:
    """The form, then the report of what the file would do, then what it did."""
    if request.method != "POST":
        return _page(request, TeamsFileForm())
    if request.POST.get("acte") == "charger":
        return _loaded(request)
    form = TeamsFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    name, content = form.given()
    if len(content) > SCREEN_MAX:
        form.add_error("file", TOO_LONG)
        return _page(request, form, status=UNPROCESSABLE)
    try:
        report = _run(request, name, content, dry_run=True)
    except Refusal as refusal:
        form.add_error("file", refusal.reasons)
        return _page(request, form, status=UNPROCESSABLE)
    return _page(request, TeamsFileForm(), report=report, checked=CheckedForm.of(name, content))


def _loaded(request: HttpRequest) -> HttpResponse:
    checked = CheckedForm(request.POST)
    form = TeamsFileForm()
    if not checked.is_valid():
        messages.error(request, "Le fichier vérifié est altéré : donnez-le de nouveau.")
        return _page(request, form, status=UNPROCESSABLE)
    typed = checked.cleaned_data
    try:
        report = _run(request, typed["name"], typed["content"], dry_run=False)
    except Refusal as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        for reason in refusal.reasons:
            messages.error(request, reason)
        return _page(request, form, status=UNPROCESSABLE)
    counts = report.counts()
    taken = counts[Outcome.TAKEN] + counts[Outcome.MENDED]
    messages.success(
        request,
        f"{plural(taken, 'ligne chargée', 'lignes chargées')} : personne n’est encore averti.",
    )
    return _page(request, form, report=report, is_done=True)


def _run(request: HttpRequest, name: str, content: bytes, *, dry_run: bool) -> Report:
    return actions.load_teams(
        content=content, name=name, now=now(), actor=actor_of(request), dry_run=dry_run
    )


def _page(
    request: HttpRequest,
    form: TeamsFileForm,
    *,
    report: Report | None = None,
    checked: CheckedForm | None = None,
    is_done: bool = False,
    status: int = 200,
) -> HttpResponse:
    counts = report.counts() if report else {}
    context: dict[str, Any] = {
        "form": form,
        "report": report,
        "rows": _rows(report) if report else [],
        "counts": counts,
        "outcomes": list(Outcome),
        "may_take": counts.get(Outcome.TAKEN, 0) + counts.get(Outcome.MENDED, 0),
        "checked": checked,
        "is_done": is_done,
        "waves": [(one, WaveForm.of(one.campaign.year)) for one in answer(queries.waves(now()))],
    }
    return render(request, "groups/load_teams.html", context, status=status)


def _rows(report: Report) -> list[Any]:
    """Those that say something, the refused first."""
    told = [row for row in report.rows if row.reasons]
    return sorted(told, key=lambda row: (row.outcome is not Outcome.REFUSED, row.row))[:SHOWN]


@right_required(LOAD)
@require_POST
def load_teams_invite(request: HttpRequest) -> HttpResponse:
    """One more wave of invitations."""
    form = WaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Donnez un nombre de personnes à inviter, de 1 à 500.")
        return redirect("load_teams")
    campaign = get_object_or_404(Campaign, year=form.cleaned_data["campaign"])
    count = actions.invite_wave(
        campaign=campaign, size=form.cleaned_data["size"], now=now(), actor=actor_of(request)
    )
    said = plural(count, "invitation est partie", "invitations sont parties")
    messages.success(request, f"{said}.") if count else messages.info(
        request, "Tout le monde est déjà invité."
    )
    return redirect("load_teams")
