"""Writing an application in a real browser: nothing typed is lost, whatever happens meanwhile.

Each failure once; `test_edits.py` walks at random through all of them.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.applying import Call, form, kept, on_the_device, saved
from tests.e2e.looking import PHONE, WIDE, fits, picture, violations
from tests.e2e.serving import Visit, sign_in, visits

pytestmark = pytest.mark.browser

SAVE = "**/enregistrer/"


@pytest.fixture
def as_persona(browser: Browser, call: Call) -> Iterator[Visit]:
    """A browser signed in as a persona, which nobody else has used."""
    with visits(browser, call.address) as visit:
        yield visit


# -- one person, one page


def test_text_is_saved_while_one_types_and_then_leaves_the_device(as_persona, call) -> None:
    page = form(as_persona("referent-lille"), call.codes[0])

    page.locator("#q-title").press_sequentially("Mesurer la qualité de l’air", delay=5)
    saved(page)

    assert call.present(call.codes[0])["title"] == "Mesurer la qualité de l’air"
    assert "à" in page.locator("#enregistrement").inner_text()
    assert kept(page) == 0


def test_what_is_missing_shortens_as_one_writes(as_persona, call) -> None:
    page = form(as_persona("referent-lille"), call.codes[0])
    before = page.locator("#manque li").count()

    page.locator("#q-summary").fill("Un résumé assez long pour être lu.")
    saved(page)

    expect(page.locator("#manque li")).to_have_count(before - 1)


def test_network_absent_says_so_keeps_the_text_and_saves_it_when_back(as_persona, call) -> None:
    context = as_persona("referent-lille")
    page, code = form(context, call.codes[1]), call.codes[1]

    context.set_offline(True)
    page.locator("#q-summary").fill("Écrit sans réseau")
    page.wait_for_selector("#enregistrement[data-state=absent]")
    said, waiting = page.locator("#enregistrement").inner_text(), kept(page)
    context.set_offline(False)
    saved(page)

    assert said.startswith("Non enregistré : réseau absent, on réessaie")
    assert (waiting, kept(page)) == (1, 0)
    assert call.present(code)["summary"] == "Écrit sans réseau"


def test_page_killed_before_the_server_answered_gives_the_text_back(as_persona, call) -> None:
    context = as_persona("referent-lille")
    page, code = form(context, call.codes[2]), call.codes[2]

    page.route(SAVE, lambda route: route.abort())
    page.locator("#q-summary").fill("Écrit juste avant la panne")
    on_the_device(page)
    page.close(run_before_unload=False)
    again = form(context, code)
    saved(again)

    assert again.locator("#q-summary").input_value() == "Écrit juste avant la panne"
    assert call.present(code)["summary"] == "Écrit juste avant la panne"


def test_answer_that_is_lost_on_its_way_makes_no_rival_of_oneself(as_persona, call) -> None:
    page, code = form(as_persona("referent-lille"), call.codes[2]), call.codes[2]

    def swallow(route) -> None:
        route.fetch()  # the server receives and writes it
        route.abort()  # the browser never knows

    page.route(SAVE, swallow, times=2)
    page.locator("#q-title").fill("Premier titre")
    page.wait_for_selector("#enregistrement[data-state=absent]")
    page.locator("#q-title").fill("Second titre")
    saved(page)

    assert call.present(code)["title"] == "Second titre"
    assert page.locator(".applications-rival").count() == 0


def test_text_taken_back_while_it_leaves_is_taken_back_on_the_server_too(as_persona, call) -> None:
    page, code = form(as_persona("referent-lille"), call.codes[2]), call.codes[2]
    title = page.locator("#q-title")
    before = title.input_value()

    def meanwhile(route) -> None:
        answer = route.fetch()  # the server has it; one changes one's mind
        title.fill(before)
        route.fulfill(response=answer)

    page.route(SAVE, meanwhile, times=1)
    title.fill("Un titre que l’on regrette aussitôt")
    saved(page)
    page.wait_for_timeout(2500)
    saved(page)

    assert (title.input_value(), call.present(code)["title"]) == (before, before)


def test_text_that_waits_is_kept_when_one_types_another_over_the_newer(as_persona, call) -> None:
    """The tab comes back to a field that another has written, and its own text waits to leave."""
    context, code = as_persona("referent-lille"), call.codes[8]
    page, theirs = form(context, code), form(as_persona("enseignant-lille"), code)
    context.route(SAVE, lambda route: route.abort())

    page.locator("#q-summary").fill("Écrit sans réseau, d’abord")
    theirs.locator("#q-summary").fill("Écrit par l’autre pendant ce temps")
    saved(theirs)
    page.reload()
    page.wait_for_selector("form[data-ready=yes]")
    page.locator("#q-summary").fill("Écrit sans réseau, ensuite")
    page.wait_for_timeout(500)
    waiting = kept(page)
    page.close(run_before_unload=False)
    context.unroute(SAVE)
    saved(form(context, code))

    texts = call.texts(code, "summary")
    assert waiting == 2
    assert {"Écrit sans réseau, d’abord", "Écrit sans réseau, ensuite"} <= texts


def test_session_over_says_so_and_saves_once_signed_in_elsewhere(as_persona, call) -> None:
    context = as_persona("referent-lille")
    page, code = form(context, call.codes[3]), call.codes[3]

    context.clear_cookies(name="traam_session")
    page.locator("#q-summary").fill("Écrit sans session")
    page.wait_for_selector("#enregistrement[data-state=expired]")
    said = page.locator("#enregistrement").inner_text()
    sign_in(context, "referent-lille")
    saved(page)

    assert "reconnectez-vous dans un autre onglet, rien n’est perdu" in said
    assert call.present(code)["summary"] == "Écrit sans session"


def test_another_person_in_the_same_browser_signs_nothing_of_the_first(as_persona, call) -> None:
    context = as_persona("referent-lille")
    page, code = form(context, call.codes[3]), call.codes[3]

    context.clear_cookies()
    sign_in(context, "enseignant-lille")
    page.locator("#q-title").fill("Écrit par la première personne")
    page.wait_for_selector("#enregistrement[data-state=expired]")

    assert "une autre personne" in page.locator("#enregistrement").inner_text()
    assert call.present(code)["title"] != "Écrit par la première personne"
    context.clear_cookies()
    sign_in(context, "referent-lille")
    saved(page)
    assert call.present(code)["title"] == "Écrit par la première personne"


def test_signing_out_leaves_nothing_on_the_device(as_persona, call) -> None:
    context = as_persona("referent-lille")
    page, other = form(context, call.codes[4]), context.new_page()
    page.route(SAVE, lambda route: route.abort())
    page.locator("#q-summary").fill("Un texte de cette personne")
    on_the_device(page)
    page.close(run_before_unload=False)
    other.goto("/tableau-de-bord/")
    before = kept(other)

    other.get_by_role("button", name="Se déconnecter").first.click()
    other.wait_for_url(f"{call.address}/")

    assert (before, kept(other)) == (1, 0)


# -- two writers


def test_change_of_another_appears_without_taking_the_cursor(as_persona, call) -> None:
    code = call.codes[5]
    mine = form(as_persona("referent-lille"), code)
    theirs = form(as_persona("enseignant-lille"), code)
    mine.locator("#q-title").focus()

    theirs.locator("#q-summary").fill("Le texte de l’autre")
    theirs.locator("#q-title").fill("Le titre de l’autre")
    saved(theirs)
    expect(mine.locator("#q-summary")).to_have_value("Le texte de l’autre")
    note = mine.locator("#champ-title [data-note]")
    expect(note).to_contain_text("Modifié par")
    in_the_field = mine.evaluate("document.activeElement.id")

    assert in_the_field == "q-title"
    assert mine.locator("#q-title").input_value() != "Le titre de l’autre"
    note.get_by_role("button").click()
    assert mine.locator("#q-title").input_value() == "Le titre de l’autre"


def test_two_writers_of_one_field_are_shown_both_texts_and_settle(as_persona, call) -> None:
    code = call.codes[6]
    mine = form(as_persona("referent-lille"), code)
    theirs = form(as_persona("enseignant-lille"), code)

    theirs.locator("#q-summary").fill("Le texte de l’autre")
    saved(theirs)
    mine.locator("#q-summary").fill("Le mien")
    rival = mine.locator("#champ-summary .applications-rival")
    expect(rival).to_be_visible()
    shown = rival.inner_text()
    typed = mine.locator("#q-summary").input_value()
    with mine.expect_navigation():
        mine.get_by_role("button", name="Mettre les deux textes à la suite").click()

    assert "Le texte de l’autre" in shown
    assert "Le mien" in shown
    assert typed == "Le mien"
    assert call.present(code)["summary"] == "Le texte de l’autre\n\nLe mien"


def test_text_that_waits_beside_stays_when_its_author_types_over_the_other(
    as_persona, call
) -> None:
    code = call.codes[9]
    mine = form(as_persona("referent-lille"), code)
    theirs = form(as_persona("enseignant-lille"), code)

    def write(page, text: str) -> None:
        page.locator("#q-summary").fill(text)
        saved(page)
        page.locator("#q-title").focus()

    write(theirs, "Le premier de l’autre")
    write(mine, "Le premier des miens")  # beside the other's, which then takes its place
    expect(mine.locator("#q-summary")).to_have_value("Le premier de l’autre")
    mine.locator("#q-summary").focus()
    write(theirs, "Le second de l’autre")
    write(mine, "Le second des miens")
    rivals = mine.locator("#champ-summary .applications-rival")

    expect(rivals).to_have_count(2)
    expect(rivals.first).to_contain_text("Le premier des miens")
    expect(rivals.last).to_contain_text("Le second des miens")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desktop", "phone"])
def test_two_texts_shown_are_accessible(as_persona, call, size) -> None:
    context = as_persona("referent-lille", viewport=size)
    first, second = form(context, call.codes[7]), form(context, call.codes[7])
    for page, words in ((first, "D’un onglet"), (second, "De l’autre")):
        page.locator("#q-protocol").fill(f"{words}, {size['width']}")
        page.wait_for_timeout(2500)
    expect(second.locator("#champ-protocol .applications-rival").first).to_be_visible()

    assert violations(second) == []
    assert fits(second)
    picture(second, "rival")


def test_who_else_writes_is_said(as_persona, call) -> None:
    code = call.codes[6]
    mine = form(as_persona("referent-lille"), code)
    theirs = form(as_persona("enseignant-lille"), code)

    theirs.locator("#q-title").focus()
    theirs.locator("#q-title").press_sequentially("!")
    saved(theirs)

    expect(mine.locator("#present")).to_contain_text("Enseignant·e, Lille")
    expect(mine.locator("#present")).to_contain_text("Intitulé du projet")


def test_two_tabs_of_one_person_lose_nothing(as_persona, call) -> None:
    context, code = as_persona("referent-lille"), call.codes[7]
    first, second = form(context, code), form(context, code)

    first.locator("#q-summary").fill("Du premier onglet")
    saved(first)
    second.locator("#q-summary").fill("Du second onglet")
    expect(second.locator("#champ-summary .applications-rival")).to_be_visible()

    texts = call.texts(code, "summary")
    assert {"Du premier onglet", "Du second onglet"} <= texts
