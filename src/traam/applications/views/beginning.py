"""An application is begun: a theme of an open call is chosen, or last year's is taken up again."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, right_required
from traam.applications.actions.beginning import begin
from traam.applications.forms.acts import EntryForm
from traam.applications.models import Application
from traam.applications.queries.calls import day_of
from traam.applications.queries.people import WRITING_ROLES, holders
from traam.applications.screens import doors
from traam.applications.screens.listing import readable
from traam.applications.screens.proposing import Proposed, proposed
from traam.campaigns.models import Theme
from traam.kit.clock import now
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import User
from traam.reference.models import Academy

EXPECTED = "Choisissez un thème et une académie de la liste."


@right_required("application.begin")
@require_http_methods(["GET", "HEAD", "POST"])
def application_begin(request: HttpRequest) -> HttpResponse:
    """The themes of the open calls, problem and axes in sight; one button each."""
    instant = now()
    page = _proposed(request, instant)
    if request.method != "POST":
        return _page(request, page, instant)
    theme = page.theme(request.POST.get("theme", ""))
    academy = page.academy(request.POST.get("academie", ""))
    if theme is None or academy is None:
        return _page(request, page, instant, why=[EXPECTED])
    source = request.POST.get("reprendre", "")
    try:
        made = begin(
            theme=theme,
            academy=academy,
            clone_from=_source(request, source),
            now=instant,
            actor=actor_of(request),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, page, instant, why=refusal.reasons)
    messages.success(request, "La candidature est commencée : tout s’enregistre à mesure.")
    return redirect("application_edit", code=made.code)


def _proposed(request: HttpRequest, instant: datetime) -> Proposed:
    actor = actor_of(request)
    entrance = doors.Entrance(actor, instant)
    academies = entrance.academies_of("application.begin")
    return proposed(actor, entrance.open_calls(academies), academies)


def _source(request: HttpRequest, code: str) -> Application | None:
    if not code:
        return None
    found: Application | None = readable(actor_of(request)).filter(code=code).first()
    return found


def _page(
    request: HttpRequest, page: Proposed, instant: datetime, *, why: list[str] | None = None
) -> HttpResponse:
    context = {
        "page": page,
        "why": why or [],
        "now": instant,
        "chosen": request.POST.get("reprendre", ""),
        "academy": request.POST.get("academie", ""),
        "empty": doors.empty(actor_of(request), instant, may_begin=False),
    }
    return render(
        request, "applications/application_begin.html", context, status=400 if why else 200
    )


@right_required("application.enter_on_behalf")
@require_http_methods(["GET", "HEAD", "POST"])
def application_enter(request: HttpRequest) -> HttpResponse:
    """An answer that came by mail or letter, entered for an academy and marked so."""
    instant = now()
    academies = _academies(request, instant)
    code = request.POST.get("academy") or request.GET.get("academie", "")
    academy = next((one for one in academies if one.code == code), None)
    form = _entry_form(request, academies, academy, instant)
    if request.method == "POST" and academy is not None and form.is_valid():
        typed = form.cleaned_data
        theme = Theme.objects.select_related("campaign").get(code=typed["theme"])
        person = User.objects.get(pk=typed["person"]) if typed["person"] else None
        try:
            made = begin(
                theme=theme,
                academy=academy,
                channel=typed["channel"],
                on_behalf_of=person,
                now=instant,
                actor=actor_of(request),
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "La saisie est commencée ; elle dira d’après quoi.")
            return redirect("application_edit", code=made.code)
    context = {"form": form, "academy": academy, "academies": academies}
    status = 400 if form.errors else 200
    return render(request, "applications/application_enter.html", context, status=status)


def _academies(request: HttpRequest, instant: datetime) -> list[Academy]:
    """Those for whom this person may enter: all for the pilot, their own for a DAN."""
    right = "application.enter_on_behalf"
    entrance = doors.Entrance(actor_of(request), instant)
    return entrance.academies if entrance.actor.allows(right) else entrance.academies_of(right)


def _entry_form(
    request: HttpRequest, academies: list[Academy], academy: Academy | None, instant: datetime
) -> EntryForm:
    themes: list[tuple[str, str]] = []
    people: list[tuple[str, str]] = []
    if academy is not None:
        actor = actor_of(request)
        page = proposed(actor, doors.Entrance(actor, instant).open_calls([academy]), [academy])
        themes = [
            (one.theme.code, f"{call.campaign} · {one.theme.shown_title}")
            for call in page.calls
            for one in call.themes
        ]
        found = holders(roles=WRITING_ROLES, academy=academy.code, today=day_of(instant))
        people = [(str(one.pk), str(one)) for one in found.order_by("name", "pk")]
    return EntryForm(request.POST or None, academy=academy, themes=themes, people=people)
