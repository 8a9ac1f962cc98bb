"""What an application's own page shows (the desk adds what followed), and its receipt."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from traam.access.web import actor_of
from traam.applications.screens.editing import File
from traam.applications.screens.receipt import receipt
from traam.applications.screens.showing import show_page
from traam.applications.views.finding import find
from traam.kit.clock import now
from traam.kit.paper import paper_response


def shown(request: HttpRequest, code: str) -> dict[str, Any]:
    """For `application_show.html`: where it stands, whose turn it is, what it says."""
    file = File(find(request, code), now(), is_read=True)
    return {"page": show_page(file, actor=actor_of(request)), "now": file.now}


@require_safe
def application_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of its last deposit, in PDF; 404 before the first."""
    application = find(request, code)
    if not application.deposits.exists():
        raise Http404
    return paper_response(receipt(application), "pdf", f"recepisse-{application.code}")
