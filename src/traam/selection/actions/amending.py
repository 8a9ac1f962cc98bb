"""A decision that was announced is changed, with its letter, its part and the public list."""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.kit.refusals import Refusal
from traam.selection import acts, announced, steps
from traam.selection.actions.announcing import opened
from traam.selection.actions.deciding import TEXT_MAX
from traam.selection.actions.lettering import typeset
from traam.selection.actions.listing import list_theme
from traam.selection.models import Decision, Letter, Participation
from traam.selection.papers import letters as papers
from traam.selection.queries import announcement
from traam.selection.queries.participations import part_of, ranks_of
from traam.selection.queries.recipients import heirs_of
from traam.selection.rules import letters
from traam.selection.rules.announcing import amend_faults
from traam.selection.rules.life import (
    DecisionKind,
    ParticipationState,
    decision_faults,
    first_participation,
)

AMEND = "decision.amend"
D = DecisionKind


def amend(
    *,
    decision: Decision,
    kind: DecisionKind,
    why: str,
    now: datetime,
    actor: Actor | None,
    rank: int | None = None,
    reason: str = "",
    remarks: str = "",
) -> Decision:
    """Come back on an announced decision: another kind, or other words; the letter is written again
    and sent to all whom the first one was. `why`: read by them; `rank`: in the reserve, None: last.

    The part that the first decision opened gives way to the one that this opens. Twice is once.
    Raises `NotAllowed`, or `Refusal` once the academy is at work.
    """
    with transaction.atomic():
        held = steps.held_decision(decision)
        behalf = acts.allowed(actor, AMEND, held.place())
        words = acts.need_reason(why)
        rank = _rank(held, kind, rank)
        before = {"kind": held.kind, "rank": held.rank}
        given = (kind.value, rank, reason.strip(), remarks.strip())
        if (held.kind, held.rank, held.reason, held.remarks) == given:
            return held
        _refuse(held, kind, rank, reason=reason, remarks=remarks)
        held.kind, held.rank, held.reason, held.remarks = given
        held.version += 1
        held.announced_at = now
        held.save(update_fields=["kind", "rank", "reason", "remarks", "version", "announced_at"])
        if before["kind"] != kind or before["rank"] != rank:
            _open_again(held, now=now)
        verb = "decision.amend"
        after = {"kind": kind.value, "rank": rank, "version": held.version}
        steps.explain(held, kind=verb, reason=words, actor=actor, now=now)
        steps.note(verb, held, actor=actor, behalf=behalf, now=now, before=before, after=after)
        list_theme(held.case.theme, now=now, actor=actor)
        _send_again(held, now=now)
    return held


def _rank(decision: Decision, kind: DecisionKind, rank: int | None) -> int | None:
    """The rank asked for; without one, its own, or after the last that the theme ever gave."""
    if kind is not D.RESERVE or rank is not None:
        return rank
    if decision.kind == D.RESERVE:
        return decision.rank
    return max(ranks_of(decision.case.theme), default=0) + 1


def _refuse(
    decision: Decision, kind: DecisionKind, rank: int | None, *, reason: str, remarks: str
) -> None:
    part = part_of(decision)
    faults = [
        *decision_faults(kind=kind, rank=rank),
        *amend_faults(
            kind=kind,
            reason=reason,
            state=ParticipationState(part.state) if part else None,
            rank_taken_by=_holder(decision, rank) if kind is D.RESERVE else "",
        ),
    ]
    if len(remarks) > TEXT_MAX:
        faults.append(f"Les remarques ({len(remarks)} caractères) doivent tenir en {TEXT_MAX}.")
    if len(reason) > acts.REASON_MAX:
        faults.append(f"Le motif ({len(reason)} caractères) doit tenir en {acts.REASON_MAX}.")
    if faults:
        raise Refusal(*faults)


def _holder(decision: Decision, rank: int | None) -> str:
    """The academy that has this rank already, if another does."""
    others = Decision.objects.filter(
        case__theme=decision.case.theme_id, kind=D.RESERVE, rank=rank
    ).exclude(pk=decision.pk)
    found = others.select_related("case__application__academy").first()
    return found.case.application.academy.name if found else ""


def _open_again(decision: Decision, *, now: datetime) -> None:
    """The part of the first decision gives way to that which the new one opens, if any."""
    Participation.objects.filter(decision=decision).delete()
    if first_participation(DecisionKind(decision.kind)) is not None:
        opened(decision, now=now).save(force_insert=True)


def _send_again(decision: Decision, *, now: datetime) -> None:
    """The letter says what is decided now, and goes to everyone."""
    whole = announcement.decisions(decision.case.campaign).get(pk=decision.pk)
    campaign, academy = whole.case.application.campaign, whole.case.application.academy
    facts = papers.facts_of(whole, calendar=campaign.calendar, rules=campaign.call_rules, day=now)
    letter = announcement.letter_of(whole) or Letter(decision=whole)
    letter.subject, letter.text = letters.subject(facts), letters.text(facts)
    letter.is_edited, letter.source = False, papers.source(whole)
    letter.version += 1
    letter.sent_at = now
    letter.file = typeset(whole, letter, facts, heir=heirs_of([academy])[academy.pk], now=now)
    letter.save()
    told = announced.around(whole, now=now)
    announced.decided(whole, letter, told, kind="selection/decision_amended", now=now)
