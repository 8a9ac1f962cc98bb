"""Academies withdraw, and come back; reserves are called, and answer within their delay."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from traam.access.actor import Actor
from traam.kit.refusals import Refusal
from traam.selection import acts, announced, steps
from traam.selection.actions.listing import list_theme
from traam.selection.models import Participation
from traam.selection.queries.participations import first_reserve, holding, reserves_of
from traam.selection.rules.announcing import Reserve, after_days, call_faults
from traam.selection.rules.life import ParticipationState

LOG = structlog.get_logger("traam.selection")
P = ParticipationState
REMINDED = timedelta(days=1)  # before the end of the delay
CALL = "participation.call_reserve"
ANSWER = "participation.answer_call"
WITHDRAW = "participation.withdraw"
AMEND = "decision.amend"
TOO_LATE = (
    "Le délai pour répondre est passé : la place peut être proposée à une autre académie. "
    "Écrivez au pilotage national s’il faut y revenir."
)
NO_CHANNEL = "Dites par quel canal l’académie a répondu : un courriel, une lettre, de vive voix."


@transaction.atomic
def withdraw_participation(
    *, participation: Participation, reason: str, now: datetime, actor: Actor | None
) -> Participation:
    """The academy takes part no more, from now on. The reason is read by its people and by the
    pilots, who are told who is first in the reserve. Twice is once."""
    held = steps.held_participation(participation)
    behalf = acts.allowed(actor, WITHDRAW, held.place())
    if held.state == P.WITHDRAWN:
        return held
    words = acts.need_reason(reason)
    before = steps.move(held, "withdraw", reason=words, ended_at=now)
    verb = "participation.withdraw"
    steps.explain(held.decision, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    list_theme(held.theme, now=now, actor=actor)
    announced.withdrawn(held, now=now)
    announced.place_free(held, first_reserve(held.theme), now=now)
    return held


@transaction.atomic
def reinstate(
    *, participation: Participation, reason: str, now: datetime, actor: Actor | None
) -> Participation:
    """An academy that had withdrawn takes part again. Its part begins as when it was retained."""
    held = steps.held_participation(participation)
    behalf = acts.allowed(actor, AMEND, held.decision.place())
    words = acts.need_reason(reason)
    before = steps.move(held, "reinstate", reason="", ended_at=None)
    verb = "participation.reinstate"
    steps.explain(held.decision, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    list_theme(held.theme, now=now, actor=actor)
    announced.reinstated(held, now=now)
    return held


@transaction.atomic
def call_reserve(
    *, participation: Participation, now: datetime, actor: Actor | None, reason: str = ""
) -> Participation:
    """A place is offered to this academy of the reserve (or again to one that let it pass), until
    the end of the day that the campaign's delay gives. Twice is once.

    `reason`: why it is not the first of the reserve, or one more than planned. Raises `NotAllowed`,
    `MoveRefused`, or `Refusal` with what must be explained.
    """
    held = steps.held_participation(participation)
    behalf = acts.allowed(actor, CALL, held.place())
    if held.state == P.CALLED:
        return held
    words = steps.need_short(reason)
    if faults := _call_faults(held, words):
        raise Refusal(*faults)
    until = after_days(now, held.theme.campaign.call_rules.acceptance_days)
    step = "call" if held.state == P.RESERVE else "call_again"
    before = steps.move(held, step, called_at=now, answer_by=until, ended_at=None)
    verb = "participation.call"
    steps.explain(held.decision, kind=verb, reason=words, actor=actor, now=now)
    after = {"answer_by": until}
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before, after=after)
    announced.called(held, now=now)
    return held


def _call_faults(held: Participation, reason: str) -> list[str]:
    _, most = steps.numbered([held.theme], held.theme.campaign)[held.theme_id]
    return call_faults(
        called=Reserve(held.pk, held.decision.rank or 0, held.academy.name),
        reserves=[
            Reserve(one.pk, one.decision.rank or 0, one.academy.name)
            for one in reserves_of(held.theme)
        ],
        holding=holding(held.theme),
        most=most,
        reason=reason,
    )


@transaction.atomic
def accept_place(
    *, participation: Participation, now: datetime, actor: Actor | None, channel: str = ""
) -> Participation:
    """The academy takes the place, in time; the public list follows. Twice is once.

    `channel`: an answer that came by letter or mail, entered by the pilot.
    """
    held, behalf, words = _answering(participation, channel, now=now, actor=actor)
    if held.state == P.RETAINED:
        return held
    before = steps.move(held, "accept", began_at=now)
    verb = "participation.accept"
    steps.explain(held.decision, kind=verb, reason="", channel=words, actor=actor, now=now)
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    list_theme(held.theme, now=now, actor=actor)
    announced.accepted(held, now=now)
    return held


@transaction.atomic
def decline_place(
    *,
    participation: Participation,
    reason: str,
    now: datetime,
    actor: Actor | None,
    channel: str = "",
) -> Participation:
    """The academy declines the place, or leaves the reserve; the pilots learn who is next. Twice is
    once."""
    held, behalf, by = _answering(participation, channel, now=now, actor=actor)
    if held.state == P.DECLINED:
        return held
    words = acts.need_reason(reason)
    was_called = held.state == P.CALLED
    before = steps.move(held, "decline", reason=words, ended_at=now)
    verb = "participation.decline"
    steps.explain(held.decision, kind=verb, reason=words, channel=by, actor=actor, now=now)
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    announced.declined(held, now=now)
    if was_called:
        announced.place_free(held, first_reserve(held.theme), now=now)
    return held


def _answering(
    participation: Participation, channel: str, *, now: datetime, actor: Actor | None
) -> tuple[Participation, int | None, str]:
    """The participation, on whose behalf it is answered, and by which channel. The pilot answers
    for an academy, late too, and says how it told it; a delegate leaves the reserve, called or not.
    """
    held = steps.held_participation(participation)
    place, words = held.place(), steps.need_channel(channel)
    if actor is None or actor.allows(CALL, place):
        if actor is not None and not words:
            raise Refusal(NO_CHANNEL)
        return held, acts.allowed(actor, CALL, place), words
    is_called = held.state == P.CALLED
    behalf = acts.allowed(actor, ANSWER if is_called else WITHDRAW, place)
    if is_called and held.answer_by is not None and now > held.answer_by:
        raise Refusal(TOO_LATE)
    return held, behalf, ""


def let_pass_due(*, now: datetime) -> int:
    """The calls whose delay is over lapse, by themselves; how many did."""
    due = Participation.objects.filter(state=P.CALLED, answer_by__lt=now).order_by("pk")
    return sum(_let_pass(one, now=now) for one in due)


@transaction.atomic
def _let_pass(participation: Participation, *, now: datetime) -> bool:
    held = steps.held_participation(participation)
    if held.state != P.CALLED or held.answer_by is None or held.answer_by >= now:
        return False  # answered in between
    before = steps.move(held, "let_pass", ended_at=now)
    steps.note("participation.let_pass", held.decision, actor=None, now=now, before=before)
    announced.lapsed(held, now=now)
    announced.place_free(held, first_reserve(held.theme), now=now)
    LOG.info("reserve_lapsed", decision=held.decision_id)
    return True


def remind_calls(*, now: datetime) -> int:
    """The academies whose delay ends within a day are reminded, once; how many calls are about to
    end."""
    near = Participation.objects.filter(
        state=P.CALLED, answer_by__gte=now, answer_by__lte=now + REMINDED
    )
    rows = near.select_related(
        "decision__case__application__academy__successor",
        "decision__case__application__campaign",
        "decision__case__application__theme",
    )
    found = list(rows.order_by("pk"))
    for one in found:
        announced.call_ending(one, now=now)
    return len(found)


@transaction.atomic
def take_back_call(
    *, participation: Participation, reason: str, now: datetime, actor: Actor | None
) -> Participation:
    """The place is no longer offered; the academy keeps its rank. Twice is once."""
    held = steps.held_participation(participation)
    behalf = acts.allowed(actor, CALL, held.place())
    if held.state == P.RESERVE:
        return held
    words = acts.need_reason(reason)
    before = steps.move(held, "take_back_call", called_at=None, answer_by=None)
    verb = "participation.take_back_call"
    steps.explain(held.decision, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    announced.call_taken_back(held, now=now)
    return held


@transaction.atomic
def put_back(
    *, participation: Participation, reason: str, now: datetime, actor: Actor | None
) -> Participation:
    """An academy that declined or let the delay pass is in the reserve again, at its rank."""
    held = steps.held_participation(participation)
    behalf = acts.allowed(actor, CALL, held.place())
    if held.state == P.RESERVE:
        return held
    words = acts.need_reason(reason)
    before = steps.move(held, "put_back", called_at=None, answer_by=None, ended_at=None, reason="")
    verb = "participation.put_back"
    steps.explain(held.decision, kind=verb, reason=words, actor=actor, now=now)
    steps.note(verb, held.decision, actor=actor, behalf=behalf, now=now, before=before)
    announced.put_back(held, now=now)
    return held
