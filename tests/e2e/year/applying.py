"""The call, the applications of the academies, the agreement of inspection, the visa."""

import struct
import zlib

from playwright.sync_api import Page

from tests.applications.world import COMPLETE
from tests.e2e.year.names import (
    ALONE,
    LATE,
    LILLE,
    LYON,
    NANTES,
    SEARCH,
    SHEETS,
    YEAR,
    address_of,
)
from tests.e2e.year.walking import Walk
from traam.applications import actions as applications
from traam.applications.actions import Write
from traam.campaigns.models import Theme
from traam.kit.clock import now
from traam.people.models import User
from traam.people.queries import actor_for
from traam.reference.models import Academy


def call_opens_by_itself(walk: Walk) -> None:
    """One minute before, nobody sees it; one minute after, everyone does."""
    page = walk.stranger()
    walk.at(2027, 3, 1, 8, 59)
    with walk.refused():
        assert page.goto(f"/campagnes/{YEAR}/").status == 404  # type: ignore[union-attr]
    walk.at(2027, 3, 1, 9, 1)
    walk.go(page, f"/campagnes/{YEAR}/")
    walk.shows(page, "L’appel est ouvert", "vendredi 2 avril 2027, 18 h", SHEETS, SEARCH)


def apply_from_nantes_and_be_returned(walk: Walk) -> None:
    """A piece that lies about what it is, a return with its reason, and again."""
    page, inspector = walk.be("referent-nantes"), walk.be("inspecteur-nantes")
    code = begin(walk, page, SHEETS, NANTES)
    complete(walk, page, "Inspection de Nantes, mathématiques")
    walk.go(page, f"/candidatures/{code}/pieces/")
    with walk.refused():
        join(walk, page, "programme.pdf")
        walk.shows(page, "son contenu est PNG, son nom doit finir par .png")
    join(walk, page, "salle.png")
    walk.shows(page, "Le fichier « salle.png » est joint")
    submit(walk, page, code)
    walk.go(inspector, f"/candidatures/{code}/")
    walk.follow(inspector, "Renvoyer aux auteurs…")
    inspector.fill("#id_reason", "Dites dans quelles classes de 4e.")
    walk.press(inspector, "Renvoyer aux auteurs")
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Continuer à écrire")
    walk.shows(page, "Renvoyée par Inspection de Nantes", "Dites dans quelles classes de 4e.")
    page.goto(f"/candidatures/{code}/modifier/")
    page.wait_for_selector("form[data-ready=yes]")
    page.fill("#q-protocol", "Les deux classes de 4e du collège du Parc.")
    walk.saved(page)
    submit(walk, page, code)
    agree(walk, "inspecteur-nantes")
    endorse(walk, "dan-nantes")


def apply_from_lyon(walk: Walk) -> None:
    """People who are no persona: they sign in with a code received by mail."""
    page = walk.be("referent-lyon")
    code = begin(walk, page, SHEETS, LYON)
    complete(walk, page, "Inspection de Lyon, mathématiques")
    submit(walk, page, code)
    agree(walk, "inspecteur-lyon")
    endorse(walk, "dan-lyon")


def apply_from_lille_without_script(walk: Walk) -> None:
    """In a browser that runs no script; Lille has answered the other theme too."""
    page = walk.be("referent-lille", java_script_enabled=False)
    code = begin(walk, page, SHEETS, LILLE)
    complete(walk, page, "Inspection de Lille, mathématiques")
    submit(walk, page, code)
    submitted(walk, "lille", "09", SEARCH, ALONE)
    inspector = walk.be("inspecteur-lille")
    for title in (LILLE, ALONE):
        walk.go(inspector, f"/candidatures/{walk.codes[title]}/accord/")
        walk.press(inspector, "Donner mon accord")


def apply_from_guadeloupe_too_late(walk: Walk) -> None:
    """Submitted in time; its inspection never answers."""
    submitted(walk, "guadeloupe", "32", SHEETS, LATE)


def rank_by_keyboard_alone(walk: Walk) -> None:
    """The delegate of Lille compares, ranks and endorses without a mouse, nor dragging."""
    page = walk.be("dan-lille")
    page.goto("/tableau-de-bord/")
    walk.tab_to(page, "Comparer et viser")
    page.wait_for_url("**/candidatures/academie/**")
    walk.look(page, "of two")
    first = page.locator(".applications-ranks li").first
    before = first.inner_text()
    name = LILLE if LILLE in before else ALONE
    walk.tab_to(page, f"Descendre « {name} »")
    page.locator("[data-aloud]", has_text="rang 2 sur 2").wait_for(state="attached")
    assert page.locator(".applications-ranks li").nth(1).inner_text().count(name) > 0
    walk.tab_to(page, "Voir ce qui se passera…")
    page.wait_for_url("**essai=1**")
    walk.tab_to(page, "Viser, classer et déposer")
    walk.shows(page, "2 candidatures visées et déposées")


