"""Two cases are declared incompatible: the computed choice retains one of them at most."""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.kit.refusals import Refusal
from traam.selection import acts
from traam.selection.models import Case, CaseEvent, Pair
from traam.selection.queries.deciding import ARBITRATE

SAME = "Choisissez deux dossiers différents."
ELSEWHERE = "Ces deux dossiers ne sont pas de la même campagne."


@transaction.atomic
def pair(*, one: Case, other: Case, reason: str, now: datetime, actor: Actor | None) -> Pair:
    """Both cannot be in the computed choice from now on. Twice is once, in whatever order.

    Raises `NotAllowed`, or `Refusal` without a reason, on one case, on two campaigns, on a
    withdrawn application.
    """
    if one.pk == other.pk:
        raise Refusal(SAME)
    first, second = (
        acts.held_case(each) for each in sorted((one, other), key=lambda case: case.pk)
    )
    behalf = acts.allowed(actor, ARBITRATE, first.place())
    if first.campaign_id != second.campaign_id:
        raise Refusal(ELSEWHERE)
    acts.need_open(first)
    for each in (first, second):
        acts.need_studied(each)
    person, words = acts.need_actor(actor), acts.need_reason(reason)
    found = Pair.objects.filter(one=first, other=second, lifted_at=None).first()
    if found is not None:
        return found
    made = Pair.objects.create(
        one=first, other=second, reason=words, made_at=now, made_by_id=person
    )
    after = {"with": second.application.code}
    acts.note_case("choice.pair", first, actor=actor, behalf=behalf, now=now, after=after)
    return made


@transaction.atomic
def unpair(*, pair: Pair, reason: str, now: datetime, actor: Actor | None) -> None:
    """Both may be retained again; the trace stays, with why. Twice is once."""
    held = acts.held_case(pair.one)
    behalf = acts.allowed(actor, ARBITRATE, held.place())
    acts.need_open(held)
    found = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if found.lifted_at is not None:
        return
    words = acts.need_reason(reason)
    found.lifted_at = now
    found.save(update_fields=["lifted_at"])
    person = acts.person_of(actor)
    CaseEvent.objects.create(
        case=held, kind="choice.unpair", reason=words, at=now, person_id=person
    )
    after = {"with": found.other.application.code}
    acts.note_case("choice.unpair", held, actor=actor, behalf=behalf, now=now, after=after)
