"""The page of a campaign names the academies that take part, once they are announced."""

import pytest

from tests.campaigns.factories import ThemeAcademyFactory, ThemeFactory
from traam.campaigns import queries
from traam.campaigns.models import Theme
from traam.campaigns.rules.life import ANNOUNCED_ON, CampaignState, Part

pytestmark = pytest.mark.django_db


def announced(state: CampaignState = CampaignState.ANNOUNCED) -> Theme:
    return ThemeFactory(signed=True, campaign__state=state, campaign__is_archive=False)


@pytest.mark.parametrize("state", CampaignState)
def test_academies_of_a_campaign_are_named_from_its_announcement_on(state):
    theme = announced(state)
    member = ThemeAcademyFactory(theme=theme)

    expected = {theme.pk: [member]} if state in ANNOUNCED_ON else {}

    assert queries.retained_of(theme.campaign, [theme]) == expected


def test_academies_of_a_theme_come_before_those_associated_and_without_those_that_left():
    theme = announced()
    associated = ThemeAcademyFactory(theme=theme, part=Part.ASSOCIATED)
    member = ThemeAcademyFactory(theme=theme)
    ThemeAcademyFactory(theme=theme, part=Part.WITHDRAWN)

    assert queries.retained_of(theme.campaign, [theme]) == {theme.pk: [member, associated]}


@pytest.mark.parametrize("count", [1, 3])
def test_academies_of_a_campaign_cost_one_query(count, django_assert_num_queries):
    theme = announced()
    ThemeAcademyFactory.create_batch(count, theme=theme)

    with django_assert_num_queries(1):  # the parts with their academies
        found = queries.retained_of(theme.campaign, [theme])
        assert len({one.academy.name for one in found[theme.pk]}) == count
