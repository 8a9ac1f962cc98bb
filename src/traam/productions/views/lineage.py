"""Where a production comes from and what came of it; taking one up."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from traam.access.web import actor_of, require, right_required
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.refusals import NotAllowed, Refusal
from traam.productions import actions
from traam.productions.forms.acts import AdaptForm, SourceForm, TeamForm
from traam.productions.models import Production, Reprise
from traam.productions.queries.lineage import Lineage, lineage_of
from traam.productions.queries.listing import readable, teams_to_write_in
from traam.productions.rules.life import LIVING
from traam.productions.screens.editing import UNTITLED
from traam.productions.views.finding import find_placed
from traam.productions.views.saying import succeeded

REFUSED = 400
SOURCES_MAX = 200  # productions offered in the list of sources


@right_required("production.write")
@require_http_methods(["GET", "HEAD", "POST"])
def production_take_up(request: HttpRequest, code: str) -> HttpResponse:
    """Another team starts from this one: a draft of its own, the link kept."""
    source, actor = find_placed(request, code), actor_of(request)
    teams = teams_to_write_in(actor)
    form = TeamForm(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.take_up(source=source, now=now(), actor=actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            said = "C’est à vous : un brouillon est commencé, le lien est gardé."
            return succeeded(request, said, "production_edit", made)
    context = {
        "production": source,
        "title": source.title or UNTITLED,
        "form": form,
        "teams": teams,
    }
    status = REFUSED if form.errors else 200
    return render(request, "productions/production_take_up.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def production_lineage(request: HttpRequest, code: str) -> HttpResponse:
    """Its sources, itself, what took it up; what was adapted each time."""
    production = find_placed(request, code)
    if request.method != "POST":
        return _page(request, production)
    require(actor_of(request), "production.write", production.place())
    if request.POST.get("acte") == "adapter":
        return _adapted(request, production)
    if request.POST.get("acte") == "reprendre":
        return _sourced(request, production)
    raise Http404


def _page(
    request: HttpRequest,
    production: Production,
    *,
    form: SourceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    may_write = actor.allows("production.write", production.place())
    lineage = lineage_of(production, actor)
    context: dict[str, Any] = {
        "production": production,
        "title": production.title or UNTITLED,
        "lineage": lineage,
        "may_write": may_write,
        "form": (form or SourceForm(sources=_sources(request, production))) if may_write else None,
        "adapt": _adapting(production, lineage) if may_write else {},
    }
    return render(request, "productions/production_lineage.html", context, status=status)


def _adapting(production: Production, lineage: Lineage) -> dict[int, AdaptForm]:
    """A form for each reprise that this production made."""
    (mine,) = [one for one in lineage.relatives if one.key == production.pk]
    return {
        one.pk: AdaptForm(initial={"adapted": one.adapted}, auto_id=f"r{one.pk}-%s")
        for one in mine.reprises
    }


def _sources(request: HttpRequest, production: Production) -> list[tuple[str, str]]:
    """The other productions that this reader may read, the latest first."""
    rows = readable(actor_of(request)).filter(state__in=sorted(LIVING)).exclude(pk=production.pk)
    known = production.reprises.filter(source__isnull=False).values("source")
    found = rows.exclude(pk__in=known).exclude(title="").select_related("team__academy")
    return [
        (one.code, f"{one.title} ({one.team.named})")
        for one in found.order_by("-changed_at", "-pk")[:SOURCES_MAX]
    ]


def _sourced(request: HttpRequest, production: Production) -> HttpResponse:
    form = SourceForm(request.POST, sources=_sources(request, production))
    if not form.is_valid():
        return _page(request, production, form=form, status=REFUSED)
    try:
        actions.add_source(
            production=production,
            source=find_placed(request, form.cleaned_data["source"]),
            adapted=form.cleaned_data["adapted"],
            now=now(),
            actor=actor_of(request),
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error("source", refusal.reasons)
        return _page(request, production, form=form, status=REFUSED)
    return succeeded(request, "Le lien est gardé.", "production_lineage", production)


def _adapted(request: HttpRequest, production: Production) -> HttpResponse:
    key = request.POST.get("reprise", "")
    rows = Reprise.objects.filter(production=production).select_related("production")
    reprise = get_object_or_404(rows, pk=number_in(key))
    form = AdaptForm(request.POST)
    if form.is_valid():
        adapted = form.cleaned_data["adapted"]
        actions.say_adapted(reprise=reprise, adapted=adapted, now=now(), actor=actor_of(request))
        return succeeded(request, "C’est gardé.", "production_lineage", production)
    return redirect("production_lineage", code=production.code)
