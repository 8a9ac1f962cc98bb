"""The announcement and what follows it in a real browser: accessible, on a phone too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.looking import faults
from tests.e2e.serving import Visit, served, visits

pytestmark = pytest.mark.browser

PILOT, LILLE, NANTES = "pilote-national", "dan-lille", "dan-nantes"
# Of these parts, what `test_every_page` does not meet: other states, pages that no link opens now.
PAGES = {
    "announcement made": (PILOT, "/selection/{announced}/annonce/"),
    "announcement taken back": (PILOT, "/selection/{announced}/annonce/reprendre/"),
    "letter": (PILOT, "/selection/lettres/{letter}/"),
    "letter retouched": (PILOT, "/selection/lettres/{retouched}/"),
    "letter sent": (PILOT, "/selection/lettres/{sent}/"),
    "participations before": (PILOT, "/selection/{year}/participations/"),
    "replies": (PILOT, "/selection/{announced}/reponses/"),
    "a reply": (PILOT, "/selection/reponses/{reply}/"),
    "decision, refused": (NANTES, "/selection/decisions/{refused}/"),
    "decision, called": (LILLE, "/selection/decisions/{called}/"),
}


@pytest.fixture(scope="module")
def told(base: Path) -> Iterator[dict[str, object]]:
    """The address of the site, and the keys of what the pages show."""
    with served(base, "announcements") as site:
        yield {**site.found, "address": site.address}


@pytest.fixture
def as_persona(browser: Browser, told) -> Iterator[Visit]:
    """A browser signed in as a persona, which nobody else has used."""
    with visits(browser, told["address"]) as visit:
        yield visit


def test_pages_are_accessible_and_fit_their_screen(as_persona, told) -> None:
    pages = {who: as_persona(who).new_page() for who in (PILOT, LILLE, NANTES)}
    wrong = [
        each
        for name, (who, address) in PAGES.items()
        for each in faults(pages[who], address.format(**told), shot=name)
    ]

    assert wrong == []


def test_place_is_accepted_then_announced_decisions_follow_in_the_browser(as_persona, told) -> None:
    """By keyboard: from « Ma journée » to the accepted place."""
    page = as_persona(LILLE).new_page()
    page.goto(f"/selection/decisions/{told['called']}/")

    page.get_by_role("link", name="Accepter la place").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Accepter la place").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/selection/decisions/**")

    assert "La place est acceptée" in page.inner_text("main")
    assert page.get_by_role("link", name="Retirer l’académie du thème").count() == 1


def test_decisions_are_announced_by_their_button_in_the_browser(as_persona, told) -> None:
    page = as_persona(PILOT).new_page()
    page.goto(f"/selection/{told['year']}/annonce/")

    page.get_by_label("J’ai relu").check(force=True)
    page.get_by_role("button", name="Annoncer les décisions").click()
    page.wait_for_selector("text=Les lettres sont parties")

    page.goto("/themes/theme-2088-0/")
    assert "Lille" in page.inner_text("main")
