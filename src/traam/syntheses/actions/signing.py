"""A national synthesis is signed twice: for the general inspection, and for the DNE."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, key_of
from traam.access.actor import Actor
from traam.kit.reasons import may_reason, need_reason
from traam.kit.refusals import Refusal
from traam.syntheses import steps, telling
from traam.syntheses.actions.validating import need_faultless
from traam.syntheses.models import Signature, Synthesis
from traam.syntheses.rules.life import Capacity, SynthesisKind, SynthesisState

S = SynthesisState
RIGHTS = {
    Capacity.GENERAL_INSPECTION: "national_synthesis.sign_ig",
    Capacity.DNE: "national_synthesis.sign_expert",
}
BOTH = frozenset(RIGHTS)
CHANGED = (
    "Le texte, un constat ou une preuve a changé depuis la validation : rouvrez la rédaction, "
    "faites valider de nouveau, puis signez."
)
TWO_PEOPLE = "Les deux signatures sont celles de deux personnes : vous avez déjà signé."


@transaction.atomic
def sign(
    *,
    synthesis: Synthesis,
    capacity: Capacity,
    reservation: str = "",
    now: datetime,
    actor: Actor,
) -> Synthesis:
    """Sign what was validated, with a reservation or none; signed once both have. Twice is once.

    Raises `NotAllowed`, or `Refusal`: an unsupported finding is named, a changed text refused.
    """
    held = steps.held(synthesis)
    if held.kind != SynthesisKind.NATIONAL or capacity not in RIGHTS:
        raise Refusal(
            "Seule une synthèse nationale se signe, pour l’inspection générale ou la DNE."
        )
    standing = list(Signature.objects.filter(synthesis=held, voided_at=None).order_by("pk"))
    person = key_of(actor)
    if any(one.capacity == capacity and one.person_id == person for one in standing):
        return held
    behalf = allowed(actor, RIGHTS[capacity], held.place())
    if any(one.person_id == person for one in standing):
        raise Refusal(TWO_PEOPLE)
    if any(one.capacity == capacity for one in standing):
        raise Refusal(f"Cette synthèse est déjà signée {capacity.label}.")
    if need_faultless(held).digest() != held.digest:
        raise Refusal(CHANGED)
    Signature.objects.create(
        synthesis=held,
        capacity=capacity,
        person_id=person,
        digest=held.digest,
        reservation=may_reason(reservation),
        signed_at=now,
    )
    after = {"capacity": capacity.value, "digest": held.digest}
    steps.note("synthesis.sign", held, actor=actor, behalf=behalf, now=now, after=after)
    if {one.capacity for one in standing} | {capacity} >= BOTH:
        steps.move(held, "sign", now=now)
    return held


@transaction.atomic
def unsign(
    *, synthesis: Synthesis, capacity: Capacity, reason: str, now: datetime, actor: Actor
) -> Synthesis:
    """Whoever may sign in this capacity takes the signature back. Twice is once."""
    held = steps.held(synthesis)
    as_signed = replace(held.place(), state=S.VALIDATED)
    behalf = allowed(actor, RIGHTS[capacity], as_signed)
    rows = Signature.objects.filter(synthesis=held, capacity=capacity, voided_at=None)
    void = list(rows.order_by("pk"))
    if not void:
        return held
    if held.state not in (S.VALIDATED, S.SIGNED):
        raise Refusal("Une synthèse publiée garde ses signatures : publiez un erratum.")
    words = need_reason(reason)
    rows.update(voided_at=now)
    if held.state == S.SIGNED:
        steps.move(held, "unsign", now=now)
    verb = "synthesis.unsign"
    steps.explain(held, kind=verb, reason=words, actor=actor, now=now)
    after = {"capacity": capacity.value}
    steps.note(verb, held, actor=actor, behalf=behalf, now=now, after=after)
    telling.voided(held, void, words, now=now, actor=actor)
    return held
