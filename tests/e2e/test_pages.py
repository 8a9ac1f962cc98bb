"""Each type of page in a real browser: accessible, light, without cookie, script or stranger."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.looking import FORCED_COLOURS, LOOKS, PHONE, faults

pytestmark = pytest.mark.browser

PUBLIC = {
    "home": "/",
    "search": "/catalogue/?q=classe",
    "search without result": "/catalogue/?q=zzzzzz",
    "search with filters": "/catalogue/?discipline=SVT&tri=recent",
    "notice": "/catalogue/{ark}/",
    "campaigns": "/campagnes/",
    "campaign": "/campagnes/2016-2017/",
    "theme": "/themes/svt-2016-2017-1/",
    "academies": "/academies/",
    "academy": "/academies/09/",
    "accessibility": "/accessibilite/",
    "legal": "/mentions-legales/",
    "personal data": "/donnees-personnelles/",
    "cookies": "/cookies/",
    "site map": "/plan-du-site/",
    "help": "/aide/",
    "components": "/composants/",
    "not found": "/nulle-part/",
}
SIGNING_IN = {"sign in": "/connexion/", "personas": "/connexion/demo/"}
ALL = {name: replace(look, but=(), fits_only=False) for name, look in LOOKS.items()}
ALL |= {"forced colours": FORCED_COLOURS}
WEIGHT_MAX = 250_000  # bytes received on a cold visit, fonts apart


@pytest.fixture(scope="module")
def stranger(browser: Browser, site: str) -> Iterator[Page]:
    """The page of a stranger."""
    context = browser.new_context(base_url=site, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def unscripted(browser: Browser, site: str) -> Iterator[Page]:
    """The page of a stranger on a phone, where no script runs."""
    context = browser.new_context(
        base_url=site, locale="fr-FR", viewport=PHONE, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", PUBLIC | SIGNING_IN)
def test_public_page_has_no_accessibility_violation(kind, stranger, ark) -> None:
    address = (PUBLIC | SIGNING_IN)[kind].format(ark=ark)
    status = 404 if kind == "not found" else 200

    assert faults(stranger, address, status=status, looks=ALL) == []


@pytest.mark.parametrize("kind", PUBLIC)
def test_public_page_is_light_and_keeps_to_itself(kind, page, ark, site) -> None:
    errors: list[str] = []
    weights: dict[str, int] = {}
    page.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    session.on(
        "Network.requestWillBeSent", lambda e: names.update({e["requestId"]: e["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda e: weights.update({names[e["requestId"]]: int(e["encodedDataLength"])}),
    )
    page.goto(PUBLIC[kind].format(ark=ark), wait_until="networkidle")

    strangers = [url for url in names.values() if not url.startswith((site, "data:"))]
    counted = {url: size for url, size in weights.items() if not url.endswith((".woff2", ".woff"))}
    assert strangers == []
    assert page.context.cookies() == []
    assert sum(counted.values()) <= WEIGHT_MAX, sorted(counted.items(), key=lambda one: -one[1])[:5]
    assert [text for text in errors if "404 (Not Found)" not in text or kind != "not found"] == []


@pytest.mark.parametrize("kind", ["home", "search", "notice", "campaign", "theme", "academy"])
def test_public_page_serves_without_javascript(kind, unscripted, ark) -> None:
    unscripted.goto(PUBLIC[kind].format(ark=ark))

    assert unscripted.locator("h1").is_visible()
    assert unscripted.locator("main a").first.is_visible()


def test_search_is_found_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("robotique")
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalogue/?q=robotique")

    assert "robotique" in page.title()


def test_results_while_typing_equal_those_of_the_whole_page(page: Page) -> None:
    page.goto("/catalogue/")
    with page.expect_response(lambda answer: "q=capsule" in answer.url):
        page.locator("#q").press_sequentially("capsule", delay=10)
    page.wait_for_url("**/catalogue/?q=capsule")
    typed = page.locator("#resultats").inner_text()
    page.reload()

    assert page.locator("#resultats").inner_text() == typed
    assert urlsplit(page.url).query == "q=capsule"
