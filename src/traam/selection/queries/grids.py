"""The grid by which the reviews of a campaign are written, and the words of its scale."""

from traam.campaigns.models import Campaign
from traam.campaigns.rules.grid import Grid

USUAL_MAXIMUM = 5
_WORDS = ("absent", "très insuffisant", "insuffisant", "correct", "bon", "excellent")


def grid_of(campaign: Campaign) -> Grid:
    """Its grid: frozen with the rules once the first review has begun."""
    return Grid.read(campaign.call_rules.grid.as_data())


def meaning(score: int, maximum: int) -> str:
    """« bon »: what a score says, on any scale from 0 to `maximum`."""
    return _WORDS[round(score * USUAL_MAXIMUM / maximum)]
