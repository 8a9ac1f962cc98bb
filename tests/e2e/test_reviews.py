"""Reviews in a real browser: written by keyboard and by itself, accessible, on a phone too."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import ROOT, _free_port, _ready

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAVED = "#enregistrement[data-state=saved]"
PAGES = {
    "home of the pilot": ("pilote-national", "/selection/"),
    "home of a reviewer": ("expert", "/selection/"),
    "all the reviews": ("pilote-national", "/selection/{year}/avis/"),
    "my reviews": ("expert", "/selection/{year}/avis/"),
    "a review being written": ("expert", "/selection/avis/{begun}/"),
    "a review to begin": ("expert", "/selection/avis/{fresh}/"),
    "a newer version": ("expert", "/selection/avis/{outdated}/"),
    "a closed review": ("expert", "/selection/avis/{closed}/"),
    "a given review": ("pilote-national", "/selection/avis/{given}/"),
    "a review declined": ("expert", "/selection/avis/{begun}/decliner/"),
    "assignment": ("pilote-national", "/selection/{year}/affectation/?theme={theme}"),
    "assignment foreseen": ("pilote-national", "/selection/{year}/affectation/automatique/"),
    "conflicts": ("pilote-national", "/selection/{year}/conflits/"),
    "a conflict": ("pilote-national", "/selection/conflits/{conflict}/"),
    "my conflicts": ("expert", "/selection/{year}/conflits/"),
    "a tie declared": ("expert", "/selection/{year}/conflits/declarer/"),
}
LOOKS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 375, "height": 740}, "has_touch": True},
}


@pytest.fixture(scope="module")
def study() -> Iterator[dict[str, object]]:
    """The address of a campaign under study, and the keys of what it holds."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="traam-avis-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAAM_")}
        settings = {"DJANGO_SETTINGS_MODULE": "traam.config.settings", "TRAAM_DATA": folder}
        environ = kept | settings | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        prepare = [sys.executable, "-m", "tests.e2e.studies"]
        done = subprocess.run(prepare, env=environ, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        address = f"http://127.0.0.1:{port}"
        log = Path(folder) / "serveur.log"
        serve = [sys.executable, "-m", "traam", "serve", "--port", str(port), "--no-worker"]
        with log.open("w") as out:
            process = subprocess.Popen(serve, env=environ, stdout=out, stderr=subprocess.STDOUT)
        try:
            for _ in range(300):
                if process.poll() is not None or _ready(address):
                    break
                time.sleep(0.2)
            assert _ready(address), log.read_text()[-4000:]
            yield {**json.loads(done.stdout), "address": address}
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


@pytest.fixture
def as_persona(browser: Browser, study) -> Iterator[Callable[..., BrowserContext]]:
    """A browser signed in as a persona."""
    opened = []

    def make(persona: str, **options: object) -> BrowserContext:
        context = browser.new_context(base_url=study["address"], locale="fr-FR", **options)
        opened.append(context)
        page = context.new_page()
        page.goto("/connexion/demo/")
        page.locator(f"button[value={persona}]").click()
        page.wait_for_url("**/tableau-de-bord/")
        page.close()
        return context

    yield make
    for context in opened:
        context.close()


def written(context: BrowserContext, key: object) -> Page:
    """The form of a review, whose script is at work."""
    page = context.new_page()
    page.goto(f"/selection/avis/{key}/")
    page.wait_for_selector("form[data-ready=yes]")
    return page


@pytest.mark.parametrize("look", LOOKS)
def test_pages_are_accessible_and_fit_their_screen(as_persona, study, look) -> None:
    wrong = []
    contexts = {who: as_persona(who, **LOOKS[look]) for who in ("pilote-national", "expert")}
    for name, (who, address) in PAGES.items():
        page = contexts[who].new_page()
        page.goto(address.format(**study))
        found = Axe().run(page).response["violations"]
        wrong += [f"{name}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{name}: wider than the screen")
        page.close()

    assert not wrong, "\n".join(wrong)


def test_grid_is_filled_by_keyboard_and_saves_itself(as_persona, study) -> None:
    page = written(as_persona("expert"), study["begun"])

    page.locator("input[name=score_fit]").first.focus()
    for digit in "43521":
        page.keyboard.press(digit)
    page.keyboard.type("Un protocole clair.")
    expect(page.locator("#total")).to_contain_text("12,92 sur 20", timeout=10_000)
    page.wait_for_selector(f"{SAVED}:has-text('Enregistré à')")
    page.reload()

    assert page.locator("#comment").input_value() == "Un protocole clair."
    assert page.locator("input[name=score_team]:checked").get_attribute("value") == "2"


def test_two_tabs_lose_nothing(as_persona, study) -> None:
    context = as_persona("expert")
    pages = [written(context, study["begun"]) for _ in range(2)]

    for page, text in zip(pages, ("Le premier.", "Le second."), strict=True):
        page.locator("#advice").fill(text)
        page.wait_for_selector(f"{SAVED}:has-text('Enregistré à')", timeout=10_000)
    rival = pages[1].locator("#champ-advice .selection-rival")
    expect(rival).to_contain_text("Le premier.")
    expect(rival).to_contain_text("Le second.")
    rival.get_by_role("button", name="Mettre les deux").click()

    expect(pages[1].locator("#advice")).to_have_value("Le premier.\n\nLe second.", timeout=10_000)


def test_nothing_typed_is_lost_when_the_network_goes(as_persona, study) -> None:
    context = as_persona("expert")
    page = written(context, study["outdated"])

    context.set_offline(True)
    page.locator("#comment").fill("Écrit sans réseau.")
    page.wait_for_selector("#enregistrement[data-state=absent]", timeout=10_000)
    context.set_offline(False)
    page.wait_for_selector(f"{SAVED}:has-text('Enregistré à')", timeout=40_000)
    page.reload()

    assert page.locator("#comment").input_value() == "Écrit sans réseau."
