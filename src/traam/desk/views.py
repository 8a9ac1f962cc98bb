"""« Ma journée », « Préparation », and an application with the decision that followed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traam.access.web import actor_of, right_required
from traam.applications.views.showing import shown
from traam.desk import queries
from traam.desk.preparation import RIGHT, groups_for
from traam.kit.clock import now
from traam.selection.queries.decisions import decision_of


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What awaits me, my mandates, my doors."""
    instant = now()
    day = queries.day_of(actor_of(request), instant)
    return render(request, "desk/day_show.html", {"day": day, "now": instant})


@right_required(RIGHT)
@require_safe
def preparation(request: HttpRequest) -> HttpResponse:
    """The pilot's doors, and what awaits behind each."""
    groups = groups_for(actor_of(request), now())
    return render(request, "desk/preparation_show.html", {"groups": groups})


@require_safe
def application_show(request: HttpRequest, code: str) -> HttpResponse:
    """An application, and its decision to whoever was told of it."""
    found = shown(request, code)
    decision = decision_of(found["page"].application, actor=actor_of(request))
    return render(request, "desk/application_show.html", found | {"decision": decision})
