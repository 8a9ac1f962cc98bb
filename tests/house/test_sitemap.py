"""Every address of the site map: answers, bears what RGAA asks of every page, gives nobody away."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MENTIONS = [f"Accessibilité : {state} conforme" for state in ("totalement", "partiellement", "non")]
DECLARATION = (
    *("État de conformité", "Résultats des tests", "Contenus non accessibles"),
    *("Établissement de cette déclaration", "Retour d’information et contact", "Voies de recours"),
)
FOOTER = ("/accessibilite/", "/mentions-legales/", "/donnees-personnelles/", "/cookies/")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


@pytest.fixture(scope="module")
def kept() -> dict[str, str]:
    """What the first test has asked for, for those that follow: nothing of it changes."""
    return {}


@pytest.fixture
def pages(words, kept) -> dict[str, str]:
    """The text of every page of the site map, by path."""
    if not kept:
        kept.update(_asked())
    return kept


def _asked() -> dict[str, str]:
    client = Client()
    listed = client.get("/sitemap.xml").content.decode()
    paths = [urlsplit(one).path for one in re.findall(r"<loc>(.*?)</loc>", listed)]
    answers = {path: client.get(path) for path in paths}
    assert {path: one.status_code for path, one in answers.items() if one.status_code != 200} == {}
    assert [path for path, one in answers.items() if one.cookies] == []
    return {path: unescape(one.content.decode()) for path, one in answers.items()}


def test_sitemap_pages_all_keep_the_house_rules(pages) -> None:
    titles = [re.search(r"<title>(.*?)</title>", page, re.DOTALL) for page in pages.values()]
    shown = [found[1] for found in titles if found]

    assert len(pages) > 150
    assert len(shown) == len(pages)
    assert sorted(title for title in set(shown) if shown.count(title) > 1) == []
    for path, page in pages.items():
        assert [link for link in FOOTER if f'href="{link}"' not in page] == [], path
        assert 'lang="fr"' in page, path
        assert 'href="#contenu"' in page, path


def test_home_says_once_how_accessible_the_site_is(pages) -> None:
    assert sum(pages["/"].count(mention) for mention in MENTIONS) == 1


def test_declaration_has_the_headings_of_the_official_model(pages) -> None:
    page = pages["/accessibilite/"].replace("'", "’").replace("\u00a0", " ")

    assert [heading for heading in DECLARATION if heading not in page] == []


def test_public_pages_and_channels_give_no_address_away(pages, settings) -> None:
    client = Client()
    channels = ("/oai?verb=ListRecords&metadataPrefix=oai_dc", "/api/v1/notices?limit=100")
    texts = [*pages.values(), *(client.get(one).content.decode() for one in channels)]

    found = {mail for text in texts for mail in MAIL.findall(text)}

    assert found - {settings.CONTACT} == set()


def test_robots_names_the_site_map(words) -> None:
    assert "/sitemap.xml" in Client().get("/robots.txt").content.decode()
