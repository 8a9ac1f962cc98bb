"""What the pages read: every academy in its place, in as many queries for one row as for three."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from tests.campaigns.factories import (
    CampaignFactory,
    ThemeAcademyFactory,
    ThemeFactory,
    ThemeTermFactory,
)
from tests.reference.factories import AcademyFactory
from traam.campaigns import queries
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.life import Part

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


def theme_with_two_academies(**fields: object) -> Theme:
    theme = ThemeFactory(**fields)
    ThemeTermFactory(theme=theme)
    ThemeAcademyFactory(theme=theme)
    ThemeAcademyFactory(theme=theme, part=Part.ASSOCIATED)
    return theme


def test_campaigns_come_latest_first_with_their_counts() -> None:
    old, unknown, late = (
        CampaignFactory(first_year=2008),
        CampaignFactory(of_no_year=True),
        CampaignFactory(first_year=2021, last_year=2023),
    )
    theme_with_two_academies(campaign=old)
    theme_with_two_academies(campaign=old)

    found = list(queries.for_list())

    assert found == [late, old, unknown]
    assert [one.theme_count for one in found] == [0, 2, 0]
    assert [one.academy_count for one in found] == [0, 4, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_campaigns_asks_one_query(rows: int, django_assert_num_queries: Queries) -> None:
    for _ in range(rows):
        theme_with_two_academies()

    with django_assert_num_queries(1):
        assert len([(one.label, one.theme_count) for one in queries.for_list()]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_themes_of_a_campaign_ask_three_queries(
    rows: int, django_assert_num_queries: Queries
) -> None:
    campaign = CampaignFactory(first_year=2016)
    for _ in range(rows):
        theme_with_two_academies(campaign=campaign)

    # Their count, the themes, their participations.
    with django_assert_num_queries(3):
        found = queries.themes_of_campaign(campaign, page=None)
        said = [one.academies_known for one in found]

    assert said == ["1 connue, d’autres peut-être"] * rows


def test_page_of_a_theme_has_its_academies_by_name_with_their_part(
    django_assert_num_queries: Queries,
) -> None:
    theme = ThemeFactory(academies_total=7)
    for name, part in (("Reims", Part.WITHDRAWN), ("Lille", Part.RETAINED)):
        ThemeAcademyFactory(theme=theme, academy=AcademyFactory(name=name), part=part)
    ThemeAcademyFactory(theme=theme, academy=AcademyFactory(name="Paris"), part=Part.ASSOCIATED)

    # The theme and its campaign, its terms, its academies.
    with django_assert_num_queries(3):
        found = queries.theme(code=theme.code)
        assert found is not None
        rows = [(one.academy.name, one.part) for one in found.participations.all()]
        label = found.campaign.label

    assert rows == [("Lille", "retained"), ("Paris", "associated"), ("Reims", "withdrawn")]
    assert label == theme.campaign.year
    assert found.academies_known == "2 connues sur 7"


def test_what_does_not_exist_is_none() -> None:
    assert queries.campaign(year="1999-2000") is None
    assert queries.theme(code="rien") is None


def test_themes_of_an_academy_hold_those_of_the_academies_it_was_made_from() -> None:
    normandie = AcademyFactory(code="70")
    caen = AcademyFactory(code="05", successor=normandie, valid_to=date(2019, 12, 31))
    before = ThemeAcademyFactory(academy=caen, theme__campaign__first_year=2017).theme
    after = ThemeAcademyFactory(academy=normandie, theme__campaign__first_year=2020).theme
    ThemeAcademyFactory(theme=after, academy=caen)
    ThemeAcademyFactory()

    assert list(queries.themes_of_academy(code="70", page=None)) == [after, before]
    assert list(queries.themes_of_academy(code="05", page=None)) == [after, before]


def test_themes_of_an_academy_are_listed_latest_first_then_by_discipline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    academy = AcademyFactory()
    years = {"svt-1": 2016, "eps-1": 2016, "svt-2": 2020, "sans-annee": None}
    for code, year in years.items():
        campaign = Campaign.objects.filter(first_year=year).first() or (
            CampaignFactory(first_year=year)
            if year
            else CampaignFactory(year="annee-inconnue", first_year=None, last_year=None)
        )
        ThemeAcademyFactory(academy=academy, theme=ThemeFactory(code=code, campaign=campaign))
    monkeypatch.setattr(queries, "PER_PAGE", 3)

    pages = [queries.themes_of_academy(code=academy.code, page=page) for page in ("1", "2")]

    assert [[theme.code for theme in page] for page in pages] == [
        ["svt-2", "eps-1", "svt-1"],
        ["sans-annee"],
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_themes_of_an_academy_ask_four_queries(
    rows: int, django_assert_num_queries: Queries
) -> None:
    academy = AcademyFactory()
    for _ in range(rows):
        ThemeAcademyFactory(academy=academy)

    # The academies, the count of their themes, the keys of the page, the themes.
    with django_assert_num_queries(4):
        found = queries.themes_of_academy(code=academy.code, page=None)
        said = [one.campaign.label for one in found]

    assert len(said) == rows


def test_themes_without_a_title_are_no_candidates_for_productions() -> None:
    theme = theme_with_two_academies(title="La biodiversité")
    ThemeFactory(of_no_title=True)

    (candidate,) = queries.candidates()

    assert candidate.code == theme.code
    assert candidate.disciplines == {"SVT"}
    assert candidate.years == theme.campaign.years
