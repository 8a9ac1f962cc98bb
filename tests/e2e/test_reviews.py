"""Reviews in a real browser: written by keyboard and by itself, accessible, on a phone too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.looking import faults
from tests.e2e.serving import Visit, served, visits

pytestmark = pytest.mark.browser

SAVED = "#enregistrement[data-state=saved]"
# Of these parts, what `test_every_page` does not meet: other states, pages that no link opens now.
PAGES = {
    "home of a reviewer": ("expert", "/selection/"),
    "my reviews": ("expert", "/selection/{year}/avis/"),
    "a review being written": ("expert", "/selection/avis/{begun}/"),
    "a review to begin": ("expert", "/selection/avis/{fresh}/"),
    "a newer version": ("expert", "/selection/avis/{outdated}/"),
    "a closed review": ("expert", "/selection/avis/{closed}/"),
    "a given review": ("pilote-national", "/selection/avis/{given}/"),
    "my conflicts": ("expert", "/selection/{year}/conflits/"),
}


@pytest.fixture(scope="module")
def study(base: Path) -> Iterator[dict[str, object]]:
    """The address of a campaign under study, and the keys of what it holds."""
    with served(base, "studies") as site:
        yield {**site.found, "address": site.address}


@pytest.fixture
def as_persona(browser: Browser, study) -> Iterator[Visit]:
    """A browser signed in as a persona, which nobody else has used."""
    with visits(browser, study["address"]) as visit:
        yield visit


def written(context: BrowserContext, key: object) -> Page:
    """The form of a review, whose script is at work."""
    page = context.new_page()
    page.goto(f"/selection/avis/{key}/")
    page.wait_for_selector("form[data-ready=yes]")
    return page


def test_pages_are_accessible_and_fit_their_screen(as_persona, study) -> None:
    pages = {who: as_persona(who).new_page() for who in ("pilote-national", "expert")}
    wrong = [
        each
        for name, (who, address) in PAGES.items()
        for each in faults(pages[who], address.format(**study), shot=name)
    ]

    assert wrong == []


def test_grid_is_filled_by_keyboard_and_saves_itself(as_persona, study) -> None:
    page = written(as_persona("expert"), study["begun"])

    page.locator("input[name=score_fit]").first.focus()
    for digit in "43521":
        page.keyboard.press(digit)
    page.keyboard.type("Un protocole clair.")
    expect(page.locator("#total")).to_contain_text("12,92 sur 20")
    page.wait_for_selector(f"{SAVED}:has-text('Enregistré à')")
    page.reload()

    assert page.locator("#comment").input_value() == "Un protocole clair."
    assert page.locator("input[name=score_team]:checked").get_attribute("value") == "2"


def test_two_tabs_lose_nothing(as_persona, study) -> None:
    context = as_persona("expert")
    pages = [written(context, study["begun"]) for _ in range(2)]

    for page, text in zip(pages, ("Le premier.", "Le second."), strict=True):
        page.locator("#advice").fill(text)
        page.wait_for_selector(f"{SAVED}:has-text('Enregistré à')")
    rival = pages[1].locator("#champ-advice .selection-rival")
    expect(rival).to_contain_text("Le premier.")
    expect(rival).to_contain_text("Le second.")
    rival.get_by_role("button", name="Mettre les deux").click()

    expect(pages[1].locator("#advice")).to_have_value("Le premier.\n\nLe second.")


def test_what_a_living_tab_is_writing_is_not_taken_by_another(as_persona, study) -> None:
    context = as_persona("expert")
    first = written(context, study["begun"])
    first.route(
        "**/*", lambda route: route.abort() if route.request.method == "POST" else route.fallback()
    )

    first.locator("#comment").fill("Pas encore parti du premier.")
    first.wait_for_timeout(300)
    second = written(context, study["begun"])

    assert second.locator("#comment").input_value() != "Pas encore parti du premier."


def test_nothing_typed_is_lost_when_the_network_goes(as_persona, study) -> None:
    context = as_persona("expert")
    page = written(context, study["outdated"])

    context.set_offline(True)
    page.locator("#comment").fill("Écrit sans réseau.")
    page.wait_for_selector("#enregistrement[data-state=absent]")
    context.set_offline(False)
    page.wait_for_selector(f"{SAVED}:has-text('Enregistré à')")
    page.reload()

    assert page.locator("#comment").input_value() == "Écrit sans réseau."
