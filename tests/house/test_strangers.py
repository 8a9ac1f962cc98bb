"""A crawler that never signs in: what it reaches says nothing of a person, a school, a draft."""

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from traam.catalogue.models import Notice
from traam.groups.models import Member, Team
from traam.kit.contacts import contacts
from traam.people.models import User
from traam.productions.models import Production
from traam.productions.rules.life import ProductionState
from traam.syntheses.models import Synthesis
from traam.trials.models import Observation, Picture, Trial

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LINK = re.compile(r'(?:href|src)="([^"#]+)')
TAGS = re.compile(r"<[^>]*>")
CHANNELS = (
    "/sitemap.xml",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListSets",
    "/api/v1/notices?limit=100",
    "/flux/nouveautes.atom",
)
EXAMPLE = "prenom.nom@ac-lille.fr"  # of the sign-in page
LONG = 25  # characters: a shorter text may be said elsewhere for another reason


@pytest.fixture(scope="module")
def kept() -> dict[str, str]:
    """What the first test has crawled, for those that follow."""
    return {}


@pytest.fixture
def pages(words, kept) -> dict[str, str]:
    """All that a stranger reaches from the home page and the channels, by address, as plain text.

    Addresses with a query are the same pages narrowed otherwise: they are not followed.
    """
    if not kept:
        kept.update(_crawl())
    return kept


def _crawl() -> Iterator[tuple[str, str]]:
    client, seen = Client(), {"/", *CHANNELS}
    waiting = deque(seen)
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.status_code != 200 or answer.streaming:
            continue
        text = unescape(answer.content.decode(errors="replace"))
        for link in LINK.findall(text):
            parts = urlsplit(link)
            is_page = not (parts.netloc or parts.query or parts.path.startswith("/static/"))
            if is_page and parts.path.startswith("/") and parts.path not in seen:
                seen.add(parts.path)
                waiting.append(parts.path)
        yield address, text


def _said(pages: dict[str, str], secrets: set[str]) -> dict[str, str]:
    """The first page that says each of these."""
    plain = {at: TAGS.sub(" ", text) for at, text in pages.items()}
    return {
        secret: at for secret in secrets if secret for at, text in plain.items() if secret in text
    }


def test_crawler_reaches_the_public_site_and_no_room_of_work(pages) -> None:
    rooms = (
        "/groupes/",
        "/essais/",
        "/productions/",
        "/redaction/",
        "/selection/",
        "/preparation/",
    )

    assert len(pages) > 200
    assert sum(address.startswith("/syntheses/") for address in pages) >= 3
    assert [address for address in pages if address.startswith(rooms)] == []


def test_no_address_nor_telephone_number_is_said(pages) -> None:
    said = {at: TAGS.sub(" ", text) for at, text in pages.items() if "<main" in text}
    found = {
        (one.excerpt, at)
        for at, text in said.items()
        for one in contacts(text.replace(settings.CONTACT, " ").replace(EXAMPLE, " "))
    }
    mails = {*User.objects.values_list("email", flat=True)} - {settings.CONTACT}

    assert found == set()
    assert _said(pages, mails) == {}


def test_no_person_nor_school_is_named(pages) -> None:
    named = set(Member.objects.values_list("school", flat=True))
    named |= set(Trial.objects.values_list("school", flat=True))
    named |= set(User.objects.filter(persona=None).values_list("name", flat=True))

    assert len(named) > 10
    assert _said(pages, named) == {}


def test_no_team_nor_trial_is_told(pages) -> None:
    codes = {*Team.objects.values_list("code", flat=True)}
    codes |= {*Trial.objects.values_list("code", flat=True)}

    assert codes
    assert _said(pages, codes) == {}


def test_no_draft_observation_nor_picture_is_read(pages) -> None:
    published = Production.objects.filter(state=ProductionState.PUBLISHED)
    public = {
        *Notice.objects.values_list("record__title", flat=True),
        *published.values_list("steps", flat=True),
        *Observation.objects.exclude(proofread_at=None).values_list("seen", flat=True),
    }
    drafts = {
        *Production.objects.values_list("steps", flat=True),
        *Synthesis.objects.filter(ark="").values_list("title", flat=True),
        *Trial.objects.values_list("hypothesis", flat=True),
        *Trial.objects.values_list("conclusion", flat=True),
        *Observation.objects.values_list("seen", flat=True),
        *Picture.objects.values_list("description", flat=True),
    }

    secret = {one for one in drafts - public if len(one) >= LONG}
    assert secret
    assert _said(pages, secret) == {}
