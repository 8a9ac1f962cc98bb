"""Reviews are given to reviewers: one by hand, all by the least cost, or taken back."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.web import require
from traam.campaigns.models import Campaign, Theme, campaign_flags
from traam.campaigns.rules.life import ANNOUNCED_ON
from traam.journal.actions import Deed, record_all
from traam.kit.refusals import Refusal
from traam.people.models import User
from traam.selection import acts, telling
from traam.selection.actions.cases import open_cases
from traam.selection.models import Case, Review
from traam.selection.queries.assignment import Panel, panel
from traam.selection.rules.assignment import Assignment
from traam.selection.rules.assignment import assign as computed
from traam.selection.rules.life import REVIEW_LIFE, ReviewState

ANNOUNCED = "Les décisions sont annoncées : plus aucun avis n’est confié."
NOT_OF_THEME = "{} ne juge pas ce thème : seuls ses experts et ses inspecteurs généraux le peuvent."
IN_CONFLICT = (
    "{} a un conflit d’intérêts avec cette candidature, ou n’a pas encore été vérifié·e : l’avis "
    "ne peut pas lui être confié."
)
R = ReviewState


@dataclass(frozen=True)
class Foreseen:
    """What an automatic assignment would do: the panel it looks at, the pairs it makes."""

    panel: Panel
    result: Assignment
    reviews: int  # wanted for each application
    maximum: int  # for each reviewer

    @property
    def loads_before(self) -> dict[int, int]:
        kept = Counter(person for person, _ in self.panel.kept)
        return {person: kept[person] for person in self.panel.people}


@transaction.atomic
def assign(*, case: Case, reviewer: User, now: datetime, actor: Actor | None) -> Review:
    """Give this case to this reviewer. Twice is once; whoever declined may be asked again.

    Raises `NotAllowed`, or `Refusal` when they do not judge the theme, or have a conflict.
    """
    held = acts.held_case(case)
    _may_assign(held, actor)
    _need_time(held.campaign)
    acts.need_studied(held)
    found = panel(campaign=held.campaign, today=acts.day_of(now), themes=[held.theme])
    if reviewer.pk not in found.of_theme[held.theme.code]:
        raise Refusal(NOT_OF_THEME.format(reviewer))
    if (reviewer.pk, held.pk) not in found.cleared:
        raise Refusal(IN_CONFLICT.format(reviewer))
    known = next((one for one in found.reviews if _pair(one) == (reviewer.pk, held.pk)), None)
    if known is not None and known.state != R.DECLINED:
        return known
    made = _given(held, reviewer.pk, known, now=now, actor=actor)
    verb = "review.assign_again" if known else "review.assign"
    acts.note(verb, made, actor=actor, now=now, after={"person": reviewer.pk})
    telling.assigned(held.campaign, [reviewer.pk], now=now)
    return made


def _pair(review: Review) -> tuple[int, int]:
    return review.reviewer_id, review.case_id


def _may_assign(case: Case, actor: Actor | None) -> None:
    """The right to assign, over a case that the actor may read. Raises `NotAllowed`."""
    if actor is not None:
        place = case.place()
        require(actor, "review.assign", place)
        require(actor, "application.read", place)


def _need_time(campaign: Campaign) -> None:
    if campaign.state in ANNOUNCED_ON:
        raise Refusal(ANNOUNCED)


def _given(
    case: Case, reviewer: int, known: Review | None, *, now: datetime, actor: Actor | None
) -> Review:
    if known is None:
        return Review.objects.create(
            case=case, reviewer_id=reviewer, assigned_at=now, assigned_by_id=acts.person_of(actor)
        )
    changes: dict[str, object] = {"assigned_at": now, "declined_for": "", "reason": ""}
    acts.move(known, "assign_again", **changes)
    return known


def foresee_assignment(
    *,
    campaign: Campaign,
    now: datetime,
    actor: Actor | None,
    themes: Collection[Theme] | None = None,
) -> Foreseen:
    """What `assign_all` would do over these themes (None: all); writes nothing.

    Raises `NotAllowed`.
    """
    _may_assign_all(campaign, themes, actor)
    rules = campaign.call_rules
    found = panel(campaign=campaign, today=acts.day_of(now), themes=themes)
    maximum, reviews = rules.reviews_per_reviewer_max, rules.reviews_per_application
    result = computed(
        found.readers(maximum),
        found.to_read(),
        reviews=reviews,
        barred=found.barred,
        kept=found.kept,
    )
    return Foreseen(found, result, reviews, maximum)


def _may_assign_all(
    campaign: Campaign, themes: Collection[Theme] | None, actor: Actor | None
) -> None:
    if actor is None:
        return
    flags = campaign_flags(campaign.state)
    if themes is None:
        require(actor, "review.assign", Place(flags=flags))
    for theme in themes or ():
        require(actor, "review.assign", Place(themes=frozenset({theme.code}), flags=flags))


@transaction.atomic
def assign_all(
    *,
    campaign: Campaign,
    now: datetime,
    actor: Actor | None,
    themes: Collection[Theme] | None = None,
) -> Foreseen:
    """Give every application of these themes (None: all) the reviews it lacks, at the least cost;
    what was given stays. Twice is once. Raises `NotAllowed` or `Refusal`."""
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    _may_assign_all(held, themes, actor)
    _need_time(held)
    open_cases(campaign=held, now=now, actor=None)
    foreseen = foresee_assignment(campaign=held, now=now, actor=actor, themes=themes)
    person = acts.person_of(actor)
    made = Review.objects.bulk_create(
        Review(case_id=case, reviewer_id=reader, assigned_at=now, assigned_by_id=person)
        for reader, case in foreseen.result.pairs
    )
    deeds = [
        Deed("review.assign", f"review:{one.pk}", after={"person": one.reviewer_id}) for one in made
    ]
    record_all(deeds=deeds, actor=person, now=now)
    telling.assigned(held, [one.reviewer_id for one in made], now=now)
    return foreseen


@transaction.atomic
def unassign(*, review: Review, reason: str, now: datetime, actor: Actor | None) -> Review:
    """It is asked of them no more: what they wrote stays, unread. Twice is once.

    Raises `NotAllowed`, or `MoveRefused` once it was given.
    """
    held = acts.held_review(review)
    _may_assign(held.case, actor)
    if held.state == R.DECLINED:
        return held
    words = acts.need_reason(reason)
    before = acts.move(held, "decline", declined_for="", reason=words)
    acts.note("review.unassign", held, actor=actor, now=now, before=before)
    telling.taken_back(held, now=now)
    return held


def may_move(review: Review, move: str) -> bool:
    """Could this move start from where the review is? What a button asks."""
    return move in REVIEW_LIFE.open_moves(ReviewState(review.state))
