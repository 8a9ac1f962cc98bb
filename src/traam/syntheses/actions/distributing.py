"""A synthesis is sent to academies, DGESCO, general inspection, partners, who say they have it."""

from datetime import datetime, timedelta

from django.db import transaction

from traam.access.acting import allowed
from traam.access.actor import Actor
from traam.kit.clock import day_of
from traam.kit.refusals import Refusal
from traam.syntheses import steps, telling
from traam.syntheses.models import Sending, Synthesis
from traam.syntheses.queries.contents import right_of
from traam.syntheses.queries.recipients import addressees
from traam.syntheses.rules.life import VALIDATED_ON, SynthesisState

REMINDED_AFTER = timedelta(days=14)
NOT_YET = "Une synthèse se diffuse une fois validée, et signée si elle est nationale."


@transaction.atomic
def distribute(*, synthesis: Synthesis, now: datetime, actor: Actor | None) -> list[Sending]:
    """Send it to all who should have it and do not: pressed again, only to newcomers."""
    held = steps.held(synthesis)
    behalf = allowed(actor, right_of(held.kind, "distribute"), held.place())
    is_due = VALIDATED_ON - ({SynthesisState.VALIDATED} if held.kind == "national" else set())
    if held.state not in is_due:
        raise Refusal(NOT_YET)
    known = set(held.sendings.values_list("person", flat=True))
    wanted = addressees(held, day_of(now))
    made = [
        Sending(synthesis=held, person_id=person, addressee=addressee, sent_at=now)
        for person, addressee in sorted(wanted.items())
        if person not in known
    ]
    Sending.objects.bulk_create(made)
    if held.distributed_at is None:
        held.distributed_at = now
        held.save(update_fields=["distributed_at"])
    after = {"sent": len(made)}
    steps.note("synthesis.distribute", held, actor=actor, behalf=behalf, now=now, after=after)
    telling.sent(held, [one.person_id for one in made], now=now)
    return made


@transaction.atomic
def receive(*, synthesis: Synthesis, now: datetime, actor: Actor) -> Sending:
    """Whoever it was sent to has it. Twice is once. Raises `Refusal` for anyone else."""
    rows = Sending.objects.select_for_update(of=("self",))
    mine = rows.filter(synthesis=synthesis, person=actor.person).first()
    if mine is None:
        raise Refusal("Cette synthèse ne vous a pas été adressée.")
    if mine.received_at is None:
        mine.received_at = now
        mine.save(update_fields=["received_at"])
        steps.note("synthesis.receive", synthesis, actor=actor, now=now)
    return mine


def remind_due(*, now: datetime) -> int:
    """Those who have not said so after two weeks are reminded of each, once, by one message a
    person; how many sendings were."""
    due = Sending.objects.filter(
        received_at=None, reminded_at=None, sent_at__lte=now - REMINDED_AFTER
    ).exclude(synthesis__state=SynthesisState.WITHDRAWN)
    people: dict[int, list[int]] = {}
    for key, person in due.order_by("pk").values_list("pk", "person"):
        people.setdefault(person, []).append(key)
    return sum(_remind(keys, now=now) for keys in people.values())


@transaction.atomic
def _remind(keys: list[int], *, now: datetime) -> int:
    """One person, of what was sent to them."""
    rows = Sending.objects.select_related("synthesis").select_for_update(of=("self",))
    rows = rows.filter(pk__in=keys, received_at=None, reminded_at=None)  # in between, some may be
    held = list(rows.order_by("pk"))
    if held:
        Sending.objects.filter(pk__in=[one.pk for one in held]).update(reminded_at=now)
        telling.reminded(held, now=now)
    return len(held)
