"""The announcement, what is answered to it, and the reserve."""

from playwright.sync_api import Page

from tests.e2e.year.names import SHEETS, STUDY, YEAR
from tests.e2e.year.walking import Walk


def prepare_letters_and_minutes(walk: Walk) -> None:
    """Letters are read again and one is changed; the minutes are written."""
    page = walk.be("pilote-national")
    walk.at(2027, 6, 4, 12)
    walk.go(page, f"{STUDY}annonce/")
    walk.shows(page, "Rien ne manque : chaque candidature déposée a sa décision")
    page.locator("main").get_by_role("link", name="Nantes").first.click()
    walk.look(page)
    page.fill("#id_text", page.input_value("#id_text") + "\n\nNous serons heureux de vous lire.")
    walk.press(page, "Enregistrer la lettre")
    walk.go(page, f"{STUDY}proces-verbaux/")
    page.locator("main").get_by_role("link", name="Rédiger").first.click()
    walk.look(page)
    walk.press(page, "Rédiger le procès-verbal")
    stranger = walk.stranger()
    stranger.goto(f"/campagnes/{YEAR}/")
    assert "Académies retenues" not in stranger.content()


def announce(walk: Walk) -> None:
    """At once, everyone is told and the public reads the list."""
    page = walk.be("pilote-national")
    page.goto(f"{STUDY}annonce/")
    page.locator("label[for=id_has_read]").click()
    walk.press(page, "Annoncer les décisions")
    walk.look(page, "made")
    walk.shows(page, "Les lettres sont parties")
    walk.work()
    stranger = walk.stranger()
    stranger.goto(f"/campagnes/{YEAR}/")
    walk.look(stranger, "announced")
    walk.shows(stranger, "Académies retenues", "Nantes", "Lille")
    walk.go(stranger, f"/themes/{walk.codes[SHEETS]}/")
    assert _retained(stranger) == {"Lille", "Nantes"}


def _retained(page: Page) -> set[str]:
    """The academies of the theme's page."""
    found = page.locator("section[aria-labelledby=academies] li").all_inner_texts()
    return {name.strip() for name in found}


def read_reply_and_answer(walk: Walk) -> None:
    """Nantes reads its decision and remarks, replies, and reads the answer."""
    page = walk.be("referent-nantes")
    walk.go(page, "/tableau-de-bord/")
    walk.go(page, "/selection/decisions/")
    page.locator("main").get_by_role("link", name="Nantes").first.click()
    walk.look(page)
    walk.shows(page, "La candidature est retenue.", "Gardez la comparaison entre deux classes.")
    page.locator("main textarea").fill("Nous la garderons.")
    walk.press(page, "Envoyer les observations")
    mine = page.url
    pilot = walk.be("pilote-national")
    walk.go(pilot, f"{STUDY}reponses/")
    pilot.locator("main table a").first.click()
    walk.look(pilot)
    pilot.locator("main textarea").fill("Merci, c’est noté.")
    walk.press(pilot, "Envoyer la réponse")
    page.goto(mine)
    walk.look(page, "answered")
    walk.shows(page, "Merci, c’est noté.")


def withdraw_and_call_the_reserve(walk: Walk) -> None:
    """Nantes leaves; Lyon, first of the reserve, is called and accepts."""
    walk.at(2027, 6, 7)
    page = walk.be("dan-nantes")
    page.goto("/selection/decisions/")
    page.locator("main").get_by_role("link", name="Nantes").first.click()
    walk.follow(page, "Retirer l’académie du thème")
    page.locator("main textarea").fill("L’équipe a changé d’académie.")
    walk.press(page, "Retirer l’académie")
    walk.shows(page, "l’académie ne participe plus au thème")
    pilot = walk.be("pilote-national")
    walk.go(pilot, f"{STUDY}participations/")
    walk.look(pilot, "with a place free")
    pilot.locator("main").get_by_role("link", name="Appeler : Lyon").click()
    walk.look(pilot, "to call")
    walk.press(pilot, "Appeler l’académie")
    called = walk.be("dan-lyon")
    called.goto("/tableau-de-bord/")
    walk.follow(called, "Répondre")
    walk.look(called, "called")
    walk.follow(called, "Accepter la place")
    walk.press(called, "Accepter la place")
    walk.shows(called, "La place est acceptée")
    walk.work()
    stranger = walk.stranger()
    stranger.goto(f"/themes/{walk.codes[SHEETS]}/")
    assert _retained(stranger) == {"Lille", "Lyon", "Nantes (retirée en cours d’année)"}


STEPS = (
    prepare_letters_and_minutes,
    announce,
    read_reply_and_answer,
    withdraw_and_call_the_reserve,
)
