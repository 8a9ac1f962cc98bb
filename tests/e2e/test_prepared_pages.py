"""Each page where a campaign is prepared, on the demonstration: accessible, and fit for a phone."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.looking import faults
from tests.e2e.serving import Visit

pytestmark = pytest.mark.browser

HERE = "/preparation/campagnes/{year}/"
PAGES = {
    "campaigns": "/preparation/campagnes/",
    "a new campaign": "/preparation/campagnes/nouvelle/",
    "a campaign in preparation": HERE,
    "its calendar": f"{HERE}calendrier/",
    "its rules": f"{HERE}regles/",
    "its questions": f"{HERE}questions/",
    "its call, before": f"{HERE}appel/",
    "its cahier des charges": f"{HERE}cahier-des-charges/",
    "the cahier des charges, written": f"{HERE}cahier-des-charges/modifier/",
    "a new theme": f"{HERE}themes/nouveau/",
    "a theme": "/preparation/themes/{theme}/",
    "a theme, written": "/preparation/themes/{theme}/modifier/",
    "the people of a theme": "/preparation/themes/{theme}/personnes/",
    "a campaign whose call is open": "/preparation/campagnes/{open}/",
    "its call, after": "/preparation/campagnes/{open}/appel/",
    "its rules, explained to all": "/campagnes/{open}/",
}


@dataclass
class Pilot:
    """The page of the pilot, and what they find there: `open`, `year`, `theme`."""

    page: Page
    found: dict[str, str]


@pytest.fixture(scope="module")
def pilot(visit: Visit) -> Pilot:
    page = visit("pilote-national").new_page()
    page.goto("/preparation/campagnes/")
    found = {
        name: _year(page.locator(".campaigns-list__one", has_text=state).first)
        for name, state in (("year", "en préparation"), ("open", "appel ouvert"))
    }
    page.goto(f"/preparation/campagnes/{found['year']}/")
    address = page.locator(".campaigns-texts a").first.get_attribute("href") or ""
    return Pilot(page, found | {"theme": address.rstrip("/").rsplit("/", 1)[-1]})


def _year(campaign: Locator) -> str:
    href = campaign.locator("h2 a").get_attribute("href") or ""
    year = re.search(r"(\d{4}-\d{4})", href)
    assert year, href
    return year[1]


@pytest.mark.parametrize("kind", PAGES)
def test_page_has_no_accessibility_violation(kind, pilot) -> None:
    assert faults(pilot.page, PAGES[kind].format(**pilot.found)) == []
