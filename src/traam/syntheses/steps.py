"""How the acts on findings and syntheses are locked, moved and written down. The doors are in
`actions`."""

from collections.abc import Mapping
from datetime import datetime

from traam.access.acting import person_of
from traam.access.actor import Actor
from traam.groups.models import NationalGroup
from traam.journal import acting
from traam.journal.rules import Scalar
from traam.kit.compiled import Compiled
from traam.kit.contacts import contact_faults
from traam.kit.refusals import Refusal
from traam.syntheses.models import Finding, Signature, Synthesis, SynthesisEvent
from traam.syntheses.queries.contents import with_group_place, with_place
from traam.syntheses.rules.life import BEING_WRITTEN, SYNTHESIS_LIFE, SynthesisState

TEXT_MAX = 20_000  # characters of a passage, a remark, an erratum
NOT_WRITTEN_NOW = (
    "Cette synthèse ne s’écrit plus : elle est {state}. Rouvrez-la, avec un motif, ou publiez un "
    "erratum."
)


_HELD = Compiled(
    lambda key: with_place(Synthesis.objects.select_for_update(of=("self",))).filter(pk=key), int
)
_WITH_PLACE = Compiled(lambda key: with_group_place(NationalGroup.objects.filter(pk=key)), int)


def held(synthesis: Synthesis) -> Synthesis:
    """The synthesis as it is now, kept from other acts until the end of the transaction."""
    return _HELD.get(synthesis.pk)


def held_group(group: NationalGroup) -> NationalGroup:
    """The group, kept: its findings and syntheses are numbered there."""
    NationalGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    return _WITH_PLACE.get(group.pk)


def held_finding(finding: Finding) -> Finding:
    """The finding as it is now, kept, with its group's place."""
    found = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    found.group = _WITH_PLACE.get(found.group_id)
    return found


def need_being_written(synthesis: Synthesis) -> None:
    """Raises `Refusal` on a synthesis that waits for validation, or is past it."""
    if synthesis.state not in BEING_WRITTEN:
        label = SynthesisState(synthesis.state).label
        raise Refusal(NOT_WRITTEN_NOW.format(state=label))


def need_text(text: str, name: str) -> str:
    """The text, stripped. Raises `Refusal` on an empty one, or as `may_text`."""
    words = text.strip()
    if not words:
        raise Refusal(f"« {name} » est vide : écrivez-le avant d’enregistrer.")
    return may_text(words, name)


def may_text(text: str, name: str) -> str:
    """A text that may be empty, stripped. Raises `Refusal` on an endless one, or on one that holds
    an address or a telephone number: it is written to be published."""
    words = text.strip()
    if len(words) > TEXT_MAX:
        raise Refusal(f"« {name} » ({len(words)} caractères) doit tenir en {TEXT_MAX}.")
    if found := contact_faults({name: words}):
        raise Refusal(*found)
    return words


def move(synthesis: Synthesis, name: str, *, now: datetime, **changes: object) -> dict[str, Scalar]:
    """Move it, with these other changes; the state before. Raises `MoveRefused`."""
    before = synthesis.state
    synthesis.state = SYNTHESIS_LIFE.after(SynthesisState(before), name)
    synthesis.state_at = synthesis.changed_at = now
    for field, value in changes.items():
        setattr(synthesis, field, value)
    synthesis.save(update_fields=["state", "state_at", "changed_at", *changes])
    return {"state": str(before)}


def void_signatures(synthesis: Synthesis, *, now: datetime) -> list[Signature]:
    """Those that stood, now void."""
    standing = Signature.objects.filter(synthesis=synthesis, voided_at=None)
    found = list(standing.order_by("pk"))
    standing.update(voided_at=now)
    return found


def explain(
    synthesis: Synthesis,
    *,
    kind: str,
    actor: Actor | None,
    now: datetime,
    reason: str = "",
    channel: str = "",
) -> None:
    """Keep what readers must know of an act: the journal may not hold it."""
    SynthesisEvent.objects.create(
        synthesis=synthesis,
        kind=kind,
        reason=reason,
        channel=channel,
        at=now,
        by_id=person_of(actor),
    )


def note(
    verb: str,
    synthesis: Synthesis,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal about a synthesis."""
    acting.note(
        verb,
        f"synthesis:{synthesis.code}",
        actor=actor,
        now=now,
        behalf=behalf,
        before=before,
        after=after,
    )


def note_finding(
    verb: str,
    finding: Finding,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal about a finding."""
    acting.note(verb, f"finding:{finding.code}", actor=actor, now=now, behalf=behalf, after=after)
