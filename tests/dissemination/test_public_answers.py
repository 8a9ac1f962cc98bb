"""Notices as JSON, site map, robots.txt: what a machine reads of the public site."""

import json

import pytest
from django.test import Client
from lxml import etree

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.dissemination.factories import publish, publish_many, rich, withdraw
from tests.vocabularies import vocabularies
from traam.catalogue import actions
from traam.dissemination import sitemap

pytestmark = pytest.mark.django_db

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


def _locs(client: Client, path: str = "/sitemap.xml") -> list[str]:
    root = etree.fromstring(client.get(path).content)
    return [loc.text for loc in root.iter(LOC)]


def test_a_notice_is_given_whole_with_the_history_of_its_versions(client: Client, now) -> None:
    notice = publish(rich(title="Avant"), number=0)
    record = rich(title="Après")
    actions.correct(ark=notice.ark, record=record, reason="Titre exact.", now=now, actor=None)

    response = client.get(f"/catalogue/{notice.ark}.json")

    found = response.json()
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert found["identifier"] == f"ark:/99999/{notice.ark}"
    assert found["url"] == f"http://testserver/catalogue/{notice.ark}/"
    assert found["record"] == json.loads(json.dumps(record.as_data()))
    assert [(one["version"], one["act"], one["reason"]) for one in found["versions"]] == [
        (2, "corrected", "Titre exact."),
        (1, "published", ""),
    ]
    assert "Avant" not in response.content.decode()


def test_a_withdrawn_notice_is_gone_but_for_its_tombstone(client: Client) -> None:
    notice = publish(rich(), number=0)
    withdraw(notice, number=1)

    response = client.get(f"/catalogue/{notice.ark}.json")

    assert response.status_code == 410
    assert response.json()["is_withdrawn"] is True
    assert response.json()["versions"][0]["reason"] == "Droits retirés."
    assert "mesurent" not in response.content.decode()


def test_an_unknown_notice_is_not_found_in_json(client: Client) -> None:
    response = client.get("/catalogue/t1rien.json")

    assert response.status_code == 404
    assert response.json() == {"message": "Aucune notice ne porte l’identifiant « t1rien »."}


def test_the_site_map_names_every_public_page_once(client: Client, now) -> None:
    vocabularies(now=now)
    theme = ThemeFactory(campaign=CampaignFactory(year="2016-2017"))
    made = publish_many(3)
    withdraw(made[1], number=9)

    found = _locs(client)

    assert len(found) == len(set(found))
    expected = (
        *("/", "/catalogue/", "/campagnes/2016-2017/", f"/themes/{theme.code}/"),
        *("/academies/09/", f"/catalogue/{made[0].ark}/", f"/catalogue/{made[2].ark}/"),
    )
    assert {f"http://testserver{path}" for path in expected} <= set(found)
    assert f"http://testserver/catalogue/{made[1].ark}/" not in found


def test_the_site_map_dates_the_notices(client: Client) -> None:
    publish_many(1)

    root = etree.fromstring(client.get("/sitemap.xml").content)

    assert [one.text for one in root.iter(LASTMOD)] == ["2026-03-01T08:00:00Z"]


def test_a_long_site_map_is_an_index_of_parts(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [*_locs(client)]
    made = publish_many(5)
    monkeypatch.setattr(sitemap, "PART", 2)

    index = _locs(client)
    parts = [_locs(client, address.removeprefix("http://testserver")) for address in index]

    assert index == [f"http://testserver/sitemap.xml?partie={n}" for n in (1, 2, 3, 4)]
    assert parts[0] == whole
    assert [loc.split("/")[-2] for part in parts[1:] for loc in part] == [n.ark for n in made]


@pytest.mark.parametrize("part", ["0", "3", "x", "-1", "1.0", "²", "9" * 5000])
def test_a_part_of_the_site_map_that_does_not_exist_is_not_found(client: Client, part: str) -> None:
    publish_many(1)

    assert client.get("/sitemap.xml", {"partie": part}).status_code == 404


def test_robots_are_kept_out_of_the_demonstration(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        *("User-agent: *", "Disallow: /", "", "Sitemap: http://testserver/sitemap.xml")
    ]


def test_robots_are_told_what_is_not_for_them_in_production(client: Client, settings) -> None:
    settings.DEMONSTRATION = False

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /" not in lines
    assert "Disallow: /tableau-de-bord/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


@pytest.mark.parametrize("count", [1, 3])
def test_the_site_map_takes_few_queries(
    client: Client, django_assert_num_queries, count: int
) -> None:
    publish_many(count)
    client.get("/sitemap.xml")  # the vocabulary is read once for the process

    # how many notices, campaigns, themes, the vocabulary's version, the notices
    with django_assert_num_queries(5):
        _locs(client)


PUBLIC = [
    *("/oai?verb=Identify", "/flux/nouveautes.atom", "/sitemap.xml", "/robots.txt"),
    *("/api/v1/openapi.json", "/api/v1/notices"),
]


@pytest.mark.parametrize("path", PUBLIC)
def test_the_channels_are_open_and_leave_no_cookie(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("path", ["/flux/nouveautes.atom", "/sitemap.xml", "/robots.txt"])
def test_the_channels_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_an_empty_catalogue_is_no_fault(client: Client) -> None:
    for path in PUBLIC:
        assert client.get(path).status_code == 200
