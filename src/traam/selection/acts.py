"""How the acts of the choice are allowed, locked and written down. The doors are in `actions`."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.web import require
from traam.applications.rules.life import ApplicationState
from traam.campaigns.rules.life import CampaignState
from traam.journal.actions import record
from traam.journal.rules import Scalar
from traam.kit.clock import PARIS
from traam.kit.compiled import Compiled
from traam.kit.refusals import Refusal
from traam.selection.models import Case, Review
from traam.selection.queries.deciding import ARBITRATE, DELIBERATE
from traam.selection.rules.life import REVIEW_LIFE, ReviewState

NOT_OPEN = "Les décisions se prennent entre la clôture de l’appel et leur annonce."
REASON_MAX = 2_000  # characters
NO_REASON = "Le motif manque : dites pourquoi, en une phrase."
WITHDRAWN = "Cette candidature n’est plus à l’étude : elle a été retirée, ou rendue à ses auteurs."


def allowed(actor: Actor | None, right: str, place: Place) -> int | None:
    """The person on whose behalf the actor does this, None for oneself or for the house.

    Raises `NotAllowed`.
    """
    if actor is None:
        return None
    require(actor, right, place)
    return actor.on_behalf_of(right, place)


def person_of(actor: Actor | None) -> int | None:
    return actor.person if actor is not None else None


def day_of(now: datetime) -> date:
    """The day it is in Paris."""
    return now.astimezone(PARIS).date()


def _kept_reviews(key: int) -> QuerySet[Review]:
    found = Review.objects.select_related(
        "case__application__academy",
        "case__application__extension",
        "case__application__campaign",
        "case__application__theme",
        "case__campaign",
        "case__theme",
        "deposit",
    )
    return found.select_for_update(of=("self",)).filter(pk=key)


_HELD_REVIEW = Compiled(_kept_reviews, int)


def held_review(review: Review) -> Review:
    """The review as it is now, with what judges it, kept from other acts until the end of the
    transaction."""
    return _HELD_REVIEW.get(review.pk)


def held_case(case: Case) -> Case:
    """The case as it is now, kept from other acts: two people cannot be given its last place."""
    found = Case.objects.select_related(
        "application__academy",
        "application__campaign",
        "application__extension",
        "application__theme",
        "campaign",
        "theme",
    )
    return found.select_for_update(of=("self",)).get(pk=case.pk)


def need_studied(case: Case) -> None:
    """Raises `Refusal` when its application is not among those that are studied any more."""
    if case.application.state != ApplicationState.DEPOSITED:
        raise Refusal(WITHDRAWN)


def need_reason(reason: str) -> str:
    """The reason, stripped. Raises `Refusal` without one, or on one too long."""
    words = reason.strip()
    if not words:
        raise Refusal(NO_REASON)
    if len(words) > REASON_MAX:
        raise Refusal(f"Le motif ({len(words)} caractères) doit tenir en {REASON_MAX}.")
    return words


def move(review: Review, name: str, **changes: object) -> dict[str, Scalar]:
    """Move it, with these other changes; the state before. Raises `MoveRefused`."""
    before = review.state
    review.state = REVIEW_LIFE.after(ReviewState(before), name)
    for field, value in changes.items():
        setattr(review, field, value)
    review.save(update_fields=["state", *changes])
    return {"state": str(before)}


def note(
    verb: str,
    review: Review,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal about a review; it names neither the case nor its application."""
    record(
        actor=person_of(actor),
        verb=verb,
        subject=f"review:{review.pk}",
        now=now,
        before=before,
        after=after,
        on_behalf_of=behalf,
    )


# -- decisions


def may_decide(actor: Actor | None, case: Case) -> int | None:
    """The person on whose behalf: as expert or inspector general of its theme, without a conflict,
    or as pilot. Raises `NotAllowed`."""
    if actor is None:
        return None
    place = case.place()
    right = ARBITRATE if actor.allows(ARBITRATE, place) else DELIBERATE
    return allowed(actor, right, place)


def need_open(case: Case) -> None:
    """Raises `Refusal` outside the study: before the call has closed, or once all is announced."""
    if case.campaign.state != CampaignState.CALL_CLOSED:
        raise Refusal(NOT_OPEN)


def need_actor(actor: Actor | None) -> int:
    """Whose name is kept beside the reason. Raises `Refusal` for the house itself."""
    if actor is None or actor.person is None:
        raise Refusal("Cet acte porte le nom de qui le fait : il lui faut une personne.")
    return actor.person


def note_case(
    verb: str,
    case: Case,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal about a case, by its application's code."""
    record(
        actor=person_of(actor),
        verb=verb,
        subject=f"case:{case.application.code}",
        now=now,
        before=before,
        after=after,
        on_behalf_of=behalf,
    )
