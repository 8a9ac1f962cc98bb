"""The conflicts of interest: found, declared, confirmed or dismissed with a reason."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.sentences import who_may
from traam.access.web import actor_of, right_required
from traam.applications import actions as applications
from traam.applications.models import Examiner
from traam.applications.queries.examiners import conflicts_of
from traam.applications.rules.life import ApplicationState, Standing
from traam.campaigns.models import Campaign
from traam.kit.clock import now
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.text import plural
from traam.people.models import User
from traam.selection.forms.conflicts import (
    ConflictFilter,
    DeclareForm,
    SettleForm,
    Settling,
)
from traam.selection.queries import conflicts as queries
from traam.selection.queries.reviews import sees_all
from traam.selection.views.finding import campaign_of

PER_PAGE = 50
REFUSED = 400
DONE = {
    Settling.PIN: "Le conflit est confirmé : la personne ne lit pas ce dossier.",
    Settling.DISMISS: "Le conflit est écarté : la personne peut lire ce dossier.",
    Settling.RELEASE: "La décision est reprise : le conflit est ce que les faits montrent.",
    Settling.TAKE_BACK: "La déclaration est levée.",
}


@require_safe
@right_required(queries.DECLARE)
@keeps_views("Conflits d’intérêts")
def conflicts(request: HttpRequest, year: str) -> HttpResponse:
    """All of them for who settles them; to the others, how many close a file to them."""
    actor, campaign = actor_of(request), campaign_of(request, year)
    if not queries.may_settle(actor, campaign):
        context = {
            "campaign": campaign,
            "own": queries.own_conflicts(actor, campaign),
            "who_settles": who_may(queries.SETTLE),
        }
        return render(request, "selection/conflict_own.html", context)
    form = ConflictFilter(request.GET, themes=queries.themes_of(campaign))
    found = queries.conflicts(campaign, form.chosen())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    known = conflicts_of(list(page), today=actor.today)
    context = {
        "campaign": campaign,
        "form": form,
        "page": page,
        "rows": [queries.shown(one, known) for one in page],
        "page_href": lambda number: with_query(request, page=number),
        "narrows": bool(form.chosen()),
        "now": now(),
    }
    return render(request, "selection/conflict_list.html", context)


@require_POST
@right_required(queries.SETTLE)
def conflicts_check(request: HttpRequest, year: str) -> HttpResponse:
    """Look for conflicts again, from the facts of today."""
    campaign = campaign_of(request, year)
    count = applications.clear_examiners(campaign=campaign, now=now(), actor=actor_of(request))
    said = plural(count, "situation nouvelle ou changée", "situations nouvelles ou changées")
    messages.success(request, f"Les liens sont vérifiés : {said}.")
    return redirect("conflicts", year=campaign.year)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(queries.SETTLE)
def conflict_settle(request: HttpRequest, key: int) -> HttpResponse:
    """One conflict: what ties the person to the application, and what is decided."""
    row, campaign = _row(request, key)
    known = conflicts_of([row], today=actor_of(request).today)
    one = queries.shown(row, known)
    form = SettleForm(request.POST or None, acts=_acts(one))
    if request.method == "POST" and form.is_valid():
        act = Settling(form.cleaned_data["act"])
        try:
            _settle(request, row, act, form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(
                "reason" if act in (Settling.PIN, Settling.DISMISS) else None, refusal.reasons
            )
        else:
            messages.success(request, DONE[act])
            return redirect("conflicts", year=campaign.year)
    context = {"form": form, "one": one, "campaign": campaign, "now": now()}
    status = REFUSED if form.errors else 200
    return render(request, "selection/conflict_settle.html", context, status=status)


def _row(request: HttpRequest, key: int) -> tuple[Examiner, Campaign]:
    """The conflict and its campaign, for who settles it. Raises Http404."""
    rows = Examiner.objects.exclude(standing=Standing.CLEAR).select_related(
        "application__campaign",
        "application__academy",
        "application__theme",
        "person",
        "settled_by",
    )
    found = rows.filter(pk=key, application__state=ApplicationState.DEPOSITED).first()
    if found is None:
        raise Http404
    campaign = campaign_of(request, found.application.campaign.year)
    if not queries.may_settle(actor_of(request), campaign):
        raise Http404
    return found, campaign


def _acts(one: queries.Shown) -> list[Settling]:
    """What may be done with it, from where it stands."""
    found = []
    if one.standing is not Standing.PINNED:
        found.append(Settling.PIN)
    if one.standing is not Standing.DISMISSED and one.kinds and not one.is_declared:
        found.append(Settling.DISMISS)
    if one.standing in (Standing.PINNED, Standing.DISMISSED):
        found.append(Settling.RELEASE)
    if one.is_declared:
        found.append(Settling.TAKE_BACK)
    return found


def _settle(request: HttpRequest, row: Examiner, act: Settling, reason: str) -> None:
    both = {"application": row.application, "person": row.person}
    at: Any = {**both, "now": now(), "actor": actor_of(request)}
    if act is Settling.PIN:
        applications.pin_conflict(**at, reason=reason)
    elif act is Settling.DISMISS:
        applications.dismiss_conflict(**at, reason=reason)
    elif act is Settling.RELEASE:
        applications.release_conflict(**at)
    else:
        applications.take_back_declaration(**at)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(queries.DECLARE)
def conflict_declare(request: HttpRequest, year: str) -> HttpResponse:
    """One's own tie with an application; for the pilot, anyone's."""
    actor, campaign = actor_of(request), campaign_of(request, year)
    files = queries.may_declare_on(actor, campaign)
    people = queries.judges_of(campaign) if sees_all(actor) else None
    form = DeclareForm(request.POST or None, applications=files, people=people)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        application = next(one for one in files if str(one.pk) == typed["application"])
        person = User.objects.get(pk=int(typed["person"]) if people is not None else actor.person)
        try:
            applications.declare_conflict(
                application=application,
                person=person,
                reason=typed["reason"],
                now=now(),
                actor=actor,
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(
                request, "Le conflit est déclaré : ce dossier n’est plus ouvert à cette personne."
            )
            return redirect("conflicts", year=campaign.year)
    context = {"form": form, "campaign": campaign, "is_for_others": people is not None}
    status = REFUSED if form.errors else 200
    return render(request, "selection/conflict_declare.html", context, status=status)
