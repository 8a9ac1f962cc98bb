"""The choice in a real browser: deliberated by keyboard, on a projector, on a phone, accessible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.looking import CONTRAST, LOOKS, PHONE, SCREENS, WIDE, Look, faults, violations
from tests.e2e.serving import Visit, served, visits

pytestmark = pytest.mark.browser

COMPARED = "/selection/{year}/variantes/comparer/?une={variant}&autre={other}"
# Of these parts, what `test_every_page` does not meet: other states, pages that no link opens now.
PAGES = {
    "a theme, for its expert": ("expert", "/selection/themes/{theme}/"),
    "a decision taken": ("expert", "/selection/dossiers/{out}/decision/"),
    "the proposal of a theme": ("expert", "/selection/themes/{theme}/proposition/"),
    "the whole proposal": ("pilote-national", "/selection/{year}/arbitrage/proposition/"),
    "a variant": ("pilote-national", "/selection/variantes/{variant}/"),
    "two variants": ("pilote-national", COMPARED),
}
PROJECTED = LOOKS | {"projector": Look(1920, 1080, but=CONTRAST)}


@pytest.fixture(scope="module")
def study(base: Path) -> Iterator[dict[str, object]]:
    """The address of a campaign to choose, and the keys of what it holds."""
    with served(base, "choices") as site:
        yield {**site.found, "address": site.address}


@pytest.fixture
def as_persona(browser: Browser, study) -> Iterator[Visit]:
    """A browser signed in as a persona, which nobody else has used."""
    with visits(browser, study["address"]) as visit:
        yield visit


def test_pages_are_accessible_and_fit_their_screen(as_persona, study) -> None:
    pages = {who: as_persona(who).new_page() for who in ("pilote-national", "expert")}
    wrong = [
        each
        for name, (who, address) in PAGES.items()
        for each in faults(pages[who], address.format(**study), shot=name, looks=PROJECTED)
    ]

    assert wrong == []


def test_what_if_answers_by_keyboard_without_leaving_the_page(as_persona, study) -> None:
    page = as_persona("expert", **SCREENS["desktop"]).new_page()
    page.goto(f"/selection/themes/{study['theme']}/")
    page.evaluate("document.body.dataset.same = 'yes'")

    page.locator(f"button[value='{study['case']}:out']").focus()
    page.keyboard.press("Enter")

    panel = page.locator("#et-si")
    expect(panel.locator("h2")).to_contain_text("Projet de")
    expect(panel).to_contain_text("Coût")
    assert page.locator("body").get_attribute("data-same") == "yes"
    assert page.url.endswith(f"/selection/themes/{study['theme']}/")
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert violations(page) == []
    page.set_viewport_size(WIDE)

    page.locator(f"button[value='{study['out']}:in']").press("Enter")
    expect(panel.locator(".deliberation__tries > li")).to_have_count(2)
    panel.locator("button", has_text="Ne plus l’essayer").first.press("Enter")
    expect(panel.locator(".deliberation__tries > li")).to_have_count(1)


def test_what_if_answers_without_script(as_persona, study) -> None:
    page = as_persona("expert", java_script_enabled=False).new_page()
    page.goto(f"/selection/themes/{study['theme']}/")

    page.locator(f"button[value='{study['case']}:out']").click()
    page.locator(f"button[value='{study['out']}:in']").click()

    expect(page.locator(".deliberation__tries > li")).to_have_count(2)
    expect(page.locator("h1")).to_contain_text("Modéliser le vivant")


def test_projector_reads_larger_than_a_desk(as_persona, study) -> None:
    sizes = {}
    page = as_persona("expert").new_page()
    page.goto(f"/selection/themes/{study['theme']}/")
    for look in ("desktop", "projector"):
        PROJECTED[look].put_on(page)
        cell = page.locator(".deliberation__score").first
        sizes[look] = float(cell.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))

    assert sizes["projector"] >= 1.2 * sizes["desktop"] >= 20


def test_case_in_conflict_is_a_line_without_a_title(as_persona, study) -> None:
    page = as_persona("expert").new_page()
    page.goto(f"/selection/themes/{study['theme']}/")

    expect(page.locator(".deliberation__hidden")).to_have_text(
        "Dossier en conflit d’intérêts pour vous"
    )
    assert "Projet de La Réunion" not in page.content()
