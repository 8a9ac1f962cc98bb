"""What the classes showed: findings, the national synthesis, its signatures, its publication."""

from playwright.sync_api import Page

from tests.e2e.looking import PHONE
from tests.e2e.year.names import CONDITION, FINDING, SCENARIO, SHEETS, SYNTHESIS
from tests.e2e.year.testing import SEEN, UNSEEN
from tests.e2e.year.walking import Walk

FRAME = "Six classes de 4e ont travaillé deux séances, dont une dans une autre académie."
OPINION = "Il faudrait le proposer dès la 5e."
PROBLEM = "Que change l’outil quand les élèves cherchent une preuve ?"
SUMMARY = (
    "Six classes ont cherché des preuves avec un tableur. Le texte dit ce que leurs professeurs "
    "ont vu, où cela n’a pas marché, et ce qu’il faut préparer."
)
CODED = ".syntheses-findings__chosen [data-seen='{seen}'][data-contrary='{contrary}']"


def publish_the_scenario(walk: Walk) -> None:
    """What is asked beside the eight fields; the inspector validates; the expert publishes."""
    walk.at(2028, 4, 10)
    code = walk.codes[SCENARIO]
    page = walk.be("referent-lille")
    walk.go(page, f"/productions/{code}/")
    walk.follow(page, "Proposer à la validation")
    walk.look(page, "with lacks")
    walk.shows(page, "points à compléter d’abord")
    walk.follow(page, "Compléter")
    page.wait_for_selector("form[data-ready=yes]")
    page.fill("#q-summary", "Des élèves de 4e essaient cent exemples, puis cherchent pourquoi.")
    page.fill("#q-skills", "Démontrer une propriété")
    page.locator("#champ-programmes").locator("xpath=ancestor::details").locator("summary").click()
    page.locator("#champ-programmes label").first.click()
    walk.saved(page)
    walk.go(page, f"/productions/{code}/fichiers/")
    sheet = {"name": "grille.csv", "mimeType": "text/csv", "buffer": b"Groupe;Vu\r\n1;oui\r\n"}
    page.set_input_files("input[type=file]", sheet)  # type: ignore[arg-type]
    walk.press(page, "Joindre ce fichier")
    page.goto(f"/productions/{code}/actes/proposer/")
    walk.press(page, "Proposer")
    walk.shows(page, "l’inspection en est avertie")
    for slug, action in (("inspecteur-lille", "Valider"), ("expert", "Publier")):
        reader = walk.be(slug)
        reader.goto("/tableau-de-bord/")
        walk.follow(reader, "Lire et valider" if action == "Valider" else "Publier")
        walk.follow(reader, action)
        walk.press(reader, action)
    walk.look(reader, "published")
    walk.shows(reader, "publiée")
    walk.work()


def find(walk: Walk) -> None:
    """The expert writes a finding, and says of each observation what it does to it."""
    walk.at(2028, 5, 15)
    page = walk.be("expert")
    group = f"/redaction/groupes/{walk.codes[SHEETS]}"
    walk.go(page, "/redaction/")
    walk.go(page, f"{group}/constats/")
    for kind, text in (("gain_pupils", FINDING), ("condition", CONDITION)):
        page.select_option("#id_kind", kind)
        page.fill("#id_text", text)
        page.fill("#id_scope", "en 4e, avec un ordinateur pour deux")
        walk.press(page, "Écrire ce constat")
        walk.follow(page, "Coder des observations", exact=False)
        page.goto(f"{group}/coder/")
        walk.follow(page, text)
        walk.look(page, "chosen")
        _code(page)
        walk.go(page, f"{group}/constats/")
    walk.look(page, "counted")
    walk.shows(page, "vu dans 5 essais sur 6 où il était recherché, 2 académies, 1 test croisé")


def _code(page: Page) -> None:
    """Each of the six observations; the counts are drawn again under one's eyes."""
    seen, contrary = 0, 0
    for rank in range(6):
        one = page.locator("article.syntheses-observation").nth(rank)
        is_contrary = UNSEEN in one.inner_text()
        seen, contrary = seen + (not is_contrary), contrary + is_contrary
        one.get_by_role("button", name="Contredit" if is_contrary else "Appuie").click()
        page.locator(CODED.format(seen=seen, contrary=contrary)).wait_for()


