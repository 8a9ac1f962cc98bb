"""Campaigns, their themes, and the texts that are signed."""

from traam.campaigns.models.campaign import (
    Campaign,
    CampaignQuerySet,
    MilestoneDate,
    Questionnaire,
    campaign_flags,
    flag_paths,
)
from traam.campaigns.models.signing import Brief, CampaignEvent, Signature, TextVersion
from traam.campaigns.models.theme import (
    YEAR_MAX,
    Adoption,
    Axis,
    Theme,
    ThemeAcademy,
    ThemeTerm,
)

__all__ = [
    "YEAR_MAX",
    "Adoption",
    "Axis",
    "Brief",
    "Campaign",
    "CampaignEvent",
    "CampaignQuerySet",
    "MilestoneDate",
    "Questionnaire",
    "Signature",
    "TextVersion",
    "Theme",
    "ThemeAcademy",
    "ThemeTerm",
    "campaign_flags",
    "flag_paths",
]
