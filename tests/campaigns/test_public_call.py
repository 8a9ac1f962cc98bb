"""The open call as everyone sees it; what is in preparation as nobody does."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.campaigns.preparing import CLOSES, DAY, NOW, OPENS, opened, signed
from tests.house.pages import CheckedClient
from traam.access.actor import anonymous
from traam.campaigns import actions, queries
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.life import CALL_OPENED_ON, CampaignState
from traam.campaigns.rules.signing import TextState
from traam.catalogue.search import engine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "index")]
PAGE = "/campagnes/2026-2027/"
THEME = "/themes/mathematiques-2026-2027-1/"
PAPERS = (f"{PAGE}appel.pdf", f"{PAGE}cahier-des-charges.pdf")


@pytest.fixture
def at(monkeypatch) -> Callable[[datetime], None]:
    """Sets the clock of every view."""

    def set_to(instant: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: instant)

    set_to(OPENS + DAY)
    return set_to


def shown(path: str) -> str:
    return CheckedClient().get(path).content.decode().replace("\u00a0", " ")


# -- in preparation, nothing shows


@pytest.mark.usefixtures("at")
def test_campaign_in_preparation_is_absent_from_every_public_page():
    made = signed()
    client = CheckedClient()
    feeds = [
        reverse("feed", kwargs={"name": name})
        for name in ("campagne-2026-2027", f"theme-{made.theme.code}")
    ]

    missing = [client.get(path).status_code for path in (PAGE, THEME, *PAPERS, *feeds)]
    everything = "".join(
        client.get(path).content.decode()
        for path in ("/", "/campagnes/", "/sitemap.xml", "/plan-du-site/", "/academies/")
    )

    assert missing == [404] * 6
    assert "2026-2027" not in everything
    assert made.theme.title not in everything


@pytest.mark.usefixtures("at")
def test_call_taken_back_is_absent_again():
    made = opened()
    before = CheckedClient().get(PAGE).status_code

    actions.take_back_call(campaign=made.campaign, reason="Erreur.", now=OPENS, actor=made.pilot)

    assert before == 200
    assert [CheckedClient().get(path).status_code for path in (PAGE, THEME, *PAPERS)] == [404] * 4


@pytest.mark.usefixtures("at")
def test_theme_withdrawn_from_an_open_call_is_absent():
    made = opened()

    actions.withdraw_text(text=made.theme, reason="Erreur.", now=OPENS, actor=made.pilot)

    assert CheckedClient().get(THEME).status_code == 404
    assert made.theme.title not in shown(PAGE)
    assert THEME not in shown("/sitemap.xml")


@pytest.mark.parametrize("state", list(CampaignState))
@pytest.mark.parametrize("text", [each for each in TextState if each != TextState.ARCHIVED])
def test_public_texts_are_those_that_the_table_of_rights_opens_to_strangers(state, text):
    """The list of public pages and the table of rights say the same."""
    theme = ThemeFactory(campaign=CampaignFactory(prepared=True, state=state), state=text)
    stranger = anonymous(NOW.date())

    is_public = theme in Theme.objects.public()

    assert is_public == stranger.allows("theme.read", theme.place())
    assert is_public == (state in CALL_OPENED_ON and text == TextState.SIGNED_TWICE)


@pytest.mark.parametrize("state", list(CampaignState))
def test_public_campaigns_are_those_that_the_table_of_rights_opens_to_strangers(state):
    campaign = CampaignFactory(prepared=True, state=state)

    assert (campaign in Campaign.objects.public()) == anonymous(NOW.date()).allows(
        "campaign.read", campaign.place()
    )


def test_themes_in_preparation_are_no_candidates_for_productions():
    ThemeFactory(campaign=CampaignFactory(prepared=True), signed=True)
    known = ThemeFactory()

    assert [one.code for one in queries.candidates()] == [known.code]


def test_list_of_campaigns_counts_public_themes_only():
    campaign = CampaignFactory(call_open=True)
    ThemeFactory(campaign=campaign, signed=True)
    ThemeFactory(campaign=campaign, draft=True)

    assert [one.theme_count for one in queries.for_list()] == [1]


# -- open


@pytest.mark.usefixtures("at")
def test_open_call_says_its_deadline_everywhere_its_themes_and_how_one_chooses():
    opened()

    page = shown(PAGE)

    assert "L’appel est ouvert" in page
    assert "vendredi 17 avril 2026, 11 h 30, heure de Paris" in page
    assert f'datetime="{CLOSES.isoformat(timespec="seconds")}"' in page
    assert "Nouvelle-Calédonie" in page
    assert "Que gagnent les élèves à travailler sur des données réelles ?" in page
    assert "Recueillir" in page
    assert "Chaque thème retient de 4 à 8 académies" in page
    assert "Adéquation au thème" in page
    assert "23 %" in page
    assert "Des séances en classe." in page
    assert "/appel.pdf" in page


def test_call_says_how_to_answer_it_while_it_is_open_only(at):
    opened()

    for instant, is_open in ((OPENS + DAY, True), (CLOSES + DAY, False)):
        at(instant)
        page = shown(PAGE)
        assert ("Répondre à l’appel" in page) == is_open
        assert ("thème proposé" in page) == is_open
        assert ("Ce que l’appel demandait" in page) == (not is_open)


@pytest.mark.usefixtures("at")
def test_papers_of_an_open_call_are_public():
    opened()

    answers = [CheckedClient().get(path) for path in PAPERS]

    assert [answer.content[:5] for answer in answers] == [b"%PDF-"] * 2
    assert {answer["Content-Type"] for answer in answers} == {"application/pdf"}


@pytest.mark.usefixtures("at")
def test_theme_of_an_open_call_shows_what_it_proposes():
    opened()

    page = shown(THEME)

    assert "Ce que le thème propose" in page
    assert "Représenter" in page
    assert "ne sont pas connues" not in page


def test_home_shows_the_open_call_until_its_instant(at):
    opened()

    assert "Appel à candidatures 2026-2027" in shown("/")
    at(CLOSES)
    assert "Appel à candidatures 2026-2027" not in shown("/")
    assert "L’appel est ouvert" not in shown(PAGE)
    assert "L’appel s’est clos" in shown(PAGE)


@pytest.mark.usefixtures("at")
def test_demonstration_is_marked():
    made = opened()
    Campaign.objects.filter(pk=made.campaign.pk).update(is_demonstration=True)

    for path in (PAGE, THEME, "/campagnes/"):
        page = shown(path)
        assert "démonstration</span>" in page[page.index("<main") :]
    assert "(démonstration)" in shown("/")


@pytest.mark.parametrize("themes", [1, 3])
def test_public_page_of_a_call_asks_as_many_queries_for_three_themes(
    themes, at, django_assert_num_queries
):
    made = opened()
    for _ in range(themes - 1):
        ThemeFactory(campaign=made.campaign, signed=True)
    client = CheckedClient()
    client.get(PAGE)
    engine().clock = lambda: 0.0  # no look at what is new

    # The campaign, its calendar; the brief; the themes, counted, their axes, their terms.
    with django_assert_num_queries(7):
        client.get(PAGE)


@pytest.mark.usefixtures("at")
def test_call_shows_a_page_of_its_themes_and_the_way_to_the_others():
    made = opened()
    ThemeFactory.create_batch(queries.PER_PAGE, campaign=made.campaign, signed=True)

    pages = [shown(f"{PAGE}{address}") for address in ("", "?page=2")]

    assert [page.count('<article class="campaigns-theme"') for page in pages] == [50, 1]
    assert [f"{queries.PER_PAGE + 1} thèmes proposés" in page for page in pages] == [True, True]
    assert "?page=2" in pages[0]


def test_open_calls_are_those_open_at_this_instant_the_first_to_close_first():
    made = opened()

    assert queries.open_calls(OPENS) == [made.campaign]
    assert queries.open_calls(CLOSES) == []
