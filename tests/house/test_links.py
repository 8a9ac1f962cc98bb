"""From « Ma journée », each persona finds only pages that open, and that ask few questions."""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from tests.house.pages import python_shown
from tests.house.test_addresses import signed_in
from traam.people.personas import PERSONAS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LINK = re.compile(r'href="([^"#]+)')
DAY = "/tableau-de-bord/"
PAPERS = ("<slug:form>", ".pdf", ".ics")  # costly to draw
READ = 100  # routes at least, of all that the personas reach
ASKED = 14  # queries at most on a page


@cache
def route_of(link: str) -> str:
    """The route of a page of this site; empty for the rest."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or parts.path.startswith("/static/"):
        return ""
    try:
        return resolve(parts.path).route
    except Resolver404:
        return parts.path


class Met(NamedTuple):
    """A page that was reached: where its link was, what answers, how many queries it asked, the
    words of Python that it shows."""

    route: str
    address: str
    source: str
    status: int
    asked: int
    python: list[str]


def _walk(client: Client) -> Iterator[Met]:
    """One page of each route, found by its links."""
    waiting, met = deque([(DAY, "")]), {""}
    while waiting:
        address, source = waiting.popleft()
        route = route_of(address)
        if route in met or route.endswith(PAPERS):
            continue
        met.add(route)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        is_page = answer.get("Content-Type", "").startswith("text/html")
        shown = answer.content.decode() if is_page else ""
        python = python_shown(shown)
        yield Met(route, address, source, answer.status_code, len(asked), python)
        answer.close()
        if answer.status_code == 200:
            links = LINK.findall(unescape(shown))
            waiting.extend((link, address) for link in dict.fromkeys(links))


def test_links_that_a_persona_follows_open_pages_that_ask_few_questions(demonstration) -> None:
    routes, closed, asking, python = set(), [], [], []
    for persona in PERSONAS:
        client = signed_in(persona.slug)
        client.get(DAY)  # what a process keeps is read once
        for page in _walk(client):
            routes.add(page.route)
            if page.status >= 400:
                closed.append(f"{persona.slug}: {page.source} → {page.address}: {page.status}")
            if page.asked > ASKED:
                asking.append(f"{persona.slug}: {page.address}: {page.asked}")
            python += [f"{persona.slug}: {page.address}: {each}" for each in page.python]

    assert closed == []
    assert asking == []
    assert python == []
    assert len(routes) > READ
