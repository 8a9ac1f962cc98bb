"""Who reviews what: by hand, or all at once after a dry run."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from traam.access.web import actor_of, right_required
from traam.campaigns.models import Campaign, Theme
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.text import plural
from traam.kit.together import answer
from traam.people.models import User
from traam.selection import actions
from traam.selection.models import Case
from traam.selection.queries.assignment import panel
from traam.selection.queries.progress import themes_for
from traam.selection.screens.assigning import AssignmentPage, foreseen_page
from traam.selection.views.finding import campaign_of

RIGHT = "review.assign"


@require_http_methods(["GET", "HEAD"])
@right_required(RIGHT)
def assignment(request: HttpRequest, year: str) -> HttpResponse:
    """The cases with their reviewers, the loads; `?theme=`: one theme."""
    campaign = campaign_of(request, year)
    themes = _themes(request, campaign)
    shown = _chosen(request, themes)
    found = panel(campaign=campaign, today=actor_of(request).today, themes=shown)
    context = {
        "page": AssignmentPage(campaign, actor_of(request), found),
        "campaign": campaign,
        "themes": themes,
        "theme": shown[0] if len(shown) == 1 else None,
        "now": now(),
    }
    return render(request, "selection/assignment_show.html", context)


def _themes(request: HttpRequest, campaign: Campaign) -> list[Theme]:
    """The themes whose reviews the reader gives out. Raises Http404 when there is none."""
    found = answer(themes_for(actor_of(request), campaign))
    if not found:
        raise Http404
    return found


def _chosen(request: HttpRequest, themes: list[Theme]) -> list[Theme]:
    code = request.GET.get("theme") or request.POST.get("theme")
    return [one for one in themes if one.code == code] or themes


@require_POST
@right_required(RIGHT)
def assignment_give(request: HttpRequest, year: str) -> HttpResponse:
    """One case to one reviewer."""
    campaign = campaign_of(request, year)
    themes = _themes(request, campaign)
    case = _number(request, Case.objects.filter(theme__in=themes), "dossier")
    reviewer = _number(request, User.objects.filter(is_active=True), "relecteur")
    if case is None or reviewer is None:
        messages.error(request, "Choisissez une personne dans la liste.")
        return _back(request, campaign)
    try:
        actions.assign(case=case, reviewer=reviewer, now=now(), actor=actor_of(request))
    except NotAllowed:
        raise Http404 from None  # they may not even know what this case is
    except Refusal as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, f"L’avis est confié à {reviewer}, qui en est averti·e.")
    return _back(request, campaign)


def _number(request: HttpRequest, rows, name: str):  # type: ignore[no-untyped-def]
    return rows.filter(pk=number_in(request.POST.get(name))).first()


def _back(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    code = request.POST.get("theme", "")
    back = redirect("assignment", year=campaign.year)
    if any(one.code == code for one in answer(themes_for(actor_of(request), campaign))):
        back["Location"] += f"?theme={code}"
    return back


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(RIGHT)
def assignment_all(request: HttpRequest, year: str) -> HttpResponse:
    """What an automatic assignment would do; then, by one act, it does it."""
    actor, instant = actor_of(request), now()
    campaign = campaign_of(request, year)
    themes = _themes(request, campaign)
    shown = _chosen(request, themes)
    if request.method == "POST":
        done = actions.assign_all(campaign=campaign, themes=shown, now=instant, actor=actor)
        count = len(done.result.pairs)
        if count:
            said = plural(
                count,
                "avis confié ; son relecteur est averti",
                "avis confiés ; leurs relecteurs sont avertis",
            )
            messages.success(request, f"{said}.")
        else:
            messages.info(request, "Rien à confier de plus : rien n’a changé.")
        return _back(request, campaign)
    foreseen = actions.foresee_assignment(campaign=campaign, themes=shown, now=instant, actor=actor)
    context = {
        "page": foreseen_page(foreseen, actor),
        "campaign": campaign,
        "theme": shown[0] if len(shown) == 1 else None,
    }
    return render(request, "selection/assignment_foresee.html", context)
