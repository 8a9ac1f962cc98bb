"""The layout: whose marks are shown, what the menu offers, what is read of the session."""

import re
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory

from traam.kit.layout import FOOTER, bare, layout, with_query

MENU = (
    ("Accueil", "home", ""),
    ("Catalogue", "search", ""),
    ("Pas encore", "nowhere", ""),
    ("Ma journée", "dashboard", "signed-in"),
    ("Campagnes", "campaigns", "archive.load"),
)


def actor(*rights: str, is_anonymous: bool = False) -> SimpleNamespace:
    return SimpleNamespace(is_anonymous=is_anonymous, may=lambda right: right in rights)


def request_from(who: SimpleNamespace | None = None, address: str = "/") -> HttpRequest:
    request = RequestFactory(SERVER_NAME="localhost").get(address)
    request.user = SimpleNamespace(name="Référente de Lille")
    if who is not None:
        request.actor = who
    return request


@pytest.fixture(autouse=True)
def _menu(site, settings) -> None:
    settings.NAVIGATION = MENU


def labels(entries) -> list[str]:
    return [entry.label for entry in entries]


@pytest.mark.parametrize(
    ("who", "items"),
    [
        (None, ["Accueil", "Catalogue"]),
        (actor("archive.load", is_anonymous=True), ["Accueil", "Catalogue"]),
        (actor(), ["Accueil", "Catalogue", "Ma journée"]),
        (actor("archive.load"), ["Accueil", "Catalogue", "Ma journée", "Campagnes"]),
    ],
)
def test_menu_offers_what_the_actor_may_open_and_what_exists(who, items) -> None:
    assert labels(layout(request_from(who)).menu) == items


@pytest.mark.parametrize(
    ("who", "items"),
    [(None, ["Chercher"]), (actor(is_anonymous=True), ["Chercher"]), (actor("stranger"), [])],
)
def test_item_for_strangers_leaves_the_menu_of_who_has_signed_in(settings, who, items) -> None:
    settings.NAVIGATION = (("Chercher", "search", "stranger"),)

    assert labels(layout(request_from(who)).menu) == items


@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("/", ["page", ""]),
        ("/catalogue/", ["", "page"]),
        ("/catalogue/t1abc/", ["", "true"]),
        ("/ailleurs/", ["", ""]),
    ],
)
def test_menu_marks_the_page_and_its_section(address, marks) -> None:
    assert [entry.current for entry in layout(request_from(address=address)).menu] == marks


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000"])
def test_marks_of_the_state_are_shown_on_an_official_host(settings, host) -> None:
    settings.OFFICIAL_HOSTS = ("localhost",)

    page = Client().get("/", headers={"host": host}).content.decode()

    assert "République<br>française" in page
    assert "favicon/favicon.svg" in page


@pytest.mark.parametrize("address", ["/", "/nulle-part", "/refuse/panne"])
def test_marks_of_the_state_are_nowhere_else(visitor, settings, address) -> None:
    settings.OFFICIAL_HOSTS = ("traam.education.gouv.fr",)

    page = visitor.get(address).content.decode()

    assert not re.search("r[ée]publique|marianne|fr-logo|favicon/favicon", page, re.IGNORECASE)
    assert "kit/mark.svg" in page


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_demonstration_is_marked_and_not_indexed(visitor, settings, is_demonstration) -> None:
    settings.DEMONSTRATION = is_demonstration

    page = visitor.get("/").content.decode()

    assert ('<meta name="robots" content="noindex">' in page) is is_demonstration
    assert (">démonstration</span>" in page) is is_demonstration


@pytest.mark.parametrize(
    ("site_url", "canonical"),
    [
        ("", "http://testserver/catalogue/"),
        ("https://traam.example.org", "https://traam.example.org/catalogue/"),
    ],
)
def test_canonical_follows_the_host_unless_the_site_has_an_address(
    visitor, settings, site_url, canonical
) -> None:
    settings.SITE_URL = site_url

    page = visitor.get("/catalogue/?q=é").content.decode()

    assert f'<link rel="canonical" href="{canonical}">' in page
    assert f'<meta property="og:url" content="{canonical}">' in page


def test_visitor_gets_no_cookie_and_no_form(visitor) -> None:
    response = visitor.get("/")

    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert '<a class="fr-btn fr-icon-lock-line" href="/connexion/">Se connecter</a>' in (
        response.content.decode()
    )


def test_signed_in_person_sees_a_name_and_a_form_to_leave() -> None:
    page = engines["jinja2"].get_template("kit/components_show.html")

    html = page.render({"shelves": []}, request_from(actor()))

    assert 'href="/tableau-de-bord/">Référente de Lille</a>' in html
    assert re.search(
        r'<form method="post" action="/deconnexion/"[^>]*><input type="hidden" '
        r'name="csrfmiddlewaretoken"',
        html,
    )


def test_message_is_shown_once_and_escaped(visitor) -> None:
    first = visitor.get("/dire", follow=True).content.decode()
    second = visitor.get("/").content.decode()

    assert "C’est &lt;b&gt;fait&lt;/b&gt;." in first
    assert "fr-alert--success" in first
    assert "C’est &lt;b&gt;" not in second


def test_footer_says_not_compliant_and_leaves_out_what_does_not_exist() -> None:
    assert labels(layout(request_from()).footer) == ["Accessibilité : non conforme"]
    assert len(FOOTER) > 1


def test_layout_stands_without_a_request() -> None:
    html = engines["jinja2"].get_template("kit/components_show.html").render({"shelves": []})

    assert "<h1>Composants</h1>" in html
    assert labels(layout().menu) == ["Accueil", "Catalogue"]
    assert labels(bare().footer) == ["Accessibilité : non conforme"]


def test_title_bears_the_name_of_the_site(visitor) -> None:
    assert "<title>Composants – TraAM</title>" in visitor.get("/").content.decode()


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({"page": 3}, "/x/?q=a%26b&cycle=3&cycle=4&page=3"),
        ({"q": None}, "/x/?cycle=3&cycle=4&page=2"),
        ({"cycle": ["4"], "page": None}, "/x/?q=a%26b&cycle=4"),
        ({"q": None, "cycle": None, "page": None}, "/x/"),
        ({"q": "é"}, "/x/?q=%C3%A9&cycle=3&cycle=4&page=2"),
    ],
)
def test_with_query_changes_one_thing_and_keeps_the_rest(changes, address) -> None:
    request = RequestFactory().get("/x/?q=a%26b&cycle=3&cycle=4&page=2")

    assert with_query(request, **changes) == address
