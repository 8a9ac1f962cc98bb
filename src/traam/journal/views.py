"""The journal, read by who may: acts by keys and codes, latest first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traam.access.web import right_required
from traam.journal import queries, wording
from traam.journal.forms import JournalFilter
from traam.kit.layout import with_query
from traam.kit.lists import keeps_views, well_chosen

PER_PAGE = 50


@require_safe
@right_required("journal.read")
@keeps_views("Journal des actes")
def journal_entries(request: HttpRequest) -> HttpResponse:
    form = JournalFilter(request.GET)
    chosen = well_chosen(form)
    found = queries.for_list(
        verb=chosen.get("acte", ""),
        subject=chosen.get("objet", ""),
        actor=chosen.get("personne"),
        first=chosen.get("du"),
        last=chosen.get("au"),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "said": wording.label,
        "page_href": lambda number: with_query(request, page=number),
        "last_seal": queries.last_seal(),
    }
    return render(request, "journal/entries_list.html", context)
