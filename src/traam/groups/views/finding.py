"""How the pages find the group or the team that an address names, for whom it is."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from traam.access.web import actor_of, get_or_404
from traam.groups.models import Member, NationalGroup, Team
from traam.groups.queries import groups, teams
from traam.kit.keys import number_in
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal

REFUSED = 400


def group_of(request: HttpRequest, code: str, right: str = groups.FOLLOW) -> NationalGroup:
    """A group over which the reader has this right. Raises Http404."""
    return get_or_404(groups.for_page(), actor_of(request), right, code=code)


def team_of(request: HttpRequest, code: str, right: str = teams.FOLLOW) -> Team:
    """A team over which the reader has this right. Raises Http404."""
    return get_or_404(teams.for_page(), actor_of(request), right, code=code)


def member_of(team: Team, key: str) -> Member | None:
    """A member of this team, by the key that a form gives."""
    return (
        Member.objects.filter(team=team, pk=number_in(key)).select_related("person", "team").first()
    )


def carried_out(
    request: HttpRequest, form: Form, do: Callable[[], Any], said: str | Callable[[Any], str]
) -> bool:
    """Do it, and say so; a refusal goes on top of the form. Raises `NotAllowed` (403).

    `said`: the words, or what makes them of what was done.
    """
    try:
        done = do()
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        form.add_error(None, refusal.reasons)
        return False
    messages.success(request, said if isinstance(said, str) else said(done))
    return True


def attempted(request: HttpRequest, do: Callable[[], Any], said: str) -> None:
    """Do it, and say so, or why not; for a button without a form of its own."""
    try:
        do()
    except NotAllowed:
        raise
    except (Refusal, MoveRefused) as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, said)
