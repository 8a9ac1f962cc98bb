"""From « Ma journée », each persona finds only pages that open, and that ask few questions."""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

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


def _walk(client: Client) -> Iterator[tuple[str, str, str, int, int]]:
    """One page of each route, found by its links: its route and address, where the link was, what
    answers, how many queries it asked."""
    waiting, met = deque([(DAY, "")]), {""}
    while waiting:
        address, source = waiting.popleft()
        route = route_of(address)
        if route in met or route.endswith(PAPERS):
            continue
        met.add(route)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        yield route, address, source, answer.status_code, len(asked)
        answer.close()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            links = LINK.findall(unescape(answer.content.decode()))
            waiting.extend((link, address) for link in dict.fromkeys(links))


def test_links_that_a_persona_follows_open_pages_that_ask_few_questions(demonstration) -> None:
    routes, closed, asking = set(), [], []
    for persona in PERSONAS:
        client = signed_in(persona.slug)
        client.get(DAY)  # what a process keeps is read once
        for route, address, source, status, asked in _walk(client):
            routes.add(route)
            if status >= 400:
                closed.append(f"{persona.slug}: {source} → {address}: {status}")
            if asked > ASKED:
                asking.append(f"{persona.slug}: {address}: {asked}")

    assert closed == []
    assert asking == []
    assert len(routes) > READ
