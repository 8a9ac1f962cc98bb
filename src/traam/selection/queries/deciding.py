"""Whom a decision may be taken by, and the themes where some are still to be taken."""

from collections.abc import Iterable

from django.db.models import Count

from traam.access.actor import Actor
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign, Theme
from traam.selection.models import Case, Review, Variant
from traam.selection.queries.reviews import OPEN

DELIBERATE, ARBITRATE = "decision.deliberate", "decision.arbitrate"


def decidable(cases: Iterable[Case], actor: Actor | None) -> frozenset[int]:
    """The keys of those of these cases that the actor may decide of; the house, of all."""
    keys = [one.pk for one in cases]
    if actor is None:
        return frozenset(keys)
    wanted = Case.objects.filter(pk__in=keys)
    found: set[int] = set()
    for right in (ARBITRATE, DELIBERATE):
        rows = wanted.over_which(actor, right)
        found.update(rows.values_list("pk", flat=True))
    return frozenset(found)


def has_proposal(campaign: Campaign) -> bool:
    """Whether themes have something to deliberate upon."""
    return Variant.objects.filter(campaign=campaign, is_reference=True).exists()


def undecided(campaign: Campaign) -> dict[int, int]:
    """By theme, how many of its studied cases have no decision; the others are not there."""
    rows = Case.objects.filter(
        campaign=campaign, application__state=ApplicationState.DEPOSITED, decision=None
    )
    counted = rows.order_by().values_list("theme").annotate(count=Count("pk"))
    return dict(counted)


def to_deliberate(campaign: Campaign, actor: Actor) -> list[tuple[Theme, int]]:
    """The themes of the actor's own mandates where decisions are left, once there is a proposal."""
    if not has_proposal(campaign):
        return []
    left = undecided(campaign)
    return [(one, left[one.pk]) for one in followed(campaign, actor) if one.pk in left]


def followed(campaign: Campaign, actor: Actor) -> list[Theme]:
    """The living themes of the actor's own mandates whose deliberation they follow."""
    mine = {code for each in actor.in_force for code in each.themes}
    if not mine:
        return []
    rows = Theme.objects.over_which(actor, "decision.follow").living()
    found = rows.filter(campaign=campaign, code__in=mine).distinct()
    return list(found.order_by("-transversal", "discipline_text", "pk"))


def is_to_compute(campaign: Campaign) -> bool:
    """Whether reviews were given, none is still owed, and nothing was computed."""
    if Variant.objects.filter(campaign=campaign).exists():
        return False
    given = Review.objects.filter(
        case__campaign=campaign, case__application__state=ApplicationState.DEPOSITED
    )
    return given.exists() and not given.filter(state__in=OPEN).exists()
