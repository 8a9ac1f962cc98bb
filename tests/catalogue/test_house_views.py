"""The pages that a public site owes its visitors."""

import re

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import reverse

from tests.house.pages import CheckedClient

NAMES = ("accessibility", "legal", "personal_data", "cookies", "site_map", "help")


@pytest.fixture
def visitor(settings, tmp_path) -> Client:
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns of a folder that does not exist
    return CheckedClient()


def text_of(visitor: Client, name: str) -> str:
    """What is read on the page, fixed spaces made plain."""
    html = visitor.get(reverse(name)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.partition("<main")[2]))


@pytest.mark.parametrize("name", NAMES)
def test_house_page_is_public_and_leaves_no_cookie(visitor, name) -> None:
    # No django_db mark: the page needs no database either.
    response = visitor.get(reverse(name))

    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("name", NAMES)
def test_house_page_refuses_a_post(visitor, name) -> None:
    assert visitor.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", NAMES)
def test_house_page_is_in_the_footer_of_every_page(visitor, name) -> None:
    footer = visitor.get(reverse("help")).content.decode().partition("<footer")[2]

    assert f'href="{reverse(name)}"' in footer


@pytest.mark.parametrize(
    "said",
    [
        "conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005",
        "État de conformité",
        "est non conforme avec le référentiel général d’amélioration de l’accessibilité (RGAA)",
        "Résultats des tests",
        "Contenus non accessibles",
        "Dérogations pour charge disproportionnée",
        "Établissement de cette déclaration d’accessibilité",
        "Technologies utilisées pour la réalisation du site",
        "Pages du site ayant fait l’objet de la vérification de conformité",
        "Retour d’information et contact",
        "Voies de recours",
        "Libre réponse 71120 75342 Paris CEDEX 07",
    ],
)
def test_accessibility_declaration_has_the_mandatory_format(visitor, said) -> None:
    page = text_of(visitor, "accessibility").replace("71120", "71120 ").replace("  ", " ")

    assert said in page


@pytest.mark.parametrize("name", ["accessibility", "legal", "personal_data", "help"])
def test_house_page_gives_the_functional_address(visitor, settings, name) -> None:
    settings.CONTACT = "equipe@exemple.fr"

    assert 'href="mailto:equipe@exemple.fr"' in visitor.get(reverse(name)).content.decode()


def test_cookies_page_names_the_cookies_that_are_set(visitor) -> None:
    page = text_of(visitor, "cookies")

    for name in (live.SESSION_COOKIE_NAME, live.CSRF_COOKIE_NAME, "messages", "scheme"):
        assert name in page


def test_legal_page_says_who_publishes_on_an_official_host(visitor, settings) -> None:
    settings.OFFICIAL_HOSTS = ("testserver",)
    settings.PUBLICATION_DIRECTOR = "la directrice du numérique pour l’éducation"

    page = text_of(visitor, "legal")

    assert "Direction du numérique pour l’éducation" in page
    assert "publication : la directrice du numérique pour l’éducation." in page


def test_site_map_links_every_public_page_that_exists(visitor) -> None:
    main = visitor.get(reverse("site_map")).content.decode().partition("<main")[2]

    for name in ("home", "search", "campaigns", "academies", *NAMES):
        if name != "site_map":
            assert f'<a href="{reverse(name)}">' in main.partition("<footer")[0]


def test_help_page_leads_harvesters_to_answers(visitor) -> None:
    page = visitor.get(reverse("help")).content.decode()

    assert f'href="{reverse("oai")}?verb=Identify"' in page
    assert f"/ark:/{live.NAAN}/" in page
