"""The calendar of a group: its due dates team by team, its meetings, how to follow them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traam.access.web import actor_of
from traam.groups import actions
from traam.groups.forms.meetings import DueForm
from traam.groups.models import Due, NationalGroup
from traam.groups.queries import dues as queries
from traam.groups.queries.meetings import LEAD, coming_of, may_lead
from traam.groups.screens.meetings import place_of_space
from traam.groups.screens.spaces import group_head
from traam.groups.views.finding import REFUSED, attempted, carried_out, group_of
from traam.groups.views.meetings import need
from traam.kit.clock import day_of, now
from traam.reference.queries import holidays

TOLD = "C’est enregistré ; les référents en sont prévenus."


@require_safe
def group_calendar(request: HttpRequest, code: str) -> HttpResponse:
    group, actor, at = group_of(request, code), actor_of(request), now()
    known, today = holidays(), day_of(at)
    table = queries.matrix(group, today=today, actor=actor)
    off = {
        team.pk: known.off(team.academy.code, today)
        for team, _ in table.rows
        if team.academy is not None
    }
    context = {
        "head": group_head(group, actor, "_calendar"),
        "group": group,
        "space": place_of_space(group),
        "table": table,
        "off": {key: period for key, period in off.items() if period},
        "coming": coming_of(group, now=at),
        "may_lead": may_lead(actor, group),
        "reads": actor.allows("group.read", group.place()),
        "now": at,
    }
    return render(request, "groups/calendar_show.html", context)


@require_POST
def dues_default(request: HttpRequest, code: str) -> HttpResponse:
    """The usual due dates, from the campaign's calendar."""
    group = group_of(request, code)
    act = partial(actions.set_defaults, group=group, now=now(), actor=actor_of(request))
    attempted(request, act, "Les échéances sont posées : déplacez celles qui ne conviennent pas.")
    return redirect("group_calendar", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def due_new(request: HttpRequest, code: str) -> HttpResponse:
    group = group_of(request, code)
    need(actor_of(request), LEAD, group)
    return _edit(request, group, None)


@require_http_methods(["GET", "HEAD", "POST"])
def due_edit(request: HttpRequest, key: int) -> HttpResponse:
    due, group = _due(request, key)
    need(actor_of(request), LEAD, group)
    return _edit(request, group, due)


def _edit(request: HttpRequest, group: NationalGroup, due: Due | None) -> HttpResponse:
    form = DueForm(request.POST if request.method == "POST" else None, due=due)
    if form.is_valid():
        given: dict[str, Any] = {**form.cleaned_data, "now": now(), "actor": actor_of(request)}
        if due is None:
            act = partial(actions.add_due, group=group, **given)
        else:
            act = partial(actions.change_due, due=due, **given)
        if carried_out(request, form, act, TOLD):
            return redirect("group_calendar", code=group.code)
    context = {"group": group, "space": place_of_space(group), "form": form, "due": due}
    status = REFUSED if form.errors else 200
    return render(request, "groups/due_edit.html", context, status=status)


@require_POST
def due_remove(request: HttpRequest, key: int) -> HttpResponse:
    due, group = _due(request, key)
    actions.remove_due(due=due, now=now(), actor=actor_of(request))
    messages.success(request, "L’échéance est retirée ; les référents en sont prévenus.")
    return redirect("group_calendar", code=group.code)


@require_POST
def due_met(request: HttpRequest, key: int) -> HttpResponse:
    """A team has met it, or not after all (« reprendre »)."""
    due, group = _due(request, key)
    team = get_object_or_404(group.teams, code=request.POST.get("equipe", ""))
    act = actions.take_back_met if "reprendre" in request.POST else actions.meet
    do = partial(act, due=due, team=team, now=now(), actor=actor_of(request))
    attempted(request, do, "C’est noté.")
    page = reverse("group_calendar", kwargs={"code": group.code})
    return redirect(f"{page}#equipe-{team.pk}")


def _due(request: HttpRequest, key: int) -> tuple[Due, NationalGroup]:
    """A due date of a group that the reader follows. Raises Http404."""
    due = get_object_or_404(Due.objects.select_related("group"), pk=key)
    group = group_of(request, due.group.code)
    due.group = group
    return due, group
