"""Each page of applications in a real browser: accessible, and fit for a phone."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.applying import Call
from tests.e2e.looking import faults
from tests.e2e.serving import visits

pytestmark = pytest.mark.browser

QUESTIONS = "/preparation/campagnes/2090-2091/questions/"
# Of these parts, what `test_every_page` does not meet: other states, pages that no link opens now.
PAGES = {
    "team": ("referent-lille", "/candidatures/{code}/modifier/?etape=equipe"),
    "commitments": ("referent-lille", "/candidatures/{code}/modifier/?etape=engagements"),
    "pieces": ("referent-lille", "/candidatures/{code}/pieces/"),
    "check": ("referent-lille", "/candidatures/{code}/modifier/?etape=verifier"),
    "submit": ("referent-lille", "/candidatures/{code}/soumettre/"),
    "endorse, foreseen": ("dan-lille", "/candidatures/academie/09/?campagne=2090-2091&essai=1"),
    "agreed": ("inspecteur-lille", "/candidatures/{last}/"),
    "questions": ("pilote-national", QUESTIONS),
    "question": ("pilote-national", f"{QUESTIONS}?question=productions"),
    "preview": ("pilote-national", f"{QUESTIONS}?apercu"),
}


@pytest.fixture(scope="module")
def page_of(browser: Browser, call: Call) -> Iterator[Callable[[str], Page]]:
    """The page of a persona."""
    with visits(browser, call.address) as visit:
        yield cache(lambda persona: visit(persona).new_page())


@pytest.mark.parametrize("kind", PAGES)
def test_page_has_no_accessibility_violation(kind, page_of, call) -> None:
    persona, address = PAGES[kind]
    address = address.format(code=call.codes[9], last=call.codes[-1])

    assert faults(page_of(persona), address, shot=kind) == []
