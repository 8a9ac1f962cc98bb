"""Writing a production in a real browser: saved as it is typed, two people at once, every page fit
for a phone and accessible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.looking import SCREENS, faults
from tests.e2e.serving import Visit, served, visits

pytestmark = pytest.mark.browser

_ONE = "/productions/{draft}/"
# Of these parts, what `test_every_page` does not meet: other states, pages that no link opens now.
PAGES = {
    "its editor": f"{_ONE}modifier/",
    "its files": f"{_ONE}fichiers/",
    "an authorisation": f"{_ONE}fichiers/{{file}}/autorisation/",
    "its lineage": "/productions/{child}/lignee/",
    "what lacks to propose": f"{_ONE}actes/proposer/",
}


@pytest.fixture(scope="module")
def room(base: Path) -> Iterator[dict[str, str]]:
    """The address of a server where a team has productions."""
    with served(base, "scenarios") as site:
        yield {**site.found, "address": site.address}


@pytest.fixture(scope="module")
def as_persona(browser: Browser, room) -> Iterator[Visit]:
    """Opens a browser signed in as a persona."""
    with visits(browser, room["address"]) as visit:
        yield visit


@pytest.fixture(scope="module")
def referent(as_persona: Visit) -> Page:
    """A page of the référent."""
    return as_persona("referent-lille").new_page()


@pytest.mark.parametrize("kind", PAGES)
def test_page_is_accessible_and_fits(kind, referent, room) -> None:
    assert faults(referent, PAGES[kind].format(**room), shot=f"production-{kind}") == []


def test_act_of_the_inspector_is_accessible(as_persona, room) -> None:
    page = as_persona("inspecteur-lille").new_page()

    assert faults(page, f"/productions/{room['proposed']}/actes/valider/") == []


def opened(visit: Visit, persona: str, address: str) -> Page:
    page = visit(persona, **SCREENS["desktop"]).new_page()
    page.goto(address)
    page.locator("form[data-ready=yes]").wait_for()
    return page


def test_what_is_typed_is_saved_without_a_button(as_persona, room) -> None:
    address = f"/productions/{room['child']}/modifier/"
    page = opened(as_persona, "referent-lille", address)

    page.locator("#q-hook").fill("Trois classes comparent leurs mesures.")
    page.locator("#q-hook").blur()
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")

    page.goto(address)
    expect(page.locator("#q-hook")).to_have_value("Trois classes comparent leurs mesures.")


def test_two_people_in_one_field_see_both_texts_and_settle(as_persona, room) -> None:
    address = f"/productions/{room['child']}/modifier/"
    one = opened(as_persona, "referent-lille", address)
    other = opened(as_persona, "enseignant-lille", address)

    one.locator("#q-duration").fill("Deux séances")
    expect(one.locator("#enregistrement")).to_contain_text("Enregistré à")
    other.locator("#q-duration").fill("Quatre séances")

    beside = other.locator("#champ-duration .applications-rival")
    expect(beside).to_contain_text("Deux séances")
    expect(beside).to_contain_text("Quatre séances")
    expect(other.locator("#enregistrement")).to_contain_text("attendent d’être départagés")
    beside.get_by_role("button", name="Garder le texte enregistré").click()
    expect(other.locator("#q-duration")).to_have_value("Deux séances")
    expect(other.locator("#champ-duration .applications-rival")).to_have_count(0)
