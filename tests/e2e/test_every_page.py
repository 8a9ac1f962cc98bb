"""From « Ma journée » each persona reaches pages that are accessible and fit every screen.

One page of each route is looked at, whoever reaches it first; « Ma journée », as each of them. The
public pages are in `test_pages`.
"""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from playwright.sync_api import Error, Page

from tests.e2e.looking import BLANK, LOOKS, looked_over
from tests.e2e.serving import Visit
from tests.e2e.test_pages import PUBLIC
from tests.house.test_links import DAY, LINK, PAPERS, route_of
from traam.people.personas import PERSONAS

pytestmark = pytest.mark.browser
ROUTES = 120  # looked at, at least, of all that the personas reach
NAME = re.compile(r"<[^>]*:([^>]*)>")


@pytest.fixture(scope="module")
def met() -> set[str]:
    """The routes that a persona has met already."""
    return {"", "deconnexion/"}


def _walk(page: Page, met: set[str]) -> Iterator[tuple[str, str]]:
    """The route and the address of one page of each route, found by its links; it is open."""
    met.discard(route_of(DAY))
    waiting = deque([DAY])
    while waiting:
        address = waiting.popleft()
        route = route_of(address)
        if route in met or route.endswith(PAPERS):
            continue
        met.add(route)
        next(iter(LOOKS.values())).put_on(page)
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            continue
        if answer and answer.headers["content-type"].startswith("text/html"):
            yield route, address
        links = LINK.findall(unescape(page.content()))
        waiting.extend(dict.fromkeys(links))


@cache
def _public() -> set[str]:
    return {route_of(address.format(ark="ark")) for address in PUBLIC.values()}


def _shot(persona: str, route: str) -> str:
    return f"{persona}-{NAME.sub('x', route).replace('/', '_')}"


@pytest.mark.parametrize("persona", [persona.slug for persona in PERSONAS])
def test_pages_that_a_persona_reaches_are_accessible_and_fit_their_screens(
    persona, visit: Visit, met
) -> None:
    page = visit(persona).new_page()
    wrong = [
        f"{address}: {each}"
        for route, address in _walk(page, met)
        if route not in _public()
        for each in looked_over(page, shot=_shot(persona, route))
    ]
    page.goto(BLANK)

    assert wrong == []


def test_personas_reach_nearly_every_page_of_the_service(met) -> None:
    assert len(met) > ROUTES
