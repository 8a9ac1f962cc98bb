"""Noting an observation on a phone: six taps at most, and nothing lost without network."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.e2e.looking import CONTRAST, SCREENS, faults, fits, violations
from tests.e2e.serving import Visit, served, sign_in, visits
from traam.kit.clock import now

pytestmark = pytest.mark.browser

TEACHER, REFERENT = "enseignant-lille", "referent-lille"
TAPS_MAX = 6
LIMIT = 45_000  # milliseconds, from « Ma journée » to the receipt
AT_ONCE = 15_000  # milliseconds, less than the page waits between two attempts
SLOW = {  # « slow 4G »
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SENDING = "**/essais/observer/envoyer/"
MY_DAY, MY_TRIALS, CHOOSER = "/tableau-de-bord/", "/essais/", "/essais/observer/"
# Of these parts, what `test_every_page` does not meet: other states, pages that no link opens now.
PAGES = {
    "one trial": "/essais/",
    "observing": "/essais/observer/",
    "a trial at work": "/essais/{trial}/",
}


def drawn() -> bytes:
    """A picture that the server takes."""
    kept = BytesIO()
    Image.new("RGB", (40, 30), "green").save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture(scope="module")
def study(base: Path) -> Iterator[dict[str, object]]:
    """The address of a server where a teacher has one open trial."""
    with served(base, "trying") as site:
        yield {**site.found, "address": site.address}


@pytest.fixture
def as_persona(browser: Browser, study) -> Iterator[Visit]:
    """A browser signed in as a persona, which nobody else has used."""
    with visits(browser, study["address"]) as visit:
        yield visit


def phone(as_persona: Visit) -> BrowserContext:
    return as_persona(TEACHER, **SCREENS["phone"])


def noted(page: Page, words: str) -> None:
    page.locator("#id_vu").fill(words)
    page.get_by_role("button", name="Enregistrer l’observation").tap()


def test_from_my_day_to_the_receipt_in_six_taps_on_a_slow_phone(as_persona) -> None:
    page, taps = phone(as_persona).new_page(), 0
    page.goto("/tableau-de-bord/")
    device = page.context.new_cdp_session(page)
    device.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    device.send("Network.enable")
    device.send("Network.emulateNetworkConditions", SLOW)
    page.set_default_timeout(LIMIT)

    def tap(target: Locator) -> None:
        nonlocal taps
        taps += 1
        target.tap()

    tap(page.get_by_role("link", name="Noter une observation"))
    page.wait_for_url("**/essais/observer/")
    tap(page.locator("#id_vu"))
    page.keyboard.type("Trois groupes ont repris leurs mesures.")
    for name, outcome in (("i1", "seen"), ("i2", "not_seen"), ("i3", "contrary")):
        tap(page.locator(f"input[name=i_{name}][value={outcome}] + label"))
    tap(page.get_by_role("button", name="Enregistrer l’observation"))

    expect(page.locator("#recus")).to_contain_text("Observation reçue", timeout=LIMIT)
    assert taps == TAPS_MAX


def test_what_is_noted_without_network_waits_on_the_device_then_goes_once(
    as_persona, study
) -> None:
    context = phone(as_persona)
    page = context.new_page()
    page.goto("/essais/observer/")
    waiting = page.locator("#envoi")

    context.set_offline(True)
    noted(page, "Noté sans réseau, une fois.")
    expect(waiting).to_contain_text("Enregistré sur cet appareil · 1 observation non envoyée")
    noted(page, "Noté sans réseau, deux fois.")
    expect(waiting).to_contain_text("Enregistré sur cet appareil · 2 observations non envoyées")
    context.set_offline(False)

    expect(page.locator("#recus li")).to_have_count(2)
    expect(waiting).to_have_text("")
    page.goto(f"/essais/{study['trial']}/")
    for words in ("une fois", "deux fois"):
        assert page.get_by_text(f"Noté sans réseau, {words}.").count() == 1


def left(context: BrowserContext, trial: str, words: str) -> None:
    """Noted without network, in a tab that is closed before the network comes back."""
    page = context.new_page()
    page.goto(f"/essais/{trial}/observer/")
    context.set_offline(True)
    noted(page, words)
    expect(page.locator("#envoi")).to_contain_text("1 observation non envoyée")
    page.close()
    context.set_offline(False)


@pytest.mark.parametrize("address", [MY_DAY, MY_TRIALS, CHOOSER])
def test_what_was_left_on_the_device_goes_from_where_one_comes_back(
    address, as_persona, study
) -> None:
    context = as_persona(REFERENT, **SCREENS["phone"])
    words = f"Laissé avant {address}"
    left(context, "premier", words)

    page = context.new_page()
    page.goto(address)

    expect(page.locator("#recus")).to_contain_text("Observation reçue")
    expect(page.locator("#envoi")).to_have_text("Ce qui attendait sur cet appareil est envoyé.")
    assert violations(page, but=CONTRAST) == []
    page.get_by_role("link", name="Voir ou compléter").tap()
    expect(page.locator("main")).to_contain_text(words)


@pytest.mark.parametrize("address", [MY_DAY, MY_TRIALS, CHOOSER])
def test_what_cannot_go_yet_is_counted_where_one_comes_back(address, as_persona) -> None:
    context = as_persona(REFERENT, **SCREENS["phone"], service_workers="block")
    left(context, "second", "Pas encore parti.")

    page = context.new_page()
    page.route(SENDING, lambda route: route.abort())
    page.goto(address)

    expect(page.locator("#envoi")).to_have_text(
        "Enregistré sur cet appareil · 1 observation non envoyée · "
        "l’envoi se fera au retour du réseau"
    )
    expect(page.locator("#envoi")).to_be_in_viewport()


@pytest.mark.parametrize("address", [MY_DAY, MY_TRIALS, CHOOSER])
def test_another_person_neither_sends_nor_sees_what_this_device_holds(address, as_persona) -> None:
    context = as_persona(REFERENT, **SCREENS["phone"], service_workers="block")
    left(context, "second", "À la référente seule.")
    context.clear_cookies()
    sign_in(context, TEACHER)

    page, asked = context.new_page(), []
    page.route(SENDING, lambda route: (asked.append(route), route.continue_()))
    page.goto(address, wait_until="networkidle")

    expect(page.locator("#envoi")).to_have_text("")
    expect(page.locator("body")).not_to_contain_text("À la référente seule.")
    assert asked == []


def test_what_was_refused_says_from_my_day_where_it_is_put_right(as_persona) -> None:
    context = as_persona(REFERENT, **SCREENS["phone"])
    left(context, "premier", "Écrire à m.d@ac-lille.fr")
    page = context.new_page()
    page.goto(MY_DAY)

    expect(page.locator("#envoi")).to_have_text("1 observation à corriger")
    refused = page.locator("#a-envoyer")
    expect(refused).to_contain_text("(essai « Le premier essai »)")
    assert fits(page)
    refused.get_by_role("link", name="Corriger").tap()
    page.wait_for_url("**/essais/premier/observer/")
    expect(page.locator("#id_vu")).to_have_value("Écrire à m.d@ac-lille.fr")
    noted(page, "Sans adresse.")

    expect(page.locator("#recus")).to_contain_text("Observation reçue")
    expect(refused.locator("li")).to_have_count(0)


def test_network_back_during_an_attempt_that_fails_is_used_at_once(as_persona) -> None:
    page = as_persona(TEACHER, **SCREENS["phone"], service_workers="block").new_page()
    page.goto("/essais/observer/")
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        route.continue_() if held else held.append(route)

    page.route(SENDING, hold_the_first)
    with page.expect_request(SENDING):
        noted(page, "Noté quand le réseau revenait.")
    while not held:
        page.wait_for_timeout(50)

    page.evaluate("dispatchEvent(new Event('online'))")
    held[0].abort()

    expect(page.locator("#recus")).to_contain_text("Observation reçue", timeout=AT_ONCE)


def test_what_the_server_fails_to_take_holds_back_nothing_behind_it(as_persona) -> None:
    context = as_persona(TEACHER, **SCREENS["phone"], service_workers="block")
    page = context.new_page()
    page.goto("/essais/observer/")

    def fail_the_first(route: Route) -> None:
        is_first = "Noté avant la panne.".encode() in (route.request.post_data_buffer or b"")
        route.fulfill(status=500) if is_first else route.continue_()

    page.route(SENDING, fail_the_first)
    noted(page, "Noté avant la panne.")
    expect(page.locator("#envoi")).to_contain_text("1 observation non envoyée")
    noted(page, "Noté derrière elle.")

    expect(page.locator("#recus li")).to_have_count(1)
    expect(page.locator("#envoi")).to_have_text(
        "Enregistré sur cet appareil · 1 observation non envoyée · "
        "le serveur n’a pas pu tout recevoir, nouvel essai sous peu"
    )


def test_what_the_server_refuses_stays_on_the_device_to_be_put_right(as_persona) -> None:
    page = phone(as_persona).new_page()
    page.goto("/essais/observer/")

    noted(page, "Écrire à m.d@ac-lille.fr")
    refused = page.locator("#a-envoyer")
    expect(refused).to_contain_text("ressemble à une adresse électronique")
    refused.get_by_role("button", name="Corriger").tap()
    expect(page.locator("#id_vu")).to_have_value("Écrire à m.d@ac-lille.fr")
    noted(page, "Sans adresse.")

    expect(page.locator("#recus")).to_contain_text("Observation reçue")
    expect(refused.locator("li")).to_have_count(0)


def test_question_of_a_picture_is_asked_before_it_is_kept_without_network_too(as_persona) -> None:
    context = phone(as_persona)
    page = context.new_page()
    page.goto("/essais/observer/")
    context.set_offline(True)
    page.locator("summary").tap()
    question, allowed = page.locator("#id_reconnaissable"), page.locator("#id_autorisation")
    expect(question).not_to_contain_text("facultatif")
    page.locator("#id_image").set_input_files(
        {"name": "tableau.png", "mimeType": "image/png", "buffer": drawn()}
    )

    noted(page, "Vu, avec une image.")
    expect(question).to_contain_text("Dites si un élève est reconnaissable")
    expect(question.locator("input").first).to_be_focused()
    assert violations(page, but=CONTRAST) == []
    question.locator("input[value=yes] + label").tap()
    page.get_by_role("button", name="Enregistrer l’observation").tap()
    expect(page.locator("#id_autorisation-erreurs")).to_contain_text("dites si l’autorisation")
    expect(question).not_to_contain_text("Dites si un élève est reconnaissable")
    allowed.select_option("missing")
    page.get_by_role("button", name="Enregistrer l’observation").tap()
    expect(page.locator("#envoi")).to_contain_text("1 observation non envoyée")
    context.set_offline(False)

    expect(page.locator("#recus")).to_contain_text("Observation reçue")
    expect(page.locator("#recus")).not_to_contain_text("L’image n’est pas jointe")
    expect(page.locator("#a-envoyer li")).to_have_count(0)


def test_on_a_phone_what_is_refused_comes_under_the_eyes(as_persona) -> None:
    page = phone(as_persona).new_page()
    page.goto("/essais/observer/")

    noted(page, "Écrire à m.d@ac-lille.fr")

    refused = page.locator("#a-envoyer")
    expect(refused).to_be_focused()
    expect(refused.get_by_role("button", name="Corriger")).to_be_in_viewport()
    expect(page.locator("#envoi")).to_be_in_viewport()


@pytest.fixture
def refused_elsewhere(as_persona) -> Page:
    """The second of two trials, whose page lists what the first one's refused, with its picture,
    and where another observation has been begun."""
    page = as_persona(REFERENT, **SCREENS["phone"]).new_page()
    page.goto("/essais/premier/observer/")
    page.locator("input[name=i_i1][value=contrary] + label").tap()
    page.locator("summary").tap()
    page.locator("#id_image").set_input_files(
        {"name": "tableau.png", "mimeType": "image/png", "buffer": drawn()}
    )
    page.locator("input[name=reconnaissable][value=no] + label").tap()
    page.locator("#id_quand").fill("2100-01-01T10:00")
    noted(page, "Vu dans le premier.")
    expect(page.locator("#a-envoyer li")).to_have_count(1)
    page.goto("/essais/second/observer/")
    page.locator("#id_vu").fill("Commencé dans le second.")
    return page


def test_what_was_refused_is_put_right_in_its_own_trial_with_its_picture(refused_elsewhere) -> None:
    page = refused_elsewhere
    refused = page.locator("#a-envoyer")
    expect(refused).to_contain_text("« Vu dans le premier. » (essai « Le premier essai »)")

    refused.get_by_role("button", name="Corriger").tap()
    page.wait_for_url("**/essais/premier/observer/")
    expect(page.locator("#id_vu")).to_have_value("Vu dans le premier.")
    expect(page.locator("input[name=i_i1][value=contrary]")).to_be_checked()
    assert page.locator("#id_image").evaluate("one => one.files[0].name") == "tableau.png"
    earlier = now() - timedelta(hours=12)  # in any time zone
    page.locator("#id_quand").fill(f"{earlier:%Y-%m-%dT%H:%M}")
    noted(page, "Vu dans le premier, corrigé.")

    expect(page.locator("#recus")).to_contain_text("Observation reçue")
    expect(page.locator("#recus")).not_to_contain_text("L’image n’est pas jointe")
    page.get_by_role("link", name="Voir ou compléter").tap()
    expect(page.locator("main")).to_contain_text("Vu dans le premier, corrigé.")
    expect(page.locator(".kit-lead")).to_contain_text("Le premier essai")
    expect(page.locator(".trials-picture img")).to_have_count(1)


def test_what_was_being_typed_and_what_was_refused_stay_when_one_leaves(refused_elsewhere) -> None:
    page = refused_elsewhere
    page.locator("#a-envoyer").get_by_role("button", name="Corriger").tap()
    page.wait_for_url("**/essais/premier/observer/")
    expect(page.locator("#id_vu")).to_have_value("Vu dans le premier.")

    page.goto("/essais/second/observer/")

    rows = page.locator("#a-envoyer li")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("« Vu dans le premier. »")
    expect(rows.nth(1)).to_contain_text("« Commencé dans le second. »")
    expect(rows.nth(1)).to_contain_text("Commencée, pas encore enregistrée.")
    rows.nth(1).get_by_role("button", name="Reprendre").tap()
    expect(page.locator("#id_vu")).to_have_value("Commencé dans le second.")
    noted(page, "Fini dans le second.")
    expect(page.locator("#recus")).to_contain_text("Observation reçue")
    expect(rows).to_have_count(1)


def test_page_opens_without_network_once_it_was_read(as_persona) -> None:
    context = phone(as_persona)
    page = context.new_page()
    page.goto("/essais/observer/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    kept = "caches.match('/essais/observer/').then((found) => Boolean(found))"
    while not page.evaluate(kept):
        page.wait_for_timeout(200)

    context.set_offline(True)
    page.goto("/essais/observer/")
    noted(page, "Ouvert puis noté sans réseau.")

    expect(page.locator("#envoi")).to_contain_text("1 observation non envoyée")


def test_pages_are_accessible_and_fit_their_screen(as_persona, study) -> None:
    page = as_persona(TEACHER).new_page()
    wrong = [
        each
        for name, address in PAGES.items()
        for each in faults(page, address.format(**study), shot=name)
    ]

    assert wrong == []
