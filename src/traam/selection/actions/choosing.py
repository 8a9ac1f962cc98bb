"""The choice is computed, kept under a name, compared, tried out; cases are locked in or out.

The solver runs outside any transaction: nobody waits to write while it thinks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from traam.access.actor import Actor
from traam.access.web import require
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import digest_of
from traam.journal.actions import record
from traam.journal.rules import Scalar
from traam.kit.refusals import Refusal
from traam.selection import acts
from traam.selection.models import Case, CaseEvent, Decision, Departure, Lock, Seal, Variant
from traam.selection.models.choice import SealKind
from traam.selection.optimiser.conflict import conflict
from traam.selection.optimiser.effects import effects
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.explain import explain
from traam.selection.optimiser.instance import Instance, LockKind, as_data
from traam.selection.optimiser.solve import solve, solved
from traam.selection.queries.instance import Gathered, gathered
from traam.selection.rules import kept
from traam.selection.rules.kept import Computed
from traam.selection.rules.trying import Tried, tried, with_locks

SECONDS = 10.0  # to find and prove the choice; then the best found is given, and said unproven
QUESTION_SECONDS = 1.0  # for each question of the explanation
NAME_MAX = 200  # characters
NOT_STUDIED = "Le choix se prépare entre la clôture de l’appel et l’annonce des décisions."
NO_CASE = "Aucun dossier n’est à l’étude : il n’y a rien à choisir."
LOCK_VERBS = {True: "choice.lock_in", False: "choice.lock_out"}


def computed(*, campaign: Campaign, seconds: float = SECONDS) -> Computed:
    """The choice as it stands now, explained; nothing is written. Raises `Refusal` without a case.

    At most `seconds` to choose, then `QUESTION_SECONDS` for each application to explain.
    """
    return compute_instance(_instance(campaign), seconds=seconds)


def _instance(campaign: Campaign) -> Instance:
    instance = gathered(campaign=campaign).instance
    if not instance.applications:
        raise Refusal(NO_CASE)
    return instance


def compute_instance(instance: Instance, *, seconds: float = SECONDS) -> Computed:
    """The same, of an instance at hand."""
    done = solved(instance, seconds=seconds)
    done.engine.seconds = min(seconds, QUESTION_SECONDS)
    explanation = explain(done)
    if done.choice.status is ChoiceStatus.INFEASIBLE:
        return Computed(instance, done.choice, explanation)
    alone = solve(instance.with_scores_alone(), seconds=seconds)
    found = effects(instance=instance, with_rules=done.choice, without_rules=alone)
    return Computed(instance, done.choice, explanation, found)


def compute(
    *,
    campaign: Campaign,
    name: str,
    now: datetime,
    actor: Actor | None,
    seconds: float = SECONDS,
) -> Variant:
    """Compute the choice and keep it under this name; the first one is the reference.

    Raises `NotAllowed` or `Refusal` (no case, a name that is taken).
    """
    _may_arbitrate(campaign, actor)
    _name(campaign, name)
    return keep(
        campaign=campaign,
        name=name,
        made=computed(campaign=campaign, seconds=seconds),
        now=now,
        actor=actor,
    )


@transaction.atomic
def keep(
    *, campaign: Campaign, name: str, made: Computed, now: datetime, actor: Actor | None
) -> Variant:
    """Keep a computed choice under this name, with all that it was computed from."""
    held = _held(campaign)
    behalf = _may_arbitrate(held, actor)
    said = _name(held, name)
    content = {"instance": as_data(made.instance), "result": kept.written(made)}
    variant = Variant.objects.create(
        campaign=held,
        name=said,
        instance=content["instance"],
        result=content["result"],
        digest=digest_of(content),
        computed_at=now,
        computed_by_id=acts.person_of(actor),
        is_reference=not Variant.objects.filter(campaign=held, is_reference=True).exists(),
    )
    after: dict[str, Scalar] = {"digest": variant.digest, "reference": variant.is_reference}
    _note("choice.compute", variant, actor=actor, behalf=behalf, now=now, after=after)
    return variant


def digest_of_variant(variant: Variant) -> str:
    """What the digest of a variant must be."""
    return digest_of({"instance": variant.instance, "result": variant.result})


@transaction.atomic
def rename(*, variant: Variant, name: str, now: datetime, actor: Actor | None) -> Variant:
    """Another name; what it holds never changes. Twice is once."""
    held = _held_variant(variant)
    behalf = _may_arbitrate(held.campaign, actor)
    if held.name == name.strip():
        return held
    held.name = _name(held.campaign, name)
    held.save(update_fields=["name"])
    _note("choice.rename", held, actor=actor, behalf=behalf, now=now)
    return held


@transaction.atomic
def make_reference(*, variant: Variant, now: datetime, actor: Actor | None) -> Variant:
    """It is the proposal that themes deliberate upon, in place of the one before. Twice is once."""
    campaign = _held(variant.campaign)
    behalf = _may_arbitrate(campaign, actor)
    held = _held_variant(variant)
    if held.is_reference:
        return held
    before = Variant.objects.filter(campaign=campaign, is_reference=True).first()
    if before is not None:
        before.is_reference = False
        before.save(update_fields=["is_reference"])
    held.is_reference = True
    held.save(update_fields=["is_reference"])
    was = {"variant": before.pk} if before else None
    _note("choice.reference", held, actor=actor, behalf=behalf, now=now, before=was)
    return held


@transaction.atomic
def lock(*, case: Case, is_in: bool, reason: str, now: datetime, actor: Actor | None) -> Lock:
    """It must be in, or out, of the computed choice from now on. Twice is once.

    Raises `NotAllowed`, or `Refusal` without a reason, on a withdrawn application, or where the
    contrary lock stands.
    """
    held = acts.held_case(case)
    behalf = acts.may_decide(actor, held)
    acts.need_open(held)
    acts.need_studied(held)
    person = acts.need_actor(actor)
    words = acts.need_reason(reason)
    standing = Lock.objects.filter(case=held, lifted_at=None).first()
    if standing is not None:
        if standing.is_in == is_in:
            return standing
        raise Refusal("Ce dossier porte le verrou contraire : levez-le d’abord.")
    made = Lock.objects.create(
        case=held, is_in=is_in, reason=words, locked_at=now, locked_by_id=person
    )
    acts.note_case(LOCK_VERBS[is_in], held, actor=actor, behalf=behalf, now=now)
    return made


@transaction.atomic
def unlock(*, case: Case, reason: str, now: datetime, actor: Actor | None) -> None:
    """Lift its lock, whose trace stays, with why. Twice is once."""
    held = acts.held_case(case)
    behalf = acts.may_decide(actor, held)
    acts.need_open(held)
    standing = Lock.objects.select_for_update(of=("self",)).filter(case=held, lifted_at=None)
    found = standing.first()
    if found is None:
        return
    words = acts.need_reason(reason)
    found.lifted_at = now
    found.save(update_fields=["lifted_at"])
    CaseEvent.objects.create(
        case=held, kind="choice.unlock", reason=words, at=now, person_id=acts.person_of(actor)
    )
    acts.note_case("choice.unlock", held, actor=actor, behalf=behalf, now=now)


@dataclass(frozen=True)
class WhatIf:
    """What was tried, upon which data, and what it would change."""

    gathered: Gathered
    wanted: Mapping[str, LockKind]
    before: Computed  # the choice as it stands now, unexplained
    found: Tried


def what_if(
    *,
    theme: Theme,
    wanted: Mapping[str, LockKind],
    actor: Actor | None,
    seconds: float = SECONDS,
) -> WhatIf:
    """What locking these cases (by application's code) would change; nothing is written.

    Raises `NotAllowed`, or `Refusal` where nothing is possible to begin with, or on a case that is
    not studied.
    """
    if actor is not None:
        require(actor, "decision.follow", theme.place())
    data = gathered(campaign=theme.campaign)
    if not data.instance.applications:
        raise Refusal(NO_CASE)
    for code in wanted:
        if code not in data.cases:
            raise Refusal("Ce dossier n’est plus à l’étude : il a été retiré, ou rendu.")
    done = solved(data.instance, seconds=seconds)
    before = Computed(data.instance, done.choice, kept.UNEXPLAINED)
    if not before.is_possible or done.choice.objective is None:
        locked = with_locks(data.instance, wanted)
        return WhatIf(data, wanted, before, Tried(None, conflict=conflict(locked)))
    done.engine.seconds = min(seconds, QUESTION_SECONDS)
    return WhatIf(data, wanted, before, tried(done, wanted))


@transaction.atomic
def seal_choice(*, campaign: Campaign, now: datetime, actor: Actor | None) -> Seal:
    """Inputs, rules, variants, decisions and departures, sealed together; unchanged since the last
    seal, it is returned."""
    held = _held(campaign)
    acts.allowed(actor, "decision.announce", held.place())
    content = choice_content(held)
    digest = digest_of(content)
    last = Seal.objects.filter(campaign=held, kind=SealKind.CHOICE).order_by("-number").first()
    if last is not None and last.digest == digest:
        return last
    seal = Seal.objects.create(
        campaign=held,
        kind=SealKind.CHOICE,
        number=last.number + 1 if last else 1,
        content=content,
        digest=digest,
        sealed_at=now,
    )
    record(
        actor=acts.person_of(actor),
        verb="choice.seal",
        subject=f"campaign:{held.year}",
        now=now,
        after={"digest": digest, "number": seal.number},
    )
    return seal


def choice_content(campaign: Campaign) -> dict[str, Any]:
    """What the seal of a choice holds: all that the decisions rest on, as plain values."""
    rules = Seal.objects.filter(campaign=campaign, kind=SealKind.RULES).order_by("number").first()
    variants = Variant.objects.filter(campaign=campaign).order_by("computed_at", "pk")
    return {
        "campaign": campaign.year,
        "rules": rules.digest if rules else "",
        "inputs": as_data(gathered(campaign=campaign).instance),
        "variants": [
            {"name": one.name, "digest": one.digest, "reference": one.is_reference}
            for one in variants
        ],
        "decisions": [decision_content(one) for one in _decisions(campaign)],
        "departures": [_departure_content(one) for one in _departures(campaign)],
    }


def _decisions(campaign: Campaign) -> list[Decision]:
    rows = Decision.objects.filter(case__campaign=campaign).select_related("case__application")
    return list(rows.order_by("case__application__code", "pk"))


def _departures(campaign: Campaign) -> list[Departure]:
    rows = Departure.objects.filter(case__campaign=campaign)
    return list(rows.select_related("case__application", "variant").order_by("at", "pk"))


def decision_content(one: Decision) -> dict[str, Any]:
    """A decision as it is sealed; its state is left out, since announcing it changes nothing."""
    return {
        "application": one.case.application.code,
        "kind": one.kind,
        "rank": one.rank,
        "reason": one.reason,
        "remarks": one.remarks,
        "version": one.version,
    }


def _departure_content(one: Departure) -> dict[str, Any]:
    return {
        "application": one.case.application.code,
        "variant": one.variant.digest,
        "computed": one.computed,
        "decided": one.decided,
        "reason": one.reason,
        "price": None if one.price is None else str(one.price),
    }


def _held(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


def _held_variant(variant: Variant) -> Variant:
    rows = Variant.objects.select_related("campaign").select_for_update(of=("self",))
    return rows.get(pk=variant.pk)


def _may_arbitrate(campaign: Campaign, actor: Actor | None) -> int | None:
    """The person on whose behalf; raises `NotAllowed`, or `Refusal` outside the study."""
    behalf = acts.allowed(actor, "decision.arbitrate", campaign.place())
    if campaign.state != CampaignState.CALL_CLOSED:
        raise Refusal(NOT_STUDIED)
    return behalf


def _name(campaign: Campaign, name: str) -> str:
    """The name on one line. Raises `Refusal` without one, on one too long, or taken."""
    words = " ".join(name.split())
    if not 1 <= len(words) <= NAME_MAX:
        raise Refusal(
            f"Le nom de la variante ({len(words)} caractères) doit en compter de 1 à {NAME_MAX}."
        )
    if Variant.objects.filter(campaign=campaign, name=words).exists():
        raise Refusal(f"Une variante porte déjà le nom « {words} » : donnez-en un autre.")
    return words


def _note(
    verb: str,
    variant: Variant,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    record(
        actor=acts.person_of(actor),
        verb=verb,
        subject=f"variant:{variant.pk}",
        now=now,
        before=before,
        after=after,
        on_behalf_of=behalf,
    )
