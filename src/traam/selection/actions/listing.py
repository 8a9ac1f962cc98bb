"""The public list of a theme's academies follows their parts: retained, associated, withdrawn."""

from datetime import datetime

from traam.access.actor import Actor
from traam.campaigns import actions as campaigns
from traam.campaigns.models import Theme
from traam.campaigns.rules.life import Part
from traam.reference.models import Academy
from traam.selection.models import Participation
from traam.selection.rules.announcing import IN
from traam.selection.rules.life import ParticipationState


def list_theme(theme: Theme, *, now: datetime, actor: Actor | None) -> None:
    """Publish the academies that take part in this theme now."""
    campaigns.list_academies(theme=theme, parts=parts_of(theme), now=now, actor=actor)


def unlist(theme: Theme, *, now: datetime, actor: Actor | None) -> None:
    """Publish none any more."""
    campaigns.list_academies(theme=theme, parts={}, now=now, actor=actor)


def parts_of(theme: Theme) -> dict[Academy, Part]:
    """What each academy is to the theme: an academy that is retained itself is not « associated »,
    and one associated with another's work is not « withdrawn »."""
    rows = Participation.objects.filter(
        theme=theme, state__in=sorted({*IN, ParticipationState.WITHDRAWN})
    )
    found = rows.select_related("academy").prefetch_related(
        "decision__case__application__associated__academy"
    )
    shown: dict[Academy, Part] = {}
    for one in found.order_by("pk"):
        if one.state == ParticipationState.WITHDRAWN:
            shown.setdefault(one.academy, Part.WITHDRAWN)
            continue
        for each in one.decision.case.application.associated.all():
            if shown.get(each.academy) != Part.RETAINED:
                shown[each.academy] = Part.ASSOCIATED
        shown[one.academy] = Part.RETAINED
    return shown
