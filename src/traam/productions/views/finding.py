"""How the pages find a production, what they say of it, and the files they give."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from traam.access.sql import scope_q
from traam.access.web import actor_of
from traam.productions.models import Production
from traam.productions.queries.reading import READ, placed, whole


def find(request: HttpRequest, code: str, right: str = "") -> Production:
    """The production of this address, with what every page says of it; 404 to a stranger of it.

    `right`: opens it too, to who may do this without reading it (a withdrawn one is restored).
    """
    actor = actor_of(request)
    mine = scope_q(actor=actor, right=READ, model=Production)
    if right:
        mine |= scope_q(actor=actor, right=right, model=Production)
    return get_object_or_404(whole(Production.objects.filter(mine)), code=code)


def find_placed(request: HttpRequest, code: str) -> Production:
    """The same with what its place reads alone: neither its files nor its links."""
    mine = scope_q(actor=actor_of(request), right=READ, model=Production)
    return get_object_or_404(placed(Production.objects.filter(mine)), code=code)
