"""The list of applications, whoever reads it, and the file of exactly what it shows."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traam.access.web import actor_of, right_required
from traam.applications.forms.lists import ListFilter
from traam.applications.screens import doors
from traam.applications.screens.listing import READ, choices, chosen, holdings, sheet
from traam.applications.screens.rows import rows, with_all
from traam.kit.clock import now
from traam.kit.jinja import url
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views
from traam.kit.sheets import sheet_response

PER_PAGE = 25


@require_safe
@right_required(READ)
@keeps_views("Candidatures")
def applications(request: HttpRequest) -> HttpResponse:
    """Mine, those that await me, my academy's, all: what I may read, narrowed as I ask."""
    actor, instant = actor_of(request), now()
    held = holdings(actor)
    form = ListFilter(request.GET, choices=choices(held))
    found = chosen(actor, form.chosen())
    if (file := sheet_response(request, sheet(found), "candidatures")) is not None:
        return file
    page = Paginator(with_all(found, actor), PER_PAGE).get_page(request.GET.get("page"))
    entrance = doors.Entrance(actor, instant, beside=[one.campaign for one in page])
    may_begin = entrance.may_begin()
    context = {
        "form": form,
        "page": page,
        "rows": rows(page, entrance),
        "page_href": lambda number: with_query(request, page=number),
        "narrows": form.narrows,
        "lead": doors.lead(actor),
        "doors": doors.doors(entrance, held),
        "begin": url("application_begin") if may_begin else "",
        "empty": None if page else doors.empty(actor, instant, may_begin=may_begin),
        "csv": with_query(request, format="csv", page=None),
        "ods": with_query(request, format="ods", page=None),
    }
    return render(request, "applications/applications_list.html", context)
