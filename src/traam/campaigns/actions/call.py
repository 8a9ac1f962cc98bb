"""The call opens and closes by itself; then the campaign is led to its end. Every move has its way
back, with a reason."""

from datetime import datetime

import structlog
from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns import acts, prepared, telling
from traam.campaigns.models import Campaign, MilestoneDate, Questionnaire
from traam.campaigns.rules.calendar import Calendar, Milestone
from traam.campaigns.rules.life import CampaignState
from traam.kit.refusals import Refusal

LOG = structlog.get_logger("traam.campaigns")


def open_due(*, now: datetime) -> list[Campaign]:
    """Open every call whose hour has come and that waits for nothing more; those opened.

    The pilots are told once of a call that its hour finds blocked; it opens at the next look after
    the last signature.
    """
    due = Campaign.objects.prepared().filter(
        state=CampaignState.PREPARATION,
        milestones__kind=Milestone.CALL_OPENS,
        milestones__at__lte=now,
    )
    opened = [_open(one, now=now) for one in due.order_by("pk")]
    return [one for one in opened if one is not None]


@transaction.atomic
def _open(campaign: Campaign, *, now: datetime) -> Campaign | None:
    held = acts.held(campaign)
    if held.state != CampaignState.PREPARATION:
        return None  # another process has just opened it
    if blocked := prepared.blockers_of(held, now=now):
        LOG.info("call_blocked", campaign=held.year, reasons=len(blocked))
        telling.blocked(held, count=len(blocked), now=now)
        return None
    from traam.campaigns import letters  # noqa: PLC0415 (only an opening pays for making papers)

    before = acts.move_campaign(held, "open_call", now=now)
    _publish_questions(held, now=now)
    held.letter_file, held.brief_file = letters.store(held, now=now)
    held.save(update_fields=["letter_file", "brief_file"])
    after = {"letter": held.letter_file, "brief": held.brief_file}
    acts.note("campaign.open_call", held, actor=None, now=now, before=before, after=after)
    telling.opened(held, now=now)
    return held


def _publish_questions(campaign: Campaign, *, now: datetime) -> None:
    """The draft of the questions becomes what is asked, unless one was published before."""
    known = Questionnaire.objects.filter(campaign=campaign)
    if not known.filter(published_at__isnull=False).exists():
        known.filter(published_at=None).update(published_at=now)


def close_due(*, now: datetime) -> list[Campaign]:
    """Close every call whose end has come; those closed."""
    due = Campaign.objects.prepared().filter(
        state=CampaignState.CALL_OPEN,
        milestones__kind=Milestone.CALL_CLOSES,
        milestones__at__lte=now,
    )
    closed = [_close(one, now=now) for one in due.order_by("pk")]
    return [one for one in closed if one is not None]


@transaction.atomic
def _close(campaign: Campaign, *, now: datetime) -> Campaign | None:
    held = acts.held(campaign)
    if held.state != CampaignState.CALL_OPEN or not held.calendar.is_over_at(now):
        return None
    before = acts.move_campaign(held, "close_call", now=now)
    acts.note("campaign.close_call", held, actor=None, now=now, before=before)
    return held


@transaction.atomic
def take_back_call(
    *, campaign: Campaign, reason: str, now: datetime, actor: Actor | None
) -> Campaign:
    """The call goes back to preparation, invisible again; those to whom it went are told why.

    Its opening is no longer set, or it would open again by itself at once.
    """
    held, behalf, words = _led(campaign, "campaign.prepare", reason, actor)
    before = acts.move_campaign(held, "take_back_call", now=now)
    MilestoneDate.objects.filter(campaign=held, kind=Milestone.CALL_OPENS).delete()
    verb = "campaign.take_back_call"
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    acts.note("campaign.take_back_call", held, actor=actor, behalf=behalf, now=now, before=before)
    telling.taken_back(held, reason=words, now=now)
    return held


