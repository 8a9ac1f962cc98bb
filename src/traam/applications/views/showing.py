"""An application's own page, and its receipt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from traam.access.web import actor_of
from traam.applications.screens.editing import File
from traam.applications.screens.receipt import receipt
from traam.applications.screens.showing import show_page
from traam.applications.views.finding import find
from traam.kit.clock import now
from traam.kit.paper import paper_response


@require_safe
def application_show(request: HttpRequest, code: str) -> HttpResponse:
    """Where it stands, whose turn it is, what it says, what happened."""
    file = File(find(request, code), now())
    context = {"page": show_page(file, actor=actor_of(request)), "now": file.now}
    return render(request, "applications/application_show.html", context)


@require_safe
def application_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of its last deposit, in PDF; 404 before the first."""
    application = find(request, code)
    if not application.deposits.exists():
        raise Http404
    return paper_response(receipt(application), "pdf", f"recepisse-{application.code}")
