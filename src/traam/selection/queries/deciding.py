"""Whom a decision may be taken by, and the themes where some are still to be taken."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from traam.access.actor import Actor
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign, Theme
from traam.kit.counting import number_in, number_of
from traam.kit.together import Asking
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


def _proposals(campaign: Campaign) -> QuerySet[Variant]:
    """What themes have to deliberate upon: one, or none."""
    return Variant.objects.filter(campaign=campaign, is_reference=True)


def _undecided(campaign: Campaign) -> QuerySet[Case, tuple[int, int]]:
    """By theme, how many of its studied cases have no decision; the others are not there."""
    rows = Case.objects.filter(
        campaign=campaign, application__state=ApplicationState.DEPOSITED, decision=None
    )
    return rows.order_by().values_list("theme").annotate(count=Count("pk"))


def to_deliberate(campaign: Campaign, actor: Actor) -> Asking[list[tuple[Theme, int]]]:
    """The themes of the actor's own mandates where decisions are left, once there is a proposal."""
    proposals, undecided, themes = yield (
        _proposals(campaign).values_list("pk"),
        _undecided(campaign),
        followed(campaign, actor),
    )
    left = dict(undecided) if proposals else {}
    return [(one, left[one.pk]) for one in themes if one.pk in left]


def followed(campaign: Campaign, actor: Actor) -> QuerySet[Theme]:
    """The living themes of the actor's own mandates whose deliberation they follow."""
    mine = {code for each in actor.in_force for code in each.themes}
    rows = Theme.objects.over_which(actor, "decision.follow").living()
    found = rows.filter(campaign=campaign, code__in=mine).distinct()
    return found.order_by("-transversal", "discipline_text", "pk")


def to_arbitrate(campaign: Campaign) -> Asking[tuple[bool, int]]:
    """Whether the choice is to compute (reviews were given, none is still owed, and nothing was
    computed), and how many themes are not decided, once there is a proposal."""
    reviews = Review.objects.filter(
        case__campaign=campaign, case__application__state=ApplicationState.DEPOSITED
    )
    variants, given, owed, proposals, undecided = yield (
        number_of(Variant.objects.filter(campaign=campaign)),
        number_of(reviews),
        number_of(reviews.filter(state__in=OPEN)),
        _proposals(campaign).values_list("pk"),
        _undecided(campaign),
    )
    is_due = number_in(given) and not number_in(owed) and not number_in(variants)
    return bool(is_due), len(undecided) if proposals else 0
