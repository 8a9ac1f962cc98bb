"""The groups at work: their launch, their people, the first meeting and its minutes, the hours."""

from django.core import mail
from playwright.sync_api import Page

from tests.e2e.looking import PHONE
from tests.e2e.year.names import LYON_TEACHER, SEARCH, SHEETS, YEAR, address_of, team_of
from tests.e2e.year.walking import Walk

MEETING = "Réunion de lancement"


def launch(walk: Walk) -> None:
    """What a launch would make is read first; one button makes it, and everyone is told."""
    walk.at(2027, 9, 2)
    page = walk.be("pilote-national")
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Lancer les travaux")
    walk.shows(page, "3 équipes à former", SHEETS, SEARCH)
    walk.press(page, "Lancer 3 équipes")
    walk.shows(page, "3 équipes sont lancées", "Rien n’attend d’être lancé")
    walk.work()
    told = [one.to for one in mail.outbox if "sont lancés" in one.subject]
    assert [address_of("referent-lyon")] in told
    stranger = walk.stranger()
    stranger.goto(f"/campagnes/{YEAR}/")
    walk.look(stranger, "at work")


def complete_the_teams(walk: Walk) -> None:
    """Each référent finds the team, and invites a teacher whom the application only named."""
    for slug, teacher in (("lille", "enseignant-lille"), ("lyon", LYON_TEACHER)):
        page = walk.be(f"referent-{slug}")
        page.goto("/tableau-de-bord/")
        walk.look(page, "of a team")
        page.goto(f"/groupes/equipes/{team_of(walk.codes, slug)}/")
        walk.look(page)
        walk.shows(page, "4 personnes nommées dans la candidature n’ont pas encore de compte")
        walk.follow(page, "Inviter les membres")
        walk.follow(page, "Inviter Enseignant·e 0")
        page.fill("#id_email", address_of(teacher))
        walk.press(page, "Envoyer l’invitation")
        walk.shows(page, "L’invitation est partie")
    walk.work()
    assert any(one.to == [address_of(LYON_TEACHER)] for one in mail.outbox)
    mine = walk.be(LYON_TEACHER)
    walk.go(mine, "/tableau-de-bord/")
    walk.go(mine, "/groupes/")
    walk.shows(mine, "Mes équipes", "Lyon")


def convene(walk: Walk) -> None:
    """The expert convenes the group; a référent puts it in a calendar and answers on a phone."""
    page = walk.be("expert")
    group = f"/groupes/{walk.codes[SHEETS]}/"
    walk.go(page, group)
    walk.go(page, f"{group}reunions/")
    walk.follow(page, "Préparer une réunion")
    page.fill("#id_title", MEETING)
    page.fill("#id_starts_at", "2027-09-22T14:00")
    page.fill("#id_ends_at", "2027-09-22T16:00")
    page.fill("#id_link", "https://visio.demonstration.invalid/salle")
    page.fill("#id_agenda", "- Le projet de chaque académie\n- Les tests croisés")
    walk.press(page, "Enregistrer")
    walk.follow(page, "Convoquer…")
    walk.press(page, "Envoyer les convocations")
    walk.look(page, "convened")
    walk.work()
    sent = next(one for one in mail.outbox if one.subject.startswith(f"Convocation : {MEETING}"))
    assert any("BEGIN:VEVENT" in str(one) for one in sent.attachments)
    mine = walk.be("referent-lyon", viewport=PHONE)
    mine.goto("/tableau-de-bord/")
    walk.follow(mine, "Répondre")
    walk.look(mine, "to answer")
    file = mine.locator("main").get_by_role("link", name="Mettre dans mon agenda")
    answer = mine.request.get(file.get_attribute("href") or "")
    assert "DTSTART" in answer.text()
    walk.press(mine, "Je viendrai")
    walk.shows(mine, "C’est noté : vous viendrez.")


def hold_and_write_the_minutes(walk: Walk) -> None:
    """Who came, what was decided; the group reads it."""
    walk.at(2027, 9, 22, 17)
    page = walk.be("expert")
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Relever les présences")
    walk.press(page, "Déclarer la réunion tenue")
    walk.press(page, "Commencer le compte rendu")
    page.locator("main textarea").first.fill("Chaque équipe retient **deux indicateurs** au plus.")
    page.locator("main").get_by_role("button", name="Enregistrer cette section").first.click()
    page.wait_for_load_state()
    reader = walk.be("referent-lille")
    walk.go(reader, f"/groupes/{walk.codes[SHEETS]}/reunions/")
    walk.follow(reader, MEETING)
    walk.look(reader, "held")
    walk.shows(reader, "deux indicateurs")


def give_and_spend_hours(walk: Walk) -> None:
    """The delegate notes a tranche and shares it; hours are declared, then attested."""
    page = walk.be("dan-lille")
    walk.go(page, "/groupes/heures/")
    page.fill("#tranche-hours", "20")
    page.fill("#tranche-label", "Première tranche")
    page.fill("#tranche-notified_on", "2027-09-20")
    walk.press(page, "Noter la tranche")
    page.select_option("#id_team", team_of(walk.codes, "lille"))
    page.fill("#id_hours", "12")
    walk.press(page, "Attribuer")
    _declare(walk, walk.be("referent-lille"))
    inspector = walk.be("inspecteur-lille")
    inspector.goto("/tableau-de-bord/")
    walk.follow(inspector, "Attester")
    walk.look(inspector, "to attest")
    walk.press(inspector, "Attester les heures cochées")
    walk.shows(inspector, "Les heures choisies sont attestées")


def _declare(walk: Walk, page: Page) -> None:
    walk.go(page, f"/groupes/equipes/{team_of(walk.codes, 'lille')}/heures/")
    page.select_option("#id_member", "tous")
    page.fill("#id_hours", "3")
    page.fill("#id_on", "2027-09-21")
    page.fill("#id_what", "Préparation commune de la grille d’observation")
    walk.press(page, "Déclarer")
    walk.shows(page, "Les heures sont déclarées")


STEPS = (
    launch,
    complete_the_teams,
    convene,
    hold_and_write_the_minutes,
    give_and_spend_hours,
)
