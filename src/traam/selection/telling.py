"""Who is told of reviews, and by which text (`jinja2/selection/post/`).

No message names an application, nor its academy: whoever has a conflict may receive it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from traam.access.roles import Role
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.queries import holders
from traam.campaigns.rules.calendar import Milestone
from traam.kit.text import instant
from traam.post.actions import send
from traam.selection import acts
from traam.selection.models import Case, Review

SHORT = 150  # characters of a theme's title in a mail


def assigned(campaign: Campaign, reviewers: Iterable[int], *, now: datetime) -> None:
    """Each of these people, once, with how many reviews they were just given."""
    due = campaign.calendar.at(Milestone.REVIEWS_DUE)
    for person, count in sorted(Counter(reviewers).items()):
        send(
            to=person,
            kind="selection/reviews_assigned",
            params={
                "count": count,
                "year": campaign.year,
                "due": instant(due) if due else "",
            },
            key=f"selection.assigned:{campaign.pk}:{person}:{now.timestamp():.6f}",
            now=now,
        )


def declined(review: Review, *, now: datetime) -> None:
    """The pilots: someone else must be asked."""
    for person in holders(Role.PILOT, acts.day_of(now)):
        send(
            to=person.pk,
            kind="selection/review_declined",
            params={"theme": _title(review.case.theme), "year": review.case.campaign.year},
            key=f"selection.declined:{review.pk}:{now.timestamp():.6f}:{person.pk}",
            now=now,
        )


def reopened(review: Review, *, now: datetime) -> None:
    """The reviewer: it may be changed, and must be given again."""
    _to_reviewer("selection/review_reopened", review, now=now)


def taken_back(review: Review, *, now: datetime) -> None:
    """The reviewer: it is no longer theirs to give."""
    _to_reviewer("selection/review_taken_back", review, now=now)


def _to_reviewer(kind: str, review: Review, *, now: datetime) -> None:
    send(
        to=review.reviewer_id,
        kind=kind,
        params={"theme": _title(review.case.theme), "year": review.case.campaign.year},
        key=f"{kind}:{review.pk}:{now.timestamp():.6f}",
        now=now,
    )


def _title(theme: Theme) -> str:
    """On one line, without what a parameter may not hold."""
    line = " ".join(theme.shown_title.replace("@", " ").split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


def remind(
    campaign: Campaign, person: int, *, count: int, days: int, due: datetime, now: datetime
) -> None:
    """A reviewer, before the deadline: what they still owe. Once for each reminder and deadline."""
    send(
        to=person,
        kind="selection/reviews_due",
        params={"count": count, "year": campaign.year, "due": instant(due)},
        key=f"selection.due:{campaign.pk}:{due.timestamp():.0f}:{days}:{person}",
        now=now,
    )


def late(campaign: Campaign, *, count: int, people: int, now: datetime) -> None:
    """The pilots, once a day: what is late, and with how many people."""
    day = acts.day_of(now)
    for pilot in holders(Role.PILOT, day):
        send(
            to=pilot.pk,
            kind="selection/reviews_late",
            params={"count": count, "people": people, "year": campaign.year},
            key=f"selection.late:{campaign.pk}:{day.isoformat()}:{pilot.pk}",
            now=now,
        )


def arbitrated(case: Case, person: int, *, now: datetime) -> None:
    """Whoever had decided: the pilot has decided otherwise. Neither case nor academy is named."""
    send(
        to=person,
        kind="selection/decision_arbitrated",
        params={"theme": _title(case.theme), "year": case.campaign.year},
        key=f"selection.arbitrated:{case.pk}:{now.timestamp():.6f}:{person}",
        now=now,
    )
