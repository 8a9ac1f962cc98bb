"""« Groupes »: the groups and teams of a person; a group's first page; its members; a new team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of, right_required
from traam.groups import actions
from traam.groups.forms.teams import NewTeamForm
from traam.groups.queries import dues, launching, space, teams
from traam.groups.queries import groups as queries
from traam.groups.screens.spaces import group_head
from traam.groups.views.finding import REFUSED, carried_out, group_of
from traam.kit.clock import now
from traam.kit.together import answer


@require_safe
@right_required(teams.FOLLOW)
def groups(request: HttpRequest) -> HttpResponse:
    """The groups that the reader follows, campaign by campaign; their own teams first."""
    actor, instant = actor_of(request), now()
    campaigns = queries.campaigns_for(actor)
    asked = request.GET.get("campagne", "")
    campaign = next((one for one in campaigns if one.year == asked), None)
    campaign = campaign or next(iter(campaigns), None)
    page = queries.for_list(
        actor, year=campaign.year if campaign else "", page=request.GET.get("page")
    )
    context = {
        "mine": teams.mine(actor),
        "campaigns": campaigns,
        "campaign": campaign,
        "page": page,
        "numbers": queries.numbers_of(page.object_list, instant),
        "to_launch": answer(launching.launchable()) if actor.may("participation.launch") else [],
        "gives_hours": actor.may("hours.grant"),
        "now": instant,
    }
    return render(request, "groups/group_list.html", context)


@require_safe
@right_required(queries.FOLLOW)
def group(request: HttpRequest, code: str) -> HttpResponse:
    """The first page of a group: its academies, what is next, what is to be done."""
    actor, instant, found = actor_of(request), now(), group_of(request, code)
    place = found.place()
    reads = actor.allows(queries.READ, place)
    context = {
        "head": group_head(found, actor),
        "group": found,
        "lines": queries.lines_of(found, actor.today),
        "cells": dues.cells_of(found, today=actor.today),
        "leaders": queries.leaders(found, actor.today),
        "meeting": queries.next_meeting(found, instant),
        "counts": space.counts_of(found) if reads else None,
        "actions": space.nearest_actions(found) if reads else [],
        "may_form": actor.may("team.form"),
        "may_lead": actor.allows(queries.LEAD, place),
        "readable": teams.over_which(found, actor, teams.FOLLOW),
        "followed": queries.followed(found, actor),
        "today": actor.today,
        "now": instant,
    }
    return render(request, "groups/group_show.html", context)


@require_safe
@right_required(queries.FOLLOW)
def group_members(request: HttpRequest, code: str) -> HttpResponse:
    """Who works on the theme: who leads, then the members by academy, with their mandates."""
    actor, found = actor_of(request), group_of(request, code)
    context = {
        "head": group_head(found, actor, "_members"),
        "group": found,
        "leaders": queries.leaders(found, actor.today),
        "members": queries.members_of(found, actor.today),
    }
    return render(request, "groups/group_members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(teams.FORM)
def team_form(request: HttpRequest, code: str) -> HttpResponse:
    """A team outside any application: late, or of a participant that is not an academy."""
    actor, found = actor_of(request), group_of(request, code)
    form = NewTeamForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        made = []

        def do() -> None:
            made.append(actions.form_team(group=found, now=now(), actor=actor, **form.cleaned_data))

        if carried_out(request, form, do, "L’équipe est formée : invitez ses membres."):
            return redirect("team_members", code=made[0].code)
    context = {"head": group_head(found, actor), "group": found, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "groups/team_form.html", context, status=status)
