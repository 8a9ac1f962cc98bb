"""The living page of components, in the demonstration only."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from traam.kit import specimens
from traam.kit.specimens import Shelf, Specimen


def _shown(shelf: Shelf, request: HttpRequest) -> list[tuple[Specimen, SafeString]]:
    """Each specimen and its HTML, which our own templates made, each value escaped."""
    return [
        (specimen, mark_safe(specimens.rendered(specimen, request)))  # noqa: S308
        for specimen in shelf.specimens
    ]


@login_not_required
@require_safe
def show_components(request: HttpRequest) -> HttpResponse:
    """Every component with its states and its source."""
    if not settings.DEMONSTRATION:
        raise Http404
    shelves = [specimens.shelf(code) for code in specimens.SHELVES]
    context = {"shelves": [(shelf, _shown(shelf, request)) for shelf in shelves]}
    return render(request, "kit/components_show.html", context, using="jinja2")
