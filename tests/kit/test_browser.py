"""The layout in a real browser: under the CSP, on a phone, and without script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

PHONE = {"width": 375, "height": 800}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:No directory at"),  # WhiteNoise, before the collection
]


@pytest.fixture
def phone(browser: Browser, site, live_server) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def bare_phone(browser: Browser, site, live_server) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = browser.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_pages_break_no_rule_of_the_csp_and_miss_no_file(phone) -> None:
    said, missed = [], []
    phone.on("console", lambda message: said.append(message.text) if message.type == "error" else 0)
    phone.on("pageerror", lambda error: said.append(str(error)))
    phone.on("response", lambda answer: missed.append(answer.url) if answer.status >= 400 else 0)

    phone.goto("/composants/", wait_until="networkidle")

    assert (said, missed) == ([], [])
    assert phone.evaluate("document.documentElement.dataset.frTheme") == "light"


def test_page_is_no_wider_than_the_phone(phone) -> None:
    phone.goto("/composants/", wait_until="networkidle")

    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_titles_of_a_text_are_no_larger_than_that_of_its_part(phone) -> None:
    phone.goto("/composants/", wait_until="networkidle")
    titles = "<h3>Trois</h3><h4>Quatre</h4><h5>Cinq</h5>"
    text = f'<h2 class="fr-h4">Deux</h2><div class="kit-reading">{titles}</div>'
    sizes = """(text) => {
      const main = document.querySelector("main");
      main.innerHTML = text;
      return [...main.querySelectorAll("h2, h3, h4, h5")].map(
        (one) => parseFloat(getComputedStyle(one).fontSize));
    }"""

    found = phone.evaluate(sizes, text)

    assert found == sorted(found, reverse=True)
    assert found[0] > found[1] > found[2]


def test_table_whose_rows_are_blocks_is_still_a_table_for_a_screen_reader(phone) -> None:
    phone.goto("/composants/", wait_until="networkidle")
    stacked = phone.locator(".kit-table--stacked").first

    assert (
        stacked.locator("td").first.evaluate("one => getComputedStyle(one).display") != "table-cell"
    )
    assert {"table", "columnheader", "row", "cell"} <= set(
        re.findall(r"- (\w+)", stacked.aria_snapshot())
    )


def test_menu_opens_on_a_phone(phone) -> None:
    phone.goto("/", wait_until="networkidle")
    link = phone.locator("#menu a", has_text="Accueil")

    assert not link.is_visible()
    phone.get_by_role("button", name="Menu").click()
    link.wait_for(state="visible")


def test_menu_is_there_without_script(bare_phone) -> None:
    bare_phone.goto("/")

    assert bare_phone.locator("#menu a", has_text="Accueil").is_visible()
    assert bare_phone.get_by_role("link", name="Se connecter").is_visible()
    assert not bare_phone.locator("#menu-bouton").is_visible()


def test_sheet_opens_and_closes_without_script(bare_phone) -> None:
    bare_phone.goto("/composants/")
    sheet = bare_phone.locator("#filtres")

    assert not sheet.is_visible()
    bare_phone.get_by_role("link", name="Filtrer (2)").click()
    assert sheet.is_visible()
    bare_phone.get_by_role("link", name="Voir les 42 résultats").click()
    assert not sheet.is_visible()


def test_sheet_closes_with_escape(phone) -> None:
    phone.goto("/composants/", wait_until="networkidle")
    phone.get_by_role("link", name="Filtrer (2)").click()

    phone.keyboard.press("Escape")

    phone.locator("#filtres").wait_for(state="hidden")


def test_password_can_be_seen(phone) -> None:
    phone.goto("/composants/", wait_until="networkidle")

    phone.locator("label[for=id_secret-voir]").click()

    assert phone.locator("#id_secret").get_attribute("type") == "text"
