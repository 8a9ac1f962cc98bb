"""How the pages find an application, and why someone may not write in it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from traam.access.sql import scope_q
from traam.access.web import actor_of
from traam.applications.models import Application
from traam.applications.queries.people import AUTHORS, INSPECTORS
from traam.applications.screens.listing import readable_q
from traam.applications.screens.showing import why_not_write

__all__ = ["find", "is_readable", "may_read", "why_not_write"]


def find(request: HttpRequest, code: str, right: str = "") -> Application:
    """The application of this address, with what every page says of it; 404 to a stranger of it.

    `right`: opens it too, to who may do this without reading it (the pilot reopens a draft).
    """
    actor = actor_of(request)
    mine = readable_q(actor)
    if right:
        mine |= scope_q(actor=actor, right=right, model=Application)
    whole = Application.objects.select_related(
        "campaign", "theme", "academy", "extension", "questionnaire"
    ).prefetch_related("campaign__milestones", AUTHORS, INSPECTORS)
    return get_object_or_404(whole.filter(mine), code=code)


def may_read(request: HttpRequest, application: Application) -> bool:
    """Whether its page opens to this person."""
    return is_readable(request, application.code)


def is_readable(request: HttpRequest, code: str) -> bool:
    """Whether there is an application of this address whose page opens to this person."""
    mine = Application.objects.filter(readable_q(actor_of(request)))
    return mine.filter(code=code).exists()
