"""The choice in a real browser: deliberated by keyboard, on a projector, on a phone, accessible."""

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
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.conftest import ROOT, _free_port, _ready

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

COMPARED = "/selection/{year}/variantes/comparer/?une={variant}&autre={other}"
PAGES = {
    "a theme, for its expert": ("expert", "/selection/themes/{theme}/"),
    "a theme, for the pilot": ("pilote-national", "/selection/themes/{theme}/"),
    "a decision to take": ("expert", "/selection/dossiers/{case}/decision/"),
    "a decision taken": ("expert", "/selection/dossiers/{out}/decision/"),
    "the proposal of a theme": ("expert", "/selection/themes/{theme}/proposition/"),
    "the arbitration": ("pilote-national", "/selection/{year}/arbitrage/"),
    "the whole proposal": ("pilote-national", "/selection/{year}/arbitrage/proposition/"),
    "the variants": ("pilote-national", "/selection/{year}/variantes/"),
    "a variant": ("pilote-national", "/selection/variantes/{variant}/"),
    "two variants": ("pilote-national", COMPARED),
}
LOOKS = {
    "projector": {"viewport": {"width": 1920, "height": 1080}},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 375, "height": 740}, "has_touch": True},
}


@pytest.fixture(scope="module")
def study() -> Iterator[dict[str, object]]:
    """The address of a campaign to choose, and the keys of what it holds."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="traam-choix-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAAM_")}
        settings = {"DJANGO_SETTINGS_MODULE": "traam.config.settings", "TRAAM_DATA": folder}
        environ = kept | settings | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        prepare = [sys.executable, "-m", "tests.e2e.choices"]
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


def test_what_if_answers_by_keyboard_without_leaving_the_page(as_persona, study) -> None:
    page = as_persona("expert", **LOOKS["desktop"]).new_page()
    page.goto(f"/selection/themes/{study['theme']}/")
    page.evaluate("document.body.dataset.same = 'yes'")

    page.locator(f"button[value='{study['case']}:out']").focus()
    page.keyboard.press("Enter")

    panel = page.locator("#et-si")
    expect(panel.locator("h2")).to_contain_text("Projet de")
    expect(panel).to_contain_text("Coût")
    assert page.locator("body").get_attribute("data-same") == "yes"
    assert page.url.endswith(f"/selection/themes/{study['theme']}/")
    assert Axe().run(page).response["violations"] == []

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
    for look in ("desktop", "projector"):
        page = as_persona("expert", **LOOKS[look]).new_page()
        page.goto(f"/selection/themes/{study['theme']}/")
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
