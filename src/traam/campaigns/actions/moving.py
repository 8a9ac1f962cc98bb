"""A campaign that was loaded from a file while its year runs: it leaves the archive, at work."""

from datetime import datetime

from django.db import transaction

from traam.access.actor import Actor
from traam.campaigns import acts
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.kit.clock import day_of
from traam.kit.refusals import Refusal

OVER = (
    "La campagne {} est de l’archive : son année est finie, des équipes ne s’y chargent pas. "
    "Attendu : une campagne de l’année en cours."
)


def moves_in(campaign: Campaign, now: datetime) -> bool:
    """Is it of the archive, and of a year that runs?"""
    starts, ends = campaign.years.starts_on, campaign.years.ends_on
    is_now = starts is not None and ends is not None and starts <= day_of(now) <= ends
    return campaign.is_archive and is_now


@transaction.atomic
def move_in(*, campaign: Campaign, now: datetime, actor: Actor | None) -> Campaign:
    """It is led here from now on, at work; its themes stay as they were loaded. Twice is once.

    Raises `NotAllowed`, or `Refusal` when its year is over.
    """
    held = acts.held(campaign)
    behalf = acts.allowed(actor, "campaign.prepare", held.place())
    if held.state == CampaignState.AT_WORK:
        return held
    if not moves_in(held, now):
        raise Refusal(OVER.format(held.label))
    held.is_archive = False  # first: what is of the archive stays closed
    held.save(update_fields=["is_archive"])
    before = acts.move_campaign(held, "reopen", now=now)
    acts.note("campaign.move_in", held, actor=actor, behalf=behalf, now=now, before=before)
    return held
