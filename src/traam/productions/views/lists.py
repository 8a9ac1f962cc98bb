"""The list of productions, the file of exactly what it shows, and a new one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of, right_required
from traam.kit.clock import now
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.sheets import sheet_response
from traam.productions.actions import begin
from traam.productions.forms.acts import BeginForm
from traam.productions.forms.lists import ListFilter
from traam.productions.queries import listing
from traam.productions.queries.reading import READ

PER_PAGE = 25
REFUSED = 400


@require_safe
@right_required(READ)
@keeps_views("Productions")
def productions(request: HttpRequest) -> HttpResponse:
    """My teams', those shared in my groups, those published: narrowed as I ask."""
    actor = actor_of(request)
    form = ListFilter(request.GET, choices=listing.choices(actor))
    found = listing.chosen(actor, form.chosen())
    if (file := sheet_response(request, listing.sheet(found), "productions")) is not None:
        return file
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "page_href": lambda number: with_query(request, page=number),
        "narrows": form.narrows,
        "may_begin": bool(listing.teams_to_write_in(actor)),
        "kinds": listing.kind_labels(),
        "terms": listing.label_of_terms,
        "now": now(),
    }
    return render(request, "productions/production_list.html", context)


@right_required("production.write")
@require_http_methods(["GET", "HEAD", "POST"])
def production_begin(request: HttpRequest) -> HttpResponse:
    """For which team, of which kind: then the editor opens. « ?equipe= » chooses the team."""
    actor = actor_of(request)
    common: dict[str, Any] = {
        "teams": listing.teams_to_write_in(actor),
        "kinds": listing.kinds(),
    }
    given = {"team": request.GET.get("equipe", ""), "kind": "scenario"}
    form = BeginForm(request.POST or None, initial=given, **common)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin(now=now(), actor=actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, "Le brouillon est commencé : ce que vous écrivez est gardé.")
            return redirect("production_edit", code=made.code)
    context = {"form": form, "teams": common["teams"]}
    status = REFUSED if form.errors else 200
    return render(request, "productions/production_begin.html", context, status=status)
