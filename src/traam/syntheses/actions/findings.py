"""Findings are written, amended, withdrawn, restored; what rests on a changed one is reopened."""

from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.groups.models import NationalGroup
from traam.kit.reasons import need_reason
from traam.kit.refusals import Refusal
from traam.syntheses import steps, telling
from traam.syntheses.models import Block, Finding, Synthesis
from traam.syntheses.rules.life import FindingKind, SynthesisState
from traam.syntheses.rules.marks import sentences

WRITE = "finding.write"
SCOPE_MAX = 300  # characters
TEXT_MAX = 400  # characters
FIXED = (SynthesisState.IN_VALIDATION, SynthesisState.VALIDATED, SynthesisState.SIGNED)
CHANGED = "Un constat qu’elle énonce a changé, ou ce sur quoi il repose."


def checked_text(text: str) -> str:
    """One sentence, stripped. Raises `Refusal` otherwise."""
    words = steps.need_text(text, "Constat")
    if len(words) > TEXT_MAX:
        raise Refusal(f"« Constat » ({len(words)} caractères) doit tenir en {TEXT_MAX}.")
    if len(sentences(words)) > 1:
        raise Refusal(
            "« Constat » tient en une phrase : ce qui la suit est un autre constat, ou sa portée."
        )
    return words


def checked_scope(scope: str) -> str:
    """« en 6e, avec un ordinateur pour deux », stripped. Raises `Refusal` on one too long."""
    words = " ".join(scope.split())
    if len(words) > SCOPE_MAX:
        raise Refusal(f"« Portée » ({len(words)} caractères) doit tenir en {SCOPE_MAX}.")
    return words


@transaction.atomic
def write_finding(
    *,
    group: NationalGroup,
    kind: FindingKind,
    text: str,
    scope: str = "",
    now: datetime,
    actor: Actor | None,
) -> Finding:
    """A new finding of the group, resting on nothing yet. Raises `NotAllowed` or `Refusal`."""
    held = steps.held_group(group)
    behalf = allowed(actor, WRITE, held.place())
    number = Finding.objects.filter(group=held).count() + 1
    finding = Finding.objects.create(
        code=f"{held.code[:68]}-c{number}",
        group=held,
        kind=FindingKind(kind),
        text=checked_text(text),
        scope=checked_scope(scope),
        created_at=now,
        created_by_id=person_of(actor),
    )
    steps.note_finding("finding.write", finding, actor=actor, behalf=behalf, now=now)
    return finding


@transaction.atomic
def amend_finding(
    *,
    finding: Finding,
    kind: FindingKind,
    text: str,
    scope: str,
    version: int,
    now: datetime,
    actor: Actor | None,
) -> Finding:
    """Other words. `version`: the one that was read. Raises `Refusal` when another wrote since."""
    held = steps.held_finding(finding)
    behalf = allowed(actor, WRITE, held.place())
    given = (FindingKind(kind).value, checked_text(text), checked_scope(scope))
    if given == (held.kind, held.text, held.scope):
        return held
    if version != held.version:
        raise Refusal(
            "Ce constat a changé pendant que vous l’écriviez. Il dit maintenant : "
            f"« {held.text} ». Votre texte est resté dans le formulaire : comparez, puis "
            "enregistrez."
        )
    held.kind, held.text, held.scope = given
    held.version += 1
    held.save(update_fields=["kind", "text", "scope", "version"])
    steps.note_finding(
        "finding.amend",
        held,
        actor=actor,
        behalf=behalf,
        now=now,
        after={"version": held.version},
    )
    reopen_resting(held, now=now, actor=actor)
    return held


@transaction.atomic
def withdraw_finding(
    *, finding: Finding, reason: str, now: datetime, actor: Actor | None
) -> Finding:
    """It counts no more. Raises `Refusal` while a synthesis states it. Twice is once."""
    held = steps.held_finding(finding)
    behalf = allowed(actor, WRITE, held.place())
    if held.withdrawn_at is not None:
        return held
    words = need_reason(reason)
    stating = Synthesis.objects.living().filter(blocks__finding=held).order_by("pk")
    if titles := sorted(set(stating.values_list("title", flat=True))):
        said = " », « ".join(titles)
        raise Refusal(f"Ce constat est énoncé dans « {said} » : retirez-le d’abord du texte.")
    held.withdrawn_at, held.reason = now, words
    held.save(update_fields=["withdrawn_at", "reason"])
    steps.note_finding("finding.withdraw", held, actor=actor, behalf=behalf, now=now)
    return held


@transaction.atomic
def restore_finding(
    *, finding: Finding, reason: str, now: datetime, actor: Actor | None
) -> Finding:
    """The counter-act. Twice is once."""
    held = steps.held_finding(finding)
    behalf = allowed(actor, WRITE, held.place())
    if held.withdrawn_at is None:
        return held
    held.withdrawn_at, held.reason = None, need_reason(reason)
    held.save(update_fields=["withdrawn_at", "reason"])
    steps.note_finding("finding.restore", held, actor=actor, behalf=behalf, now=now)
    return held


def reopen_resting(finding: Finding, *, now: datetime, actor: Actor | None) -> list[Synthesis]:
    """Whatever was fixed and states this finding is to be read again: its signatures are void."""
    keys = Block.objects.filter(finding=finding, synthesis__state__in=FIXED)
    return [
        reopened(one, now=now, actor=actor)
        for one in Synthesis.objects.filter(pk__in=keys.values("synthesis")).order_by("pk")
    ]


def reopened(
    synthesis: Synthesis, *, now: datetime, actor: Actor | None, reason: str = CHANGED
) -> Synthesis:
    """To be corrected and validated again; those who had signed are told."""
    held = steps.held(synthesis)
    void = steps.void_signatures(held, now=now)
    is_read = held.state == SynthesisState.IN_VALIDATION
    step = "take_back" if is_read else "reopen"
    before = steps.move(held, step, now=now, digest="")
    steps.explain(held, kind="synthesis.reopen", reason=reason, actor=actor, now=now)
    steps.note("synthesis.reopen", held, actor=actor, now=now, before=before)
    telling.voided(held, void, reason, now=now, actor=actor)
    return held