def proofread(walk: Walk) -> None:
    """No word is public before someone has read it."""
    page = walk.be("expert")
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Relire")
    one = page.locator("main li", has_text=SEEN)
    one.get_by_role("button", name="J’ai relu").click()
    walk.shows(page, "5 observations à relire")


def write_the_synthesis(walk: Walk) -> None:
    """From the findings; a sentence that is neither a finding nor marked keeps it from going."""
    walk.at(2028, 6, 2)
    page = walk.be("expert")
    page.goto("/redaction/")
    walk.follow(page, "Commencer", exact=False)
    page.locator("input[name=kind][value=national] + label").click()
    page.fill("#id_title", SYNTHESIS)
    walk.press(page, "Commencer")
    walk.codes[SYNTHESIS] = page.url.rstrip("/").rsplit("/", 2)[-2]
    page.fill("#head #id_summary", SUMMARY)
    page.locator("#etat-head:has-text('enregistré')").wait_for()
    for section, text in (("problem", PROBLEM), ("findings", FRAME), ("conditions", OPINION)):
        _add(page, section, text)
    page.goto(f"/redaction/{walk.codes[SYNTHESIS]}/")
    walk.look(page, "with faults")
    walk.shows(page, "Phrase sans marque", FRAME)


def _add(page: Page, section: str, text: str) -> None:
    form = page.locator(f"section[aria-labelledby=section-{section}] details")
    form.locator("summary").click()
    form.locator("textarea").fill(text)
    form.get_by_role("button", name="Ajouter").click()
    page.wait_for_load_state()


def mark_and_submit(walk: Walk) -> None:
    """« Cadre », « opinion »: then nothing is missing."""
    page = walk.be("expert")
    page.goto(f"/redaction/{walk.codes[SYNTHESIS]}/modifier/")
    for text, mark in ((FRAME, "frame"), (OPINION, "opinion")):
        box = page.locator(".syntheses-edit", has=page.locator(f"textarea:text-is('{text}')"))
        box.locator("select[name=mark]").select_option(mark)
        box.locator(".syntheses-state:has-text('enregistré')").wait_for()
    walk.follow(page, "Relire l’ensemble")
    walk.follow(page, "Soumettre à la validation")
    walk.press(page, "Soumettre")
    walk.shows(page, "C’est soumis")


def validate_and_sign(walk: Walk) -> None:
    """The general inspection validates, then both sign the same text; the pilot publishes."""
    walk.at(2028, 6, 14)
    page = walk.be("inspection-generale", viewport=PHONE)
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Lire et valider")
    walk.follow(page, "Valider")
    walk.press(page, "Valider")
    walk.follow(page, "Signer pour l’inspection générale")
    walk.look(page, "to sign")
    page.fill("#id_reservation", "Une seule classe hors de Lille.")
    walk.press(page, "Signer")
    other = walk.be("expert")
    other.goto("/tableau-de-bord/")
    walk.follow(other, "Lire et signer")
    walk.follow(other, "Signer pour la DNE")
    walk.press(other, "Signer")
    walk.look(other, "signed")
    walk.shows(other, "signée", "Réserve : Une seule classe hors de Lille.")


def publish(walk: Walk) -> None:
    """What will be public is said before; then it is, and everyone who should have it has."""
    walk.at(2028, 6, 21)
    page = walk.be("pilote-national")
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Publier")
    walk.follow(page, "Publier…")
    walk.press(page, "Publier")
    walk.look(page, "published")
    walk.follow(page, "Diffuser…")
    walk.press(page, "Diffuser")
    walk.work()
    reader = walk.be("dgesco")
    reader.goto("/tableau-de-bord/")
    walk.follow(reader, "Lire")
    walk.follow(reader, "Je l’ai reçue")
    walk.press(reader, "Je l’ai reçue")
    walk.shows(reader, "C’est noté, merci.")


STEPS = (
    publish_the_scenario,
    find,
    proofread,
    write_the_synthesis,
    mark_and_submit,
    validate_and_sign,
    publish,
)
