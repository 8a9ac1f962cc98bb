"""What the public page of a call shows: its deadline everywhere, its texts, and how one chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page

from traam.campaigns import queries
from traam.campaigns.models import Brief, Campaign, Theme, ThemeAcademy
from traam.campaigns.rules import explaining
from traam.campaigns.rules.calendar import Milestone, phase_at
from traam.campaigns.rules.explaining import Share, Weighed
from traam.campaigns.rules.hours import LocalHour, elsewhere
from traam.campaigns.rules.life import CampaignState


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call that has opened, as everyone reads it."""

    campaign: Campaign
    phase: CampaignState
    opens_at: datetime | None
    closes_at: datetime | None
    hours: tuple[LocalHour, ...]
    dates: tuple[tuple[str, datetime], ...]
    brief: Brief | None
    themes: Page[Theme]
    retained: Mapping[int, list[ThemeAcademy]]  # by the key of the theme, once announced
    answering: tuple[str, ...]
    hard_rules: tuple[str, ...]
    shares: tuple[Share, ...]
    weighed: tuple[Weighed, ...]
    advice: str
    commitments: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.phase == CampaignState.CALL_OPEN


def call_page(campaign: Campaign, now: datetime, page: str | None) -> CallPage | None:
    """The call of a public campaign that was led here, with this page of its themes; None for one
    of the archive."""
    if campaign.is_archive:
        return None
    calendar, rules = campaign.calendar, campaign.call_rules
    closes_at = calendar.closes_at
    themes = queries.page_of_call(campaign, page=page)
    return CallPage(
        campaign=campaign,
        phase=phase_at(CampaignState(campaign.state), calendar, now),
        opens_at=calendar.opens_at,
        closes_at=closes_at,
        hours=tuple(elsewhere(closes_at)) if closes_at else (),
        dates=tuple((each.label, at) for each in Milestone if (at := calendar.at(each))),
        brief=queries.brief_of(campaign),
        themes=themes,
        retained=queries.retained_of(campaign, themes),
        answering=tuple(explaining.answering(rules)),
        hard_rules=tuple(explaining.hard_rules(rules)),
        shares=tuple(explaining.shares(rules)),
        weighed=tuple(explaining.weighed(rules)),
        advice=explaining.ADVICE,
        commitments=tuple(one.label for one in rules.commitments),
    )
