"""Where each theme of a campaign under study stands, and what awaits whom; for the home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from traam.access.actor import Actor
from traam.applications.models import Examiner
from traam.applications.rules.life import MAY_READ, ApplicationState, Standing
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CALL_CLOSED_ON, CampaignState
from traam.kit.once import once_a_page
from traam.kit.together import Asking
from traam.selection.models import Case
from traam.selection.queries.reviews import OPEN
from traam.selection.rules.life import ReviewState

STUDIED = Q(application__state=ApplicationState.DEPOSITED)


def _standing(*, application: str, review: str = "") -> Q:
    """The reviews that count as asked: given, or to be given by someone who may read the case.

    `application`, `review`: the paths to both, from what is counted.
    """
    cleared = Examiner.objects.filter(
        application=OuterRef(application),
        person=OuterRef(f"{review}reviewer"),
        standing__in=sorted(MAY_READ),
    )
    is_given = Q((f"{review}state", ReviewState.SUBMITTED))
    return is_given | (Q((f"{review}state__in", OPEN)) & Q(Exists(cleared)))


STANDING = _standing(application="case__application")  # of reviews
_OF_A_CASE = _standing(application="application", review="reviews__")


@dataclass(frozen=True, slots=True)
class Progress:
    """A theme under study: its cases, the reviews given and expected, and what is wrong."""

    theme: Theme
    cases: int
    given: int
    expected: int  # as many as the rules ask for each case
    late: int
    short: int  # cases that lack reviewers
    conflicts: int  # found, and neither confirmed nor dismissed


def under_study(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns whose call is over and that this actor may read, the latest first."""
    found = Campaign.objects.prepared().over_which(actor, "campaign.read")
    return found.filter(state__in=sorted(CALL_CLOSED_ON)).latest_first()


@once_a_page
def studied_now() -> QuerySet[Campaign]:
    """The campaigns between the end of their call and their announcement."""
    found = Campaign.objects.prepared().filter(state=CampaignState.CALL_CLOSED)
    return found.prefetch_related("milestones").order_by("pk")


def themes_for(actor: Actor, campaign: Campaign) -> Asking[list[Theme]]:
    """The themes of this campaign whose assignment the actor follows."""
    rows = campaign.themes.living().order_by("-transversal", "discipline_text", "pk")
    if actor.allows("review.assign"):
        return list((yield rows))
    mine = {code for each in actor.in_force for code in each.themes}
    own = rows.filter(code__in=mine).prefetch_related("terms")
    return [one for one in (yield own) if actor.allows("review.assign", one.place())]


def progress(
    campaign: Campaign, themes: Iterable[Theme], *, now: datetime
) -> Asking[list[Progress]]:
    """Where these themes stand."""
    shown = list(themes)
    keys = [one.pk for one in shown]
    wanted = campaign.call_rules.reviews_per_application
    due = campaign.calendar.at(Milestone.REVIEWS_DUE)
    is_late = due is not None and due <= now
    reviews, found = yield _reviews(keys), _conflicts(keys)
    counts, conflicts = _counts(keys, reviews), dict(found)
    return [
        Progress(
            theme=one,
            cases=len(counts[one.pk]),
            given=sum(each.given for each in counts[one.pk]),
            expected=len(counts[one.pk]) * wanted,
            late=sum(each.left for each in counts[one.pk]) if is_late else 0,
            short=sum(each.asked < wanted for each in counts[one.pk]),
            conflicts=conflicts.get(one.pk, 0),
        )
        for one in shown
    ]


class _Count(NamedTuple):
    """The reviews of a case: given, still to give, and those that count as asked."""

    given: int
    left: int
    asked: int


def _reviews(themes: list[int]) -> QuerySet[Case, tuple[int, ...]]:
    """The theme and the key of each case, and its counts."""
    rows = Case.objects.filter(STUDIED, theme__in=themes).order_by()
    return rows.values_list("theme", "pk").annotate(
        given=Count("reviews", filter=Q(reviews__state=ReviewState.SUBMITTED)),
        left=Count("reviews", filter=Q(reviews__state__in=OPEN)),
        asked=Count("reviews", filter=_OF_A_CASE),
    )


def _counts(themes: list[int], rows: Iterable[tuple[int, ...]]) -> dict[int, list[_Count]]:
    """By theme, the counts of each of its cases."""
    found: dict[int, list[_Count]] = {key: [] for key in themes}
    for theme, _, *counts in rows:
        found[theme].append(_Count(*counts))
    return found


def _conflicts(themes: list[int]) -> QuerySet[Examiner, tuple[int, int]]:
    rows = to_settle().filter(application__theme__in=themes).order_by()
    return rows.values_list("application__theme").annotate(count=Count("pk"))


def to_settle() -> QuerySet[Examiner]:
    """The conflicts that were found and that nobody has confirmed or dismissed yet."""
    return Examiner.objects.filter(
        standing=Standing.FOUND, application__state=ApplicationState.DEPOSITED
    )
