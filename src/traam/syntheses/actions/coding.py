"""Observations support, qualify or contradict findings; trials where one is sought are said.

Only what stands counts: an observation of a closed trial, neither withdrawn nor kept aside.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed, person_of
from traam.access.actor import Actor
from traam.kit.refusals import Refusal
from traam.syntheses import steps
from traam.syntheses.actions.findings import WRITE, reopen_resting
from traam.syntheses.models import Evidence, Finding, Sought
from traam.syntheses.queries.coding import observations_of, trials_of
from traam.syntheses.rules.life import Support
from traam.trials.models import Observation, Trial

REVIEW = "finding.review"
NOTE_MAX = 2_000  # characters
NOT_THERE = (
    "Cette observation ne peut pas servir de preuve : son essai doit être clos et relever de ce "
    "groupe, et elle ne doit être ni retirée ni mise de côté."
)
NO_SUCH_TRIAL = "Cet essai n’est pas un essai clos ou abandonné de ce groupe."
STILL_USED = (
    "Une observation de cet essai est une preuve du constat : retirez-la d’abord, sinon le compte "
    "mentirait."
)
WITHDRAWN = "Ce constat est retiré : rétablissez-le avant de l’appuyer."


def held_to_code(finding: Finding, actor: Actor | None) -> tuple[Finding, int | None]:
    """The finding, kept, and on whose behalf. A published one may be read again, not rewritten."""
    held = steps.held_finding(finding)
    right = WRITE if held.published_at is None else REVIEW
    behalf = allowed(actor, right, held.place())
    if held.withdrawn_at is not None:
        raise Refusal(WITHDRAWN)
    return held, behalf


@transaction.atomic
def code(
    *,
    finding: Finding,
    observation: Observation,
    support: Support,
    note: str = "",
    now: datetime,
    actor: Actor | None,
) -> Evidence:
    """This observation, as it is now, does this to the finding. Its trial is one where the finding
    was sought. The same twice is once. Raises `NotAllowed` or `Refusal`."""
    held, behalf = held_to_code(finding, actor)
    read = observations_of(held.group).filter(pk=observation.pk).first()
    if read is None:
        raise Refusal(NOT_THERE)
    given = {
        "observation": read,
        "observation_version": read.version,
        "support": Support(support).value,
        "note": _note(note),
    }
    present = Evidence.objects.filter(finding=held, observation_key=read.key).first()
    if present is not None and _says(present, given):
        return present
    kept = {"added_at": now, "added_by_id": person_of(actor)}
    made, _ = Evidence.objects.update_or_create(
        finding=held, observation_key=read.key, defaults={**given, **kept}
    )
    Sought.objects.get_or_create(finding=held, trial_id=read.trial_id, defaults=kept)
    _noted("finding.code", held, actor=actor, behalf=behalf, now=now, support=made.support)
    reopen_resting(held, now=now, actor=actor)
    return made


def _note(note: str) -> str:
    words = note.strip()
    if len(words) > NOTE_MAX:
        raise Refusal(f"« Pourquoi » ({len(words)} caractères) doit tenir en {NOTE_MAX}.")
    return words


def _says(present: Evidence, given: dict[str, object]) -> bool:
    return all(getattr(present, name) == value for name, value in given.items())


def _noted(
    verb: str,
    finding: Finding,
    *,
    actor: Actor | None,
    behalf: int | None,
    now: datetime,
    **after: str | int,
) -> None:
    steps.note_finding(verb, finding, actor=actor, behalf=behalf, now=now, after=after)


@transaction.atomic
def uncode(*, evidence: Evidence, now: datetime, actor: Actor | None) -> None:
    """It is no longer evidence of its finding; the trial stays one where it was sought. Twice is
    once."""
    held, behalf = held_to_code(evidence.finding, actor)
    gone, _ = Evidence.objects.filter(pk=evidence.pk).delete()
    if gone:
        _noted("finding.uncode", held, actor=actor, behalf=behalf, now=now)
        reopen_resting(held, now=now, actor=actor)


@transaction.atomic
def read_again(*, evidence: Evidence, now: datetime, actor: Actor | None) -> Evidence:
    """Someone has read the observation as it is now: it still does the same to the finding.

    Raises `Refusal` where it cannot be read any more: deleted, withdrawn, its trial reopened.
    """
    if evidence.observation is None:
        raise Refusal("Cette observation a été supprimée : retirez-la des preuves.")
    return code(
        finding=evidence.finding,
        observation=evidence.observation,
        support=Support(evidence.support),
        note=evidence.note,
        now=now,
        actor=actor,
    )


@transaction.atomic
def seek(
    *, finding: Finding, trials: Iterable[Trial], now: datetime, actor: Actor | None
) -> list[Sought]:
    """The finding was sought in these trials too, whatever was seen there. Twice is once."""
    held, behalf = held_to_code(finding, actor)
    wanted = {one.pk for one in trials}
    known = set(trials_of(held.group).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - known:
        raise Refusal(NO_SUCH_TRIAL)
    kept = {"added_at": now, "added_by_id": person_of(actor)}
    made = [
        Sought.objects.get_or_create(finding=held, trial_id=key, defaults=kept)
        for key in sorted(wanted)
    ]
    if any(is_new for _, is_new in made):
        count = sum(is_new for _, is_new in made)
        _noted("finding.seek", held, actor=actor, behalf=behalf, now=now, trials=count)
        reopen_resting(held, now=now, actor=actor)
    return [row for row, _ in made]


@transaction.atomic
def unseek(*, finding: Finding, trial: Trial, now: datetime, actor: Actor | None) -> None:
    """It was not sought there after all. Raises `Refusal` while an observation of the trial is
    evidence. Twice is once."""
    held, behalf = held_to_code(finding, actor)
    if Evidence.objects.filter(finding=held, observation__trial=trial).exists():
        raise Refusal(STILL_USED)
    gone, _ = Sought.objects.filter(finding=held, trial=trial).delete()
    if gone:
        _noted("finding.unseek", held, actor=actor, behalf=behalf, now=now)
        reopen_resting(held, now=now, actor=actor)
