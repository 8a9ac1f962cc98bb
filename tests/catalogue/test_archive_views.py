"""The public pages of the programme's history, on the shipped archive."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from tests.campaigns.factories import CampaignFactory, ThemeAcademyFactory, ThemeFactory
from traam.campaigns.rules.life import CampaignState, Part
from traam.catalogue.loading import load_campaigns, load_productions
from traam.catalogue.models import Notice
from traam.catalogue.search import engine
from traam.config.demonstration import CAMPAIGNS, PRODUCTIONS


@pytest.fixture(scope="module")
def _archive(_vocabularies) -> None:
    now = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
    for action, path in ((load_campaigns, CAMPAIGNS), (load_productions, PRODUCTIONS)):
        action(content=path.read_bytes(), name=path.name, now=now, actor=None, dry_run=False)


@pytest.fixture
def archive(_archive, vocabularies, index) -> None:
    engine().follow()


def page(reader, address: str) -> str:
    return unescape(reader.get(address).content.decode())


def test_campaigns_are_listed_the_latest_first_and_the_unknown_last(archive, reader) -> None:
    shown = page(reader, "/campagnes/")

    assert shown.index("2024-2025") < shown.index("2008-2009") < shown.index("Année non connue")


def test_campaign_shows_each_theme_and_what_is_known_of_its_academies(archive, reader) -> None:
    shown = page(reader, "/campagnes/2016-2017/")

    assert "12 thèmes connus" in shown
    assert "1 connue sur 7" in shown
    assert "Académies\u00a0: non connues" in shown


def test_campaign_of_a_span_shows_its_own_works(archive, reader) -> None:
    assert "TraAM éco-gestion Lyon 2021-2023" in page(reader, "/campagnes/2021-2023/")


def test_campaigns_count_what_the_page_of_each_lists(archive, reader) -> None:
    listed = page(reader, "/campagnes/")

    for year in ("2024-2025", "2021-2023", "2012-2014", "2008-2009"):
        row = re.search(rf'href="/campagnes/{year}/".*?(\d+)</td>\s*</tr>', listed, re.DOTALL)
        shown = page(reader, f"/campagnes/{year}/")
        works = re.search(r'id="travaux">(\d+) ', shown)
        assert row, year
        assert works, year
        assert row[1] == works[1], year
    assert "2021-2022 et 2022-2023, quelle que soit leur campagne" in page(
        reader, "/campagnes/2021-2023/"
    )


def test_campaigns_lead_to_the_works_of_no_known_year(archive, reader) -> None:
    shown = page(reader, "/campagnes/")

    found = re.search(
        r'href="(/catalogue/\?annee=inconnue)"[^>]*>\s*Année non connue · (\d+)', shown
    )
    assert found
    without = sum(not notice.frozen().years for notice in Notice.objects.shown())
    assert int(found[2]) == without > 0
    assert f"{without} " in page(reader, found[1])


def test_campaign_writes_a_list_of_cycles_as_a_sentence(archive, reader) -> None:
    assert "cycle 3, cycle 4, lycée" in page(reader, "/campagnes/2016-2017/")


def test_academy_merged_says_its_last_day_without_its_weekday(archive, reader) -> None:
    assert "jusqu’au 31 décembre 2019" in page(reader, "/academies/05/")


def test_campaign_without_year_has_its_page(archive, reader) -> None:
    assert "Biochimie et biotechnologies" in page(reader, "/campagnes/annee-inconnue/")


def test_theme_tells_a_drop_out_and_an_associated_academy(archive, reader) -> None:
    dropped = page(reader, "/themes/histoire-geographie-2011-2012-1/")
    associated = page(reader, "/themes/svt-2011-2012-1/")

    assert re.search(r"Reims</a> <span[^>]*>\(retirée en cours d’année\)", dropped)
    assert re.search(r"Toulouse</a> <span[^>]*>\(associée\)", associated)


def test_theme_led_here_counts_apart_the_academies_that_have_left(reader) -> None:
    campaign = CampaignFactory(state=CampaignState.AT_WORK, is_archive=False)
    theme = ThemeFactory(campaign=campaign, signed=True)
    for name, part in (("Lille", Part.RETAINED), ("Nantes", Part.WITHDRAWN)):
        ThemeAcademyFactory(theme=theme, academy__name=name, part=part)

    section = page(reader, f"/themes/{theme.code}/").split('id="academies">')[1].split("<aside")[0]
    counted, others = section.split("que ce nombre ne compte pas")
    of_campaign = page(reader, f"/campagnes/{campaign.year}/")

    assert counted.startswith("Académies retenues\u00a0: 1<")
    assert ("Lille" in counted, "Nantes" in counted) == (True, False)
    assert re.search(r"Nantes</a> <span[^>]*>\(retirée en cours d’année\)", others)
    assert ("Lille" in of_campaign, "Nantes" in of_campaign) == (True, False)


def test_theme_without_title_says_so(archive, reader) -> None:
    assert "<h1>Thème non connu (Technologie)</h1>" in page(
        reader, "/themes/technologie-2020-2021-1/"
    )


def test_theme_shows_the_tests_that_were_counted(archive, reader) -> None:
    assert "74 productions et 47 tests croisés" in page(reader, "/themes/ses-2012-2013-1/")


def test_academies_are_under_their_region_merged_ones_included(archive, reader) -> None:
    shown = page(reader, "/academies/")

    assert shown.index("Normandie</h2>") < shown.index(">Caen<")
    assert "Hors région académique" in shown


def test_academy_merged_leads_to_the_one_it_joined(archive, reader) -> None:
    assert 'href="/academies/70/"' in page(reader, "/academies/05/")
    assert "De l'usage des ressources libres en SES" in page(reader, "/academies/70/")


@pytest.mark.parametrize("address", ["/campagnes/1999-2000/", "/themes/rien/", "/academies/99/"])
def test_history_unknown_is_not_found(archive, reader, address: str) -> None:
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/campagnes/2016-2017/", "/academies/24/"])
def test_themes_are_shown_fifty_at_a_time(archive, reader, monkeypatch, address: str) -> None:
    whole = re.findall(r'href="/themes/([\w-]+)/"', page(reader, address))
    monkeypatch.setattr("traam.campaigns.queries.PER_PAGE", 2)

    pages = [page(reader, f"{address}?page={number}") for number in (1, 2)]

    found = [re.findall(r'href="/themes/([\w-]+)/"', shown) for shown in pages]
    assert found == [whole[:2], whole[2:4]]
    assert len(whole) > 4
    assert all('aria-label="Pages de thèmes"' in shown for shown in pages)
    assert [f"{len(whole)} thèmes connus" in shown for shown in pages] == [True, True]


@pytest.mark.parametrize("number", ["0", "-1", "999", "deux", "9" * 400])
def test_any_page_number_shows_a_page_of_themes(archive, reader, number: str) -> None:
    assert reader.get("/academies/24/", {"page": number}).status_code == 200