def call_closes_by_itself(walk: Walk) -> None:
    """It closes at its minute; two days later, what still waited lapses."""
    page = walk.be("referent-guadeloupe")
    walk.at(2027, 4, 2, 18, 1)
    walk.go(page, f"/candidatures/{walk.codes[LATE]}/")
    walk.shows(page, "accord attendu avant le dimanche 4 avril 2027, 18 h")
    walk.at(2027, 4, 5)
    page.reload()
    walk.look(page, "lapsed")
    walk.shows(page, "L’accord ou le visa n’est pas venu à temps")


def begin(walk: Walk, page: Page, theme: str, title: str) -> str:
    """An application is begun on this theme, and its project written; its code."""
    walk.go(page, "/candidatures/")
    walk.follow(page, "Commencer une candidature")
    walk.press(page, f"Commencer sur le thème : {theme}")
    code = page.url.split("/candidatures/")[1].split("/")[0]
    walk.codes[title] = code
    is_live = page not in walk.without_script
    if is_live:
        page.wait_for_selector("form[data-ready=yes]")
    page.fill("#q-title", title)
    for name in ("summary", "problem", "protocol", "observation", "offer"):
        page.fill(f"#q-{name}", "Deux classes de 4e, un tableur, et des preuves à relire.")
    page.locator("label[for=q-duration_years_0]").click()
    page.fill("#q-productions-0-what", "Un scénario")
    if is_live:
        walk.saved(page)
    return code


def complete(walk: Walk, page: Page, inspection: str) -> None:
    """The inspector, the team, the commitments: until nothing is missing."""
    page.get_by_role("button", name="Enregistrer et continuer : L’équipe").click()
    page.wait_for_url("**etape=equipe**")
    walk.look(page, "team")
    page.select_option("#inspecteur-person-inspecteur", label=inspection)
    walk.press(page, "Désigner")
    walk.shows(page, f"{inspection} sera saisi·e pour accord")
    page.fill("#q-lead", "Référent·e du collège")
    school = {"discipline": "Mathématiques", "school": "Collège du Parc"}
    for name, value in ({"name": "Référent·e"} | school).items():
        page.fill(f"#q-referents-0-{name}", value)
    for row in range(3):
        for name, value in ({"name": f"Enseignant·e {row}"} | school).items():
            page.fill(f"#q-team-{row}-{name}", value)
        page.select_option(f"#q-team-{row}-level", label="collège")
    page.get_by_role("button", name="Enregistrer et continuer : Les engagements").click()
    page.wait_for_url("**etape=engagements**")
    for row in range(5):
        page.locator(f"label[for=q-commitments_{row}]").click()
    page.get_by_role("button", name="Enregistrer et continuer : Les pièces").click()
    page.wait_for_url("**/pieces/**")


def submit(walk: Walk, page: Page, code: str) -> None:
    page.goto(f"/candidatures/{code}/modifier/?etape=verifier")
    walk.look(page, "check")
    walk.follow(page, "Soumettre à l’accord de l’inspection…")
    walk.press(page, "Soumettre")
    walk.shows(page, "La candidature est soumise")


def agree(walk: Walk, slug: str) -> None:
    page = walk.be(slug)
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Lire et donner mon accord")
    walk.follow(page, "Donner mon accord…")
    walk.press(page, "Donner mon accord")
    walk.shows(page, "Votre accord est donné")


def endorse(walk: Walk, slug: str) -> None:
    """With the dry run first."""
    page = walk.be(slug)
    page.goto("/tableau-de-bord/")
    walk.follow(page, "Comparer et viser")
    walk.press(page, "Voir ce qui se passera…")
    walk.look(page, "dry run")
    walk.shows(page, "Essai à blanc : rien n’est encore écrit.")
    walk.press(page, "Viser, classer et déposer")
    walk.shows(page, "1 candidature visée et déposée", "Récépissé")


def join(walk: Walk, page: Page, name: str) -> None:
    """A picture of one point, under this name."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    content = b"\x89PNG\r\n\x1a\n" + picture
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    walk.press(page, "Joindre ce fichier")


def submitted(walk: Walk, slug: str, academy: str, theme: str, title: str) -> None:
    """An application written meanwhile, through the acts themselves."""
    author, inspector = (
        User.objects.get(email=address_of(f"{role}-{slug}")) for role in ("referent", "inspecteur")
    )
    given = {"now": now(), "actor": actor_for(author, now().date())}
    made = applications.begin(
        theme=Theme.objects.get(code=walk.codes[theme]),
        academy=Academy.objects.get(code=academy),
        **given,
    )
    writes = [Write(name, value) for name, value in (COMPLETE | {"title": title}).items()]
    applications.save(application=made, writes=writes, **given)
    applications.name_inspector(application=made, person=inspector, **given)
    applications.submit(application=made, **given)
    walk.codes[title] = made.code


STEPS = (
    call_opens_by_itself,
    apply_from_nantes_and_be_returned,
    apply_from_lyon,
    apply_from_lille_without_script,
    apply_from_guadeloupe_too_late,
    rank_by_keyboard_alone,
    call_closes_by_itself,
)
