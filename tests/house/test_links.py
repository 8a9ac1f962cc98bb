"""From « Ma journée », each persona finds only pages that open: no link leads to a closed door."""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.house.test_addresses import signed_in
from traam.people.personas import PERSONAS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LINK = re.compile(r'href="([^"#]+)')
DAY = "/tableau-de-bord/"
PAPERS = ("<slug:form>", ".pdf", ".ics")  # costly to draw
READ = 100  # routes at least, of all that the personas reach


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


def _walk(client: Client) -> Iterator[tuple[str, str, str, int]]:
    """One page of each route, found by its links: its route and address, where the link was, and
    what answers."""
    waiting, met = deque([(DAY, "")]), {""}
    while waiting:
        address, source = waiting.popleft()
        route = route_of(address)
        if route in met or route.endswith(PAPERS):
            continue
        met.add(route)
        answer = client.get(address)
        yield route, address, source, answer.status_code
        answer.close()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            links = LINK.findall(unescape(answer.content.decode()))
            waiting.extend((link, address) for link in dict.fromkeys(links))


def test_no_link_that_a_persona_follows_leads_to_a_closed_door(demonstration) -> None:
    routes, closed = set(), []
    for persona in PERSONAS:
        for route, address, source, status in _walk(signed_in(persona.slug)):
            routes.add(route)
            if status >= 400:
                closed.append(f"{persona.slug}: {source} → {address}: {status}")

    assert closed == []
    assert len(routes) > READ
