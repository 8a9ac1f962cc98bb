"""The part of an academy once it is at work: launched, completed, and the way back. The teams are
the groups' own, which pull these acts."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.access.place import Place
from traam.campaigns.rules.life import CampaignState
from traam.kit.refusals import Refusal
from traam.selection import acts, steps
from traam.selection.models import Participation
from traam.selection.rules.life import ParticipationState

P = ParticipationState
LAUNCH = "participation.launch"
COMPLETE = "participation.complete"
LIVE = (CampaignState.ANNOUNCED, CampaignState.AT_WORK)
NOT_ANNOUNCED = (
    "Les travaux se lancent une fois les décisions annoncées, et avant la clôture de la campagne."
)


@transaction.atomic
def launch_participation(
    *, participation: Participation, now: datetime, actor: Actor | None
) -> Participation:
    """The academy is at work. Twice is once. Raises `NotAllowed`, `MoveRefused`, or `Refusal`
    outside the campaign's work."""
    held = steps.held_participation(participation)
    if held.state == P.LAUNCHED:
        return held
    behalf = acts.allowed(actor, LAUNCH, held.place())
    if held.theme.campaign.state not in LIVE:
        raise Refusal(NOT_ANNOUNCED)
    before = steps.move(held, "launch")
    verb = "participation.launch"
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def take_back_launch(
    *, participation: Participation, reason: str, now: datetime, actor: Actor | None
) -> Participation:
    """The academy is retained again, and not at work any more. Twice is once."""
    held = steps.held_participation(participation)
    behalf = acts.allowed(actor, LAUNCH, _as(held, P.RETAINED))
    if held.state == P.RETAINED:
        return held
    words = acts.need_reason(reason)
    before = steps.move(held, "take_back_launch")
    verb = "participation.take_back_launch"
    steps.explain(held.decision, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def complete_participation(
    *, participation: Participation, now: datetime, actor: Actor | None
) -> Participation:
    """The work of the academy is over. Twice is once."""
    held = steps.held_participation(participation)
    if held.state == P.COMPLETED:
        return held
    behalf = acts.allowed(actor, COMPLETE, held.place())
    before = steps.move(held, "complete", ended_at=now)
    verb = "participation.complete"
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def reopen_participation(
    *, participation: Participation, reason: str, now: datetime, actor: Actor | None
) -> Participation:
    """The work goes on after all. Twice is once."""
    held = steps.held_participation(participation)
    behalf = acts.allowed(actor, COMPLETE, _as(held, P.LAUNCHED))
    if held.state == P.LAUNCHED:
        return held
    words = acts.need_reason(reason)
    before = steps.move(held, "reopen", ended_at=None)
    verb = "participation.reopen"
    steps.explain(held.decision, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    return held


def _as(held: Participation, state: ParticipationState) -> Place:
    """Where it will stand: a counter-act belongs to whom the act belonged."""
    return replace(held.place(), state=state)
