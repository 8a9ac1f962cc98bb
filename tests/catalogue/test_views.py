"""The public pages: what a reader sees, and how many queries it takes."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.catalogue.public import published, withdrawn
from tests.house.pages import CheckedClient
from tests.people.factories import UserFactory
from traam.catalogue import actions
from traam.catalogue.record import Link, Section, Term
from traam.catalogue.search import engine
from traam.kit.clock import now

SVT = Term(code="SVT", label="SVT")
LILLE = Term(code="09", label="Lille")


def test_home_shows_the_search_first_and_the_latest_works(reader) -> None:
    published(title="Le monstre de la cour", disciplines=(SVT,))

    page = reader.get("/").content.decode()

    assert page.index('name="q"') < page.index("Le monstre de la cour")
    assert "?discipline=SVT" in page


def test_home_counts_the_themes_of_the_archive_and_says_their_years(reader) -> None:
    early, late = (CampaignFactory(first_year=year) for year in (2009, 2019))
    for campaign in (early, late, late, CampaignFactory(of_no_year=True)):
        ThemeFactory(campaign=campaign)
    ThemeFactory(campaign=CampaignFactory(prepared=True, first_year=2030))

    page = reader.get("/").content.decode()

    assert "campagnes de 2009 à 2020 dont" in page
    assert re.search(r">\s*4\s*<[^>]*>\s*(<[^>]*>\s*)*thèmes de travail", page)


def test_home_says_what_to_do_when_nothing_is_published(reader) -> None:
    assert reader.get("/").status_code == 200


@pytest.mark.usefixtures("vocabularies")
def test_home_opens_a_level_on_all_the_works_of_the_levels_within_it(reader) -> None:
    published("essai:1", title="Suites", levels=(Term(code="2GT", label="2de GT"),))
    published("essai:2", title="Bilan", levels=(Term(code="T-STMG", label="Terminale STMG"),))
    published("essai:3", title="Budget", levels=(Term(code="BTS2", label="BTS 2e année"),))
    published("essai:4", title="Algues", levels=(Term(code="3E", label="3e"),))

    doors = re.search(
        r'class="catalogue-doors">(.*?)</div>', reader.get("/").content.decode(), re.S
    )
    links = re.findall(r'href="([^"]+)"[^>]*>\s*([^<]+?)\s*<', doors[1])
    found = {label: reader.get(unescape(href)).content.decode() for href, label in links}

    titles = ("Suites", "Bilan", "Budget", "Algues")
    shown = {label: [one for one in titles if one in page] for label, page in found.items()}
    assert shown["Lycée général et technologique"] == ["Suites", "Bilan"]
    assert shown["BTS"] == ["Budget"]


def test_search_finds_without_accents_and_marks_the_words(reader) -> None:
    published(title="Débats à l’école", summary="Un débat réglé en classe.")

    page = reader.get("/catalogue/", {"q": "debats"}).content.decode()

    assert "1 résultat pour «\u00a0debats\u00a0»" in unescape(page)
    assert "<mark>débat</mark>" in page


def test_search_counts_its_facets_and_keeps_filters_in_the_address(reader) -> None:
    published("essai:1", title="Algues", disciplines=(SVT,), academies=(LILLE,))
    published("essai:2", title="Algèbre", academies=(LILLE,))

    page = reader.get("/catalogue/", {"discipline": "SVT", "tri": "titre"}).content.decode()

    assert "Algues" in page
    assert "Algèbre" not in page
    assert 'href="/catalogue/?discipline=SVT&amp;academie=09&amp;tri=titre"' in page
    assert 'href="/catalogue/?tri=titre" rel="nofollow" aria-current="true"' in page


def test_search_shows_the_first_values_of_a_long_facet_and_all_on_demand(reader) -> None:
    for number in range(13):
        tool = Term(code=f"outil-{number:02}", label=f"<Outil> {number:02}")
        published(f"essai:{number}", title=f"Robot {number}", tools=(tool,))

    short = reader.get("/catalogue/?q=robot").content.decode()
    whole = reader.get("/catalogue/?q=robot&tout=outil").content.decode()

    assert "Tout voir (3 de plus)" in short
    assert "outil-12" not in short
    assert 'href="/catalogue/?q=robot&amp;tout=outil#filtres"' in short
    assert "&lt;Outil&gt; 12" in whole
    assert "Tout voir" not in whole
    assert 'href="/catalogue/?q=robot#filtres"' in whole
    assert "Voir moins" not in short


def test_search_without_result_proposes_the_word_that_gives_some(reader) -> None:
    published(title="Capsules vidéo en physique")

    page = reader.get("/catalogue/", {"q": "capsulles"}).content.decode()

    assert 'href="/catalogue/?q=capsules"' in page


def test_search_asks_for_whom_before_what(reader) -> None:
    published(levels=(Term("6E", "6e"),), cycles=(Term("C3", "Cycle 3"),), disciplines=(SVT,))

    page = reader.get("/catalogue/").content.decode()

    assert re.findall(r"<summary><h3>(.*?)</h3>", page)[:3] == ["Cycle", "Niveau", "Discipline"]


def test_search_shows_what_begins_like_the_last_word_when_nothing_has_it(reader) -> None:
    published(title="Robotique au collège")

    begun = unescape(reader.get("/catalogue/", {"q": "collège robo"}).content.decode())
    whole = unescape(reader.get("/catalogue/", {"q": "collège robotique"}).content.decode())

    assert "1 résultat pour «\u00a0collège robo…\u00a0»" in begun
    assert "Aucun travail n’a «\u00a0robo\u00a0» en entier" in begun
    assert "en entier" not in whole


@pytest.mark.parametrize(
    ("query", "heading", "told"),
    [
        (
            "algues \N{MICROSCOPE}",
            "1 résultat pour « algues \N{MICROSCOPE} »",
            "« \N{MICROSCOPE} ».",
        ),
        ("\N{MICROSCOPE}", "2 résultats", "« \N{MICROSCOPE} ». Voici tout"),
        ("x" * 200, "2 résultats", f"« {'x' * 29}… ». Voici tout"),
    ],
)
def test_search_says_what_it_does_not_look_for(reader, query, heading, told) -> None:
    published("essai:1", title="Algues")
    published("essai:2", title="Budget")

    page = unescape(reader.get("/catalogue/", {"q": query}).content.decode()).replace("\xa0", " ")

    assert f">{heading}</h2>" in page
    assert f"Ceci ne se cherche pas : {told}" in page


def test_search_says_nothing_of_the_punctuation_it_leaves_out(reader) -> None:
    published(title="Algues")

    assert "ne se cherche pas" not in reader.get("/catalogue/", {"q": "algues ?"}).content.decode()


def test_search_offers_relevance_only_for_words(reader) -> None:
    published("essai:1", title="Robotique")
    published("essai:2", title="Robotique encore")

    without = reader.get("/catalogue/").content.decode()
    with_words = reader.get("/catalogue/?q=robotique").content.decode()

    assert 'aria-current="true">Plus récentes d’abord' in without
    assert "Pertinence" not in without
    assert 'aria-current="true">Pertinence' in with_words


def test_search_without_any_result_shows_no_filter_and_says_what_to_do(reader) -> None:
    published(disciplines=(SVT,))

    nothing = unescape(reader.get("/catalogue/?q=zzzz").content.decode())
    filtered = unescape(reader.get("/catalogue/?discipline=EPS").content.decode())

    assert 'id="filtres"' not in nothing
    assert "Moins de mots" in nothing
    assert "Retirer tous les filtres" in filtered
    assert "Moins de mots" not in filtered


def test_search_part_equals_the_part_of_the_whole_page(reader) -> None:
    published(title="Capsules vidéo")
    whole = reader.get("/catalogue/", {"q": "capsules"}).content.decode()

    part = Client().get("/catalogue/", {"q": "capsules"}, headers={"HX-Request": "true"})

    assert part.content.decode().strip() in whole
    assert "HX-Request" in part["Vary"]


@hypothesis_settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.dictionaries(
        st.sampled_from(["q", "discipline", "niveau", "annee", "tri", "page", "theme", "zzz"]),
        st.one_of(st.text(max_size=40), st.integers().map(str), st.binary(max_size=20)),
    )
)
def test_search_answers_anything_with_a_page(reader, query) -> None:
    assert reader.get("/catalogue/", query).status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%ff%fe%00", "page=99999999999999999999", "page=-1&page=0", "q=" + "a" * 100_000]
)
def test_search_answers_raw_bytes_with_a_page(reader, query: str) -> None:
    assert reader.get(f"/catalogue/?{query}").status_code == 200


def test_notice_says_what_is_known_and_what_is_not(reader) -> None:
    notice = published(
        title="Webradio",
        title_is_exact=False,
        certainty="déduite",
        is_archive=True,
        academies=(LILLE,),
        level_text="inter-cycles",
        links=(Link("https://ac-lille.example/radio", "original"),),
    )

    page = unescape(reader.get(f"/catalogue/{notice.ark}/").content.decode())

    assert "titre approché" in page
    assert "rattachement déduit" in page
    assert "inter-cycles" in page
    assert page.count("non connu") >= 3
    assert f"ark:/99999/{notice.ark}" in page
    assert "Sur ac-lille.example." in page


def test_notice_reads_its_summary_then_its_facts_then_what_it_says(reader) -> None:
    steps = Section("steps", "Déroulement", "## Avant\n\nPréparer.")
    notice = published(summary="Des élèves mesurent.", sections=(steps,))

    page = unescape(reader.get(f"/catalogue/{notice.ark}/").content.decode())

    parts = ("Des élèves mesurent.</p>", 'id="en-bref"', 'id="partie-steps"', 'id="citer"')
    places = [page.index(one) for one in parts]
    assert places == sorted(places)


def test_notice_carries_its_json_ld(reader) -> None:
    notice = published(title="</script><b>Titre</b>")

    page = reader.get(f"/catalogue/{notice.ark}/").content.decode()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    assert json.loads(block[1])["name"] == "</script><b>Titre</b>"
    assert json.loads(block[1])["@type"] == "LearningResource"


def test_notice_corrected_shows_its_versions_at_once(reader) -> None:
    notice = published(title="Titre ancien")
    reader.get(f"/catalogue/{notice.ark}/")
    record = notice.frozen()
    changed = type(record).from_data({**record.as_data(), "title": "Titre juste"})
    actions.correct(ark=notice.ark, record=changed, reason="Coquille", now=now(), actor=None)
    engine().follow()

    page = reader.get(f"/catalogue/{notice.ark}/").content.decode()

    assert "<h1>Titre juste</h1>" in page
    assert "Version 2, corrigée" in page
    assert "Coquille" in page


def test_notice_withdrawn_answers_410_with_its_tombstone_everywhere(reader) -> None:
    notice = withdrawn(published(title="Retirée", summary="Secret"), reason="Droits contestés")

    for address in (
        f"/catalogue/{notice.ark}/",
        f"/ark:/99999/{notice.ark}",
        f"/catalogue/{notice.ark}.json",
    ):
        answer = reader.get(address)
        assert answer.status_code == 410, address
        assert "Droits contestés" in answer.content.decode()
        assert "Secret" not in answer.content.decode()
    assert notice.ark not in reader.get("/catalogue/?q=Retirée").content.decode()


@pytest.mark.parametrize("form", ["/ark:/99999/{}", "/ark:99999/{}"])
def test_ark_leads_to_its_notice_whatever_its_hyphens(reader, form: str) -> None:
    notice = published()
    name = f"{notice.ark[:3]}-{notice.ark[3:]}"

    assert reader.get(form.format(name))["Location"] == f"/catalogue/{notice.ark}/"


@pytest.mark.parametrize(
    "address", ["/ark:/12345/t1", "/ark:/99999/inconnu", "/catalogue/inconnu/"]
)
def test_identifier_unknown_is_not_found(reader, address: str) -> None:
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_search_touches_the_database_once(
    reader, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        published(f"essai:{number}", title=f"Robot {number}")
    reader.get("/catalogue/?q=avant")
    engine().clock = lambda: 0.0  # no look at what is new

    with django_assert_num_queries(0):  # the index answers; its freshness is looked at apart
        reader.get("/catalogue/?q=robot")


def test_notice_takes_one_query(reader, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    notice = published()
    engine().clock = lambda: 0.0  # no look at what is new

    with django_assert_num_queries(1):  # the notice with its versions
        reader.get(f"/catalogue/{notice.ark}/")


@pytest.mark.parametrize("address", ["/", "/catalogue/", "/campagnes/", "/academies/", "/aide/"])
def test_public_page_sets_no_cookie(reader, address: str) -> None:
    answer = reader.get(address)

    assert answer.cookies.output() == ""
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_search_is_kept_as_a_view_by_whoever_is_signed_in_alone(reader) -> None:
    published(disciplines=(Term(code="MATHS", label="Mathématiques"),))
    address, keep = "/catalogue/?discipline=MATHS", "Enregistrer cette vue"
    signed_in = CheckedClient()
    signed_in.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")

    def text(client: Client, **headers: str) -> str:
        return client.get(address, headers=headers).content.decode()

    assert keep not in text(reader)
    assert keep in text(signed_in)
    assert keep in text(signed_in, **{"HX-Request": "true"})
    assert keep not in text(reader)  # what strangers share is theirs
    assert keep not in signed_in.get("/catalogue/").content.decode()


def test_campaigns_say_nothing_of_unknown_years_when_none_is(reader) -> None:
    CampaignFactory()

    assert "annee=inconnue" not in reader.get("/campagnes/").content.decode()
