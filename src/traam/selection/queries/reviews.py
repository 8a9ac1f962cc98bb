"""The lists of reviews, what someone owes, and a review's page; every join has its name here.

A review whose application its reader may not know is never in a list: it is told apart, without a
title, whatever the filters.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from traam.access.actor import Actor
from traam.access.sql import scope_q
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.kit.sheets import Cell, Sheet
from traam.people.rules import search_patterns
from traam.selection.forms.lists import TO_GIVE, Order
from traam.selection.models import Review
from traam.selection.queries.ranking import names_of
from traam.selection.rules.life import ReviewState

Reviews = QuerySet[Review]
READ = "review.read"
OPEN = (ReviewState.ASSIGNED, ReviewState.BEGUN)
HEADERS = (
    "Candidature",
    "Académie",
    "Thème",
    "Relecteur·rice",
    "État",
    "Confié le",
    "Rendu le",
    "Note sur 20",
    "Version lue",
)
_ORDERS = {
    Order.STATE: (F("state"), F("assigned_at"), F("pk")),
    Order.THEME: (F("case__theme__code"), F("case__application__academy__name"), F("pk")),
    Order.TITLE: (Lower("case__application__title"), F("pk")),
    Order.ACADEMY: (F("case__application__academy__name"), F("pk")),
    Order.REVIEWER: (Lower("reviewer__name"), F("pk")),
    Order.TOTAL: (F("total").desc(nulls_last=True), F("pk")),
}


def sees_all(actor: Actor) -> bool:
    """Does this reader follow everyone's reviews, rather than write their own?"""
    return actor.allows("review.read")


def readable(actor: Actor, campaign: Campaign) -> Reviews:
    """The reviews of the list: all for who follows them, else one's own; none of a conflict."""
    found = Review.objects.over_which(actor, READ).filter(case__campaign=campaign)
    mine: Reviews = found if sees_all(actor) else found.filter(reviewer__in=names_of(actor))
    return mine


@dataclass(frozen=True, slots=True)
class Share:
    """Of one's own reviews: those given, those still to give that a conflict has closed since."""

    given: int
    barred: int


def my_share(actor: Actor, campaign: Campaign) -> Share:
    """One's own reviews of this campaign, counted in one query."""
    readable = scope_q(actor=actor, right=READ, model=Review)
    mine = Review.objects.filter(case__campaign=campaign, reviewer__in=names_of(actor)).annotate(
        is_readable=Case(When(readable, then=Value(1)), default=Value(0))
    )
    found = Counter(mine.order_by().values_list("state", "is_readable"))
    return Share(given=found[ReviewState.SUBMITTED, 1], barred=sum(found[one, 0] for one in OPEN))


def owed(actor: Actor, campaign: Campaign | None = None) -> Reviews:
    """What this person must still give, in the order of the list: the begun ones come last, so
    that « suivant » leads on."""
    found: Reviews = Review.objects.over_which(actor, "review.submit")
    found = found.filter(case__application__state=ApplicationState.DEPOSITED)
    if campaign is not None:
        found = found.filter(case__campaign=campaign)
    return found.order_by("case__theme__code", "pk")


def barred(actor: Actor, campaign: Campaign) -> int:
    """How many reviews were given to this person that a conflict has closed to them since."""
    mine = Review.objects.filter(
        case__campaign=campaign, reviewer__in=names_of(actor), state__in=OPEN
    )
    shown = Review.objects.over_which(actor, READ).values("pk")
    return mine.exclude(pk__in=shown).count()


