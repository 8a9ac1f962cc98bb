"""A synthesis is submitted, remarked upon, corrected, validated; and each of these has its way
back, with a reason."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, key_of, person_of
from traam.access.actor import Actor
from traam.groups.actions import met_by_data
from traam.kit.reasons import need_reason
from traam.kit.refusals import NotAllowed, Refusal
from traam.syntheses import steps, telling
from traam.syntheses.actions.findings import reopened
from traam.syntheses.models import Block, Remark, Signature, Synthesis
from traam.syntheses.queries.contents import content_of, may_read, right_of
from traam.syntheses.rules.content import Content
from traam.syntheses.rules.life import Capacity, SynthesisKind, SynthesisState
from traam.syntheses.rules.marks import faults

S = SynthesisState


def need_faultless(synthesis: Synthesis) -> Content:
    """What it says. Raises `Refusal` with all that keeps it from validation or signature: it names
    each unsupported finding."""
    content = content_of(synthesis)
    if found := faults(content):
        raise Refusal(*found)
    return content


@transaction.atomic
def submit(*, synthesis: Synthesis, now: datetime, actor: Actor | None) -> Synthesis:
    """It waits for validation. Raises `Refusal` with what is missing. Twice is once."""
    held = steps.held(synthesis)
    if held.state == S.IN_VALIDATION:
        return held
    steps.need_being_written(held)
    behalf = allowed(actor, right_of(held.kind, "submit"), held.place())
    need_faultless(held)
    before = steps.move(held, "submit", now=now)
    steps.note("synthesis.submit", held, actor=actor, behalf=behalf, now=now, before=before)
    telling.submitted(held, now=now, actor=actor)
    if held.kind in (SynthesisKind.ACADEMIC, SynthesisKind.PLURI_ACADEMIC):
        for team in held.teams.all():
            met_by_data(key="synthesis", team=team, now=now)
    return held


@transaction.atomic
def take_back(
    *, synthesis: Synthesis, reason: str, now: datetime, actor: Actor | None
) -> Synthesis:
    """Those who wrote it take it back before it is validated. Twice is once."""
    held = steps.held(synthesis)
    if held.state == S.DRAFT:
        return held
    as_written = replace(held.place(), state=S.DRAFT)  # the right is that of the one who submits
    behalf = allowed(actor, right_of(held.kind, "submit"), as_written)
    words = need_reason(reason)
    before = steps.move(held, "take_back", now=now)
    verb = "synthesis.take_back"
    steps.explain(held, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def ask_corrections(
    *, synthesis: Synthesis, reason: str, now: datetime, actor: Actor | None
) -> Synthesis:
    """Whoever validates sends it back with what to correct."""
    held = steps.held(synthesis)
    if held.state == S.CORRECTIONS_ASKED:
        return held
    behalf = allowed(actor, right_of(held.kind, "validate"), held.place())
    words = need_reason(reason)
    before = steps.move(held, "ask_corrections", now=now)
    verb = "synthesis.ask_corrections"
    steps.explain(held, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held, actor=actor, behalf=behalf, now=now, before=before)
    telling.corrections_asked(held, words, now=now, actor=actor)
    return held


@transaction.atomic
def validate(*, synthesis: Synthesis, now: datetime, actor: Actor | None) -> Synthesis:
    """Its text is fixed by its digest: the inspector's word for an academy's, the general
    inspection's before the signatures of a national one. Twice is once."""
    held = steps.held(synthesis)
    if held.state == S.VALIDATED:
        return held
    behalf = allowed(actor, right_of(held.kind, "validate"), held.place())
    digest = need_faultless(held).digest()
    before = steps.move(held, "validate", now=now, digest=digest)
    if held.kind != SynthesisKind.NATIONAL and actor is not None:
        Signature.objects.create(
            synthesis=held,
            capacity=Capacity.INSPECTOR,
            person_id=key_of(actor),
            digest=digest,
            signed_at=now,
        )
    after = {"digest": digest}
    steps.note(
        "synthesis.validate", held, actor=actor, behalf=behalf, now=now, before=before, after=after
    )
    telling.validated(held, now=now, actor=actor)
    return held