@transaction.atomic
def reopen_call(
    *,
    campaign: Campaign,
    reason: str,
    closes_at: datetime,
    now: datetime,
    actor: Actor | None,
) -> Campaign:
    """Give everyone more time, until `closes_at`; those to whom the call went are told why."""
    held, behalf, words = _led(campaign, "campaign.reopen", reason, actor)
    dates = {**held.calendar.dates, Milestone.CALL_CLOSES: closes_at}
    if closes_at <= now:
        raise Refusal("La nouvelle clôture se place dans l’avenir.")
    calendar = Calendar(dates)
    if faults := [*calendar.faults(), *calendar.strays(held.years)]:
        raise Refusal(*faults)
    before = acts.move_campaign(held, "reopen_call", now=now)
    MilestoneDate.objects.filter(campaign=held, kind=Milestone.CALL_CLOSES).update(at=closes_at)
    acts.explain(held, kind="campaign.reopen_call", reason=words, actor=actor, now=now)
    acts.note(
        "campaign.reopen_call",
        held,
        actor=actor,
        behalf=behalf,
        now=now,
        before=before,
        after={"call_closes": closes_at},
    )
    telling.reopened(held, reason=reason, now=now)
    return held


@transaction.atomic
def announce(*, campaign: Campaign, now: datetime, actor: Actor | None) -> Campaign:
    """The decisions are announced: the state only, the rest is the choice's. Twice is once."""
    held = acts.held(campaign)
    if held.state == CampaignState.ANNOUNCED:
        return held
    behalf = acts.allowed(actor, "decision.announce", held.place())
    before = acts.move_campaign(held, "announce", now=now)
    acts.note("campaign.announce", held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def take_back_announcement(
    *, campaign: Campaign, reason: str, now: datetime, actor: Actor | None
) -> Campaign:
    """Nothing is announced any more: the state only, the rest is the choice's."""
    held, behalf, words = _led(campaign, "decision.amend", reason, actor)
    before = acts.move_campaign(held, "take_back_announcement", now=now)
    verb = "campaign.take_back_announcement"
    acts.explain(held, kind=verb, reason=words, actor=actor, now=now)
    acts.note(
        "campaign.take_back_announcement",
        held,
        actor=actor,
        behalf=behalf,
        now=now,
        before=before,
    )
    return held


@transaction.atomic
def launch(*, campaign: Campaign, now: datetime, actor: Actor | None) -> Campaign:
    """The first academy is at work. Twice is once."""
    held = acts.held(campaign)
    if held.state == CampaignState.AT_WORK:
        return held
    behalf = acts.allowed(actor, "campaign.prepare", held.place())
    before = acts.move_campaign(held, "launch", now=now)
    acts.note("campaign.launch", held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def close_campaign(*, campaign: Campaign, now: datetime, actor: Actor | None) -> Campaign:
    """The work is over. Twice is once."""
    held = acts.held(campaign)
    if held.state == CampaignState.CLOSED:
        return held
    behalf = acts.allowed(actor, "campaign.close", held.place())
    before = acts.move_campaign(held, "close", now=now)
    acts.note("campaign.close", held, actor=actor, behalf=behalf, now=now, before=before)
    return held


@transaction.atomic
def reopen_campaign(
    *, campaign: Campaign, reason: str, now: datetime, actor: Actor | None
) -> Campaign:
    """The work goes on after all. The archive stays closed."""
    held, behalf, words = _led(campaign, "campaign.reopen", reason, actor)
    if held.is_archive:
        raise Refusal("Une campagne de l’archive reste close.")
    before = acts.move_campaign(held, "reopen", now=now)
    acts.explain(held, kind="campaign.reopen", reason=words, actor=actor, now=now)
    acts.note("campaign.reopen", held, actor=actor, behalf=behalf, now=now, before=before)
    return held


def _led(
    campaign: Campaign, right: str, reason: str, actor: Actor | None
) -> tuple[Campaign, int | None, str]:
    """The campaign, held, for an act that wants a reason; on whose behalf it is done; why."""
    held = acts.held(campaign)
    behalf = acts.allowed(actor, right, held.place())
    return held, behalf, acts.need_reason(reason)