def all_reviews(
    actor: Actor, campaign: Campaign, filters: Mapping[str, str], *, now: datetime
) -> Reviews:
    """The readable ones that the filters keep, in the order asked for, with what a row shows."""
    found = readable(actor, campaign)
    for pattern in search_patterns(filters.get("q", "")):
        found = found.filter(case__application__title__regex=pattern)
    paths = {
        "theme": "case__theme__code",
        "academie": "case__application__academy__code",
        "relecteur": "reviewer",
    }
    for name, path in paths.items():
        if value := filters.get(name):
            found = found.filter(**{path: value})
    if state := filters.get("etat"):
        found = found.filter(state__in=OPEN if state == TO_GIVE else [state])
    if filters.get("retard"):
        found = found.filter(late(campaign, now))
    order = Order(filters.get("tri") or Order.STATE)
    return with_rows(found).order_by(*_ORDERS[order])


def with_rows(found: Reviews) -> Reviews:
    return found.select_related(
        "case__application__academy",
        "case__theme",
        "case__campaign",
        "reviewer",
        "deposit",
    )


def late(campaign: Campaign, now: datetime) -> Q:
    """Those not given once the deadline is over: none while it is not, or where there is none."""
    due = campaign.calendar.at(Milestone.REVIEWS_DUE)
    if due is None or now < due:
        return Q(pk__in=[])
    return Q(state__in=OPEN, case__application__state=ApplicationState.DEPOSITED)


def choices(actor: Actor, campaign: Campaign) -> dict[str, list[tuple[str, str]]]:
    """What the filters may name: themes, academies and reviewers of what the reader may read."""
    found = readable(actor, campaign).order_by()
    rows = found.values_list(
        "case__theme__code",
        "case__theme__title",
        "case__application__academy__code",
        "case__application__academy__name",
        "reviewer",
        "reviewer__name",
    ).distinct()
    themes, academies, people = {}, {}, {}
    for theme, title, academy, name, person, person_name in rows:
        themes[theme], academies[academy] = title or theme, name
        people[str(person)] = person_name
    return {
        "theme": _sorted(themes),
        "academie": _sorted(academies),
        "relecteur": _sorted(people) if sees_all(actor) else [],
    }


def _sorted(found: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(found.items(), key=lambda one: (one[1].casefold(), one[0]))


def sheet(found: Reviews) -> Sheet:
    """The whole filtered list, for a spreadsheet."""
    return Sheet("Avis", HEADERS, _rows(found))


def _rows(found: Reviews) -> Iterator[tuple[Cell, ...]]:
    for each in found.iterator(chunk_size=500):
        yield (
            each.case.application.title,
            each.case.application.academy.name,
            each.case.theme.shown_title,
            str(each.reviewer),
            ReviewState(each.state).label,
            each.assigned_at,
            each.submitted_at,
            each.total,
            each.deposit.number if each.deposit else None,
        )


@dataclass(frozen=True)
class Others:
    """The other reviews of a case, or why they are not shown yet."""

    reviews: list[Review]
    is_too_soon: bool = False


def others_reviews(actor: Actor, review: Review) -> Others:
    """Those that others gave on the same case: only once one's own is given."""
    mine = Review.objects.filter(case=review.case_id, reviewer__in=names_of(actor), state__in=OPEN)
    if mine.exists():
        return Others([], is_too_soon=True)
    found: Reviews = Review.objects.over_which(actor, READ)
    rows = found.filter(case=review.case_id, state=ReviewState.SUBMITTED).exclude(pk=review.pk)
    return Others(list(rows.select_related("reviewer").order_by("reviewer__name", "pk")))


@dataclass(frozen=True, slots=True)
class Way:
    """Where one stands among what one still owes: how many are left, the one before, the next."""

    left: int
    before: int | None
    after: int | None


def way(actor: Actor, review: Review) -> Way:
    """The reviews still owed around this one, in the order of « ce que je dois encore »."""
    keys = list(owed(actor, review.case.campaign).values_list("pk", flat=True))
    others = [key for key in keys if key != review.pk]
    place = keys.index(review.pk) if review.pk in keys else 0
    return Way(
        left=len(keys),
        before=others[place - 1] if others and place > 0 else None,
        after=others[place] if place < len(others) else (others[0] if others else None),
    )