@transaction.atomic
def reopen(*, synthesis: Synthesis, reason: str, now: datetime, actor: Actor | None) -> Synthesis:
    """To be written again: every signature is void, and those who had signed are told."""
    held = steps.held(synthesis)
    if held.state == S.CORRECTIONS_ASKED:
        return held
    allowed(actor, right_of(held.kind, "reopen"), held.place())
    words = need_reason(reason)
    if held.state not in (S.VALIDATED, S.SIGNED):
        steps.move(held, "reopen", now=now)  # says what it asks
    return reopened(held, now=now, actor=actor, reason=words)


@transaction.atomic
def withdraw(*, synthesis: Synthesis, reason: str, now: datetime, actor: Actor | None) -> Synthesis:
    """It is no longer one; a published one leaves a tombstone in the catalogue. Twice is once."""
    return _end("synthesis.withdraw", synthesis, S.WITHDRAWN, reason=reason, now=now, actor=actor)


@transaction.atomic
def restore(*, synthesis: Synthesis, reason: str, now: datetime, actor: Actor | None) -> Synthesis:
    """A draft again: it is validated and signed anew. Twice is once."""
    return _end("synthesis.restore", synthesis, S.DRAFT, reason=reason, now=now, actor=actor)


def _end(
    verb: str,
    synthesis: Synthesis,
    target: SynthesisState,
    *,
    reason: str,
    now: datetime,
    actor: Actor | None,
) -> Synthesis:
    held = steps.held(synthesis)
    if held.state == target:
        return held
    behalf = allowed(actor, right_of(held.kind, "reopen"), held.place())
    words = need_reason(reason)
    before = steps.move(held, verb.partition(".")[2], now=now)
    steps.void_signatures(held, now=now)
    steps.explain(held, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def remark(
    *,
    synthesis: Synthesis,
    text: str,
    block: Block | None = None,
    now: datetime,
    actor: Actor | None,
) -> Remark:
    """A remark of someone who may read it; of whoever validates, a correction that is asked."""
    held = steps.held(synthesis)
    if actor is not None and not may_read(actor, held):
        raise NotAllowed("Seules les personnes qui lisent cette synthèse y font des remarques.")
    if block is not None and block.synthesis_id != held.pk:
        raise Refusal("Ce passage n’est pas de cette synthèse.")
    asks = actor is not None and actor.allows(right_of(held.kind, "validate"), held.place())
    made = Remark.objects.create(
        synthesis=held,
        block=block,
        text=steps.need_text(text, "Remarque"),
        is_correction=asks,
        made_at=now,
        made_by_id=person_of(actor),
    )
    steps.note("synthesis.remark", held, actor=actor, now=now, after={"remark": made.pk})
    telling.remarked(made, now=now, actor=actor)
    return made


@transaction.atomic
def settle_remark(
    *, remark: Remark, answer: str = "", now: datetime, actor: Actor | None
) -> Remark:
    """Those who write it, or whoever made it, say that it is settled. Twice is once."""
    held = steps.held(remark.synthesis)
    kept = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    kept.synthesis = held
    if kept.settled_at is not None:
        return kept
    if actor is not None and actor.person != kept.made_by_id:
        as_written = replace(held.place(), state=S.DRAFT)
        allowed(actor, right_of(held.kind, "write"), as_written)
    kept.answer = steps.may_text(answer, "Réponse")
    kept.settled_at, kept.settled_by_id = now, person_of(actor)
    kept.save(update_fields=["answer", "settled_at", "settled_by"])
    steps.note("synthesis.settle_remark", held, actor=actor, now=now, after={"remark": kept.pk})
    telling.answered(kept, now=now, actor=actor)
    return kept
