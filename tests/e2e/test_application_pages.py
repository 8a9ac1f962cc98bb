"""Each page of applications in a real browser: accessible, and fit for a phone."""

import pytest

from tests.e2e.applying import PHONE, WIDE, shot, violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUESTIONS = "/preparation/campagnes/2090-2091/questions/"
PAGES = {
    "list": ("referent-lille", "/candidatures/"),
    "begin": ("referent-lille", "/candidatures/nouvelle/"),
    "project": ("referent-lille", "/candidatures/{code}/modifier/"),
    "team": ("referent-lille", "/candidatures/{code}/modifier/?etape=equipe"),
    "commitments": ("referent-lille", "/candidatures/{code}/modifier/?etape=engagements"),
    "pieces": ("referent-lille", "/candidatures/{code}/pieces/"),
    "check": ("referent-lille", "/candidatures/{code}/modifier/?etape=verifier"),
    "show": ("referent-lille", "/candidatures/{code}/"),
    "submit": ("referent-lille", "/candidatures/{code}/soumettre/"),
    "withdraw": ("referent-lille", "/candidatures/{code}/retirer/"),
    "endorse": ("dan-lille", "/candidatures/academie/09/?campagne=2090-2091"),
    "endorse, foreseen": ("dan-lille", "/candidatures/academie/09/?campagne=2090-2091&essai=1"),
    "return": ("dan-lille", "/candidatures/{last}/renvoyer/"),
    "list of the delegate": ("dan-lille", "/candidatures/"),
    "agreed": ("inspecteur-lille", "/candidatures/{last}/"),
    "extensions": ("pilote-national", "/candidatures/prolongations/"),
    "enter": ("pilote-national", "/candidatures/saisir/?academie=09"),
    "questions": ("pilote-national", QUESTIONS),
    "question": ("pilote-national", f"{QUESTIONS}?question=productions"),
    "preview": ("pilote-national", f"{QUESTIONS}?apercu"),
}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", PAGES)
def test_page_has_no_accessibility_violation(kind, size, as_persona, call) -> None:
    persona, address = PAGES[kind]
    page = as_persona(persona, viewport=size).new_page()
    page.goto(address.format(code=call.codes[9], last=call.codes[-1]))

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    shot(page, kind)
