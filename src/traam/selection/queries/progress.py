"""Where each theme of a campaign under study stands, and what awaits whom; for the home page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from traam.access.actor import Actor
from traam.applications.models import Examiner
from traam.applications.rules.life import MAY_READ, ApplicationState, Standing
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CALL_CLOSED_ON, CampaignState
from traam.selection.models import Case, Review
from traam.selection.queries.reviews import OPEN
from traam.selection.rules.life import ReviewState

STUDIED = Q(application__state=ApplicationState.DEPOSITED)
_CLEARED = Examiner.objects.filter(
    application=OuterRef("case__application"),
    person=OuterRef("reviewer"),
    standing__in=sorted(MAY_READ),
)
# The reviews that count as asked: given, or to be given by someone who may read the case.
STANDING = Q(state=ReviewState.SUBMITTED) | (Q(state__in=OPEN) & Q(Exists(_CLEARED)))


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
    return (
        found.filter(state__in=sorted(CALL_CLOSED_ON)).prefetch_related("milestones").latest_first()
    )


def studied_now() -> list[Campaign]:
    """The campaigns between the end of their call and their announcement."""
    found = Campaign.objects.prepared().filter(state=CampaignState.CALL_CLOSED)
    return list(found.prefetch_related("milestones").order_by("pk"))


def themes_for(actor: Actor, campaign: Campaign) -> list[Theme]:
    """The themes of this campaign whose assignment the actor follows."""
    found = Theme.objects.filter(campaign=campaign).living()
    rows = found.order_by("-transversal", "discipline_text", "pk")
    if actor.allows("review.assign"):
        return list(rows)
    mine = {code for each in actor.in_force for code in each.themes}
    return [one for one in rows if one.code in mine and actor.allows("review.assign", one.place())]


def progress(campaign: Campaign, themes: Iterable[Theme], *, now: datetime) -> list[Progress]:
    """Where these themes stand, in four queries."""
    shown = list(themes)
    keys = [one.pk for one in shown]
    wanted = campaign.call_rules.reviews_per_application
    due = campaign.calendar.at(Milestone.REVIEWS_DUE)
    is_late = due is not None and due <= now
    cases, short = _cases(keys, wanted)
    reviews = _reviews(keys)
    conflicts = _conflicts(keys)
    return [
        Progress(
            theme=one,
            cases=cases.get(one.pk, 0),
            given=reviews.get(one.pk, (0, 0))[0],
            expected=cases.get(one.pk, 0) * wanted,
            late=reviews.get(one.pk, (0, 0))[1] if is_late else 0,
            short=short.get(one.pk, 0),
            conflicts=conflicts.get(one.pk, 0),
        )
        for one in shown
    ]


def _cases(themes: list[int], wanted: int) -> tuple[dict[int, int], dict[int, int]]:
    """By theme, its cases, and those that have fewer reviewers than wanted."""
    standing = Review.objects.filter(STANDING, case__theme__in=themes)
    asked = Counter(standing.order_by().values_list("case", flat=True))
    cases: dict[int, int] = {}
    short: dict[int, int] = {}
    rows = Case.objects.filter(STUDIED, theme__in=themes).order_by()
    for theme, case in rows.values_list("theme", "pk"):
        cases[theme] = cases.get(theme, 0) + 1
        short[theme] = short.get(theme, 0) + (asked[case] < wanted)
    return cases, short


def _reviews(themes: list[int]) -> dict[int, tuple[int, int]]:
    """By theme, the reviews given and those still to give."""
    rows = (
        Review.objects.filter(
            case__theme__in=themes, case__application__state=ApplicationState.DEPOSITED
        )
        .order_by()
        .values("case__theme")
        .annotate(
            given=Count("pk", filter=Q(state=ReviewState.SUBMITTED)),
            left=Count("pk", filter=Q(state__in=OPEN)),
        )
    )
    return {one["case__theme"]: (one["given"], one["left"]) for one in rows}


def _conflicts(themes: list[int]) -> dict[int, int]:
    rows = to_settle().filter(application__theme__in=themes).order_by()
    counted = rows.values_list("application__theme").annotate(count=Count("pk"))
    return dict(counted)


def to_settle() -> QuerySet[Examiner]:
    """The conflicts that were found and that nobody has confirmed or dismissed yet."""
    return Examiner.objects.filter(
        standing=Standing.FOUND, application__state=ApplicationState.DEPOSITED
    )
