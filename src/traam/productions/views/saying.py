"""How an act ends: one sentence, and the page where it leads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from traam.kit.machines import MoveRefused
from traam.kit.refusals import Refusal
from traam.productions.models import Production


def succeeded(request: HttpRequest, said: str, page: str, production: Production) -> HttpResponse:
    """It is done, and said on this page of the production."""
    messages.success(request, said)
    return redirect(page, code=production.code)


def refused(
    request: HttpRequest, refusal: Refusal | MoveRefused, page: str, production: Production
) -> HttpResponse:
    """It is not done, and this page of the production says why."""
    messages.error(request, " ".join(refusal.reasons))
    return redirect(page, code=production.code)
