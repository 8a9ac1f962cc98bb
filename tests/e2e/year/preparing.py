"""The campaign, its themes, its cahier des charges, and the signatures on them."""

from playwright.sync_api import Page

from tests.e2e.year.names import CAMPAIGN, DATES, RULES, SEARCH, SHEETS, address_of
from tests.e2e.year.walking import Walk


def prepare_the_campaign(walk: Walk) -> None:
    """A first campaign, then its copy, with a calendar, rules and a cahier des charges."""
    page = walk.be("pilote-national")
    walk.go(page, "/tableau-de-bord/")
    walk.go(page, "/preparation/campagnes/")
    for year, source in (("2026", ""), ("2027", "2026-2027")):
        walk.go(page, "/preparation/campagnes/nouvelle/")
        page.fill("#id_first_year", year)
        page.select_option("#id_copy_from", source)
        walk.press(page, "Préparer cette campagne")
    walk.shows(page, "copiée de", "Avant l’ouverture de l’appel")
    walk.follow(page, "Fixer le calendrier")
    for name, value in DATES.items():
        page.fill(f"#id_{name}", value)
    walk.press(page, "Enregistrer le calendrier")
    walk.go(page, f"{CAMPAIGN}regles/")
    for name, value in RULES.items():
        page.fill(f"#id_{name}", value)
    walk.press(page, "Enregistrer les règles")
    walk.go(page, f"{CAMPAIGN}cahier-des-charges/modifier/")
    page.fill("#id_text", "## Ce que feront les académies\n\nEssayer en classe, observer, dire.")
    walk.press(page, "Enregistrer")
    walk.go(page, f"{CAMPAIGN}questions/")


def write_and_name(walk: Walk) -> None:
    """Two themes, whose experts and general inspection are named; one expert comes from Lyon."""
    page = walk.be("pilote-national")
    for title in (SHEETS, SEARCH):
        _write_theme(walk, page, title)
        named = [("expert", "expert", ""), ("general_inspector", "inspection-generale", "")]
        if title == SHEETS:
            named.append(("expert", "expert-physique", "10"))
        for role, slug, academy in named:
            walk.go(page, f"/preparation/themes/{walk.codes[title]}/personnes/")
            page.select_option("#id_role", role)
            page.fill("#id_email", address_of(slug))
            page.select_option("#id_academy", academy)
            walk.press(page, "Nommer sur ce thème")
            walk.shows(page, "est nommé·e sur ce thème")
        walk.press(page, "Soumettre à la signature")
    walk.go(page, f"{CAMPAIGN}cahier-des-charges/")
    walk.press(page, "Soumettre à la signature")


def _write_theme(walk: Walk, page: Page, title: str) -> None:
    walk.go(page, f"{CAMPAIGN}themes/nouveau/")
    page.fill("#id_title", title)
    page.fill("#id_problem", "Que change l’outil quand les élèves cherchent une preuve ?")
    page.fill("#id_axes-0-label", "Conjecturer")
    page.fill("#id_axes-1-label", "Prouver")
    page.get_by_text("Disciplines : à choisir").click()
    page.locator("label:text-is('Mathématiques')").click()
    page.locator("label:text-is('Cycle 4')").click()
    walk.press(page, "Enregistrer le thème")
    walk.shows(page, "Le thème est enregistré", "personne n’est nommé")
    walk.codes[title] = page.url.rstrip("/").rsplit("/", 1)[-1]


def _texts(walk: Walk) -> list[str]:
    themes = [f"/preparation/themes/{walk.codes[title]}/" for title in (SHEETS, SEARCH)]
    return [*themes, f"{CAMPAIGN}cahier-des-charges/"]


def sign_all(walk: Walk) -> None:
    """Both sides sign the same digest of each text."""
    for slug, side in (
        ("pilote-national", "la DNE"),
        ("inspection-generale", "l’inspection générale"),
    ):
        page = walk.be(slug)
        for address in _texts(walk):
            walk.go(page, address)
            walk.press(page, f"Signer pour {side}")
            walk.shows(page, f"est signé pour {side}")


def change_voids_signatures(walk: Walk) -> None:
    """The expert changes a theme: the call waits again, the difference is shown, all sign again."""
    theme = f"/preparation/themes/{walk.codes[SHEETS]}/"
    page = walk.be("expert")
    walk.go(page, f"{theme}modifier/")
    page.fill("#id_problem", "Que change l’outil quand les élèves cherchent seuls une preuve ?")
    walk.press(page, "Enregistrer le thème")
    walk.press(page, "Soumettre à la signature")
    pilot = walk.be("pilote-national")
    walk.go(pilot, CAMPAIGN)
    walk.shows(pilot, f"Le thème « {SHEETS} » attend la signature de la DNE")
    pilot.goto(theme)
    walk.look(pilot, "with a difference")
    walk.shows(pilot, "Ce qui diffère du dernier texte signé", "caduque depuis le")
    assert "seuls" in "".join(pilot.locator("main ins").all_inner_texts())
    walk.press(pilot, "Signer pour la DNE")
    inspector = walk.be("inspection-generale")
    walk.go(inspector, "/tableau-de-bord/")
    walk.follow(inspector, "Lire et signer")
    walk.press(inspector, "Signer pour l’inspection générale")
    walk.go(pilot, f"{CAMPAIGN}appel/")
    walk.shows(pilot, "Rien ne manque : l’appel s’ouvrira à son heure.")


STEPS = (
    prepare_the_campaign,
    write_and_name,
    sign_all,
    change_voids_signatures,
)
