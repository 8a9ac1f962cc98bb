"""Atom feeds: what each name holds, RFC 4287's demands, and 304 when nothing changed."""

import subprocess
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.catalogue.factories import RecordFactory
from tests.dissemination.factories import (
    FIRST_AT,
    LILLE,
    MATHS,
    NANTES,
    SVT,
    publish,
    publish_many,
    rich,
    withdraw,
)
from tests.vocabularies import vocabularies
from traam.catalogue import actions
from traam.catalogue.record import Record, Term
from traam.catalogue.search import engine
from traam.dissemination import atom, feeds
from traam.dissemination.site import Site

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Site(
    base="https://traam.example",
    naan="12345",
    oai_domain="traam.example",
    contact="contact@traam.example",
    is_demonstration=False,
)


def _arks(client: Client, path: str) -> list[str]:
    root = etree.fromstring(client.get(path).content)
    return [id_.text.rpartition("/")[2] for id_ in root.iterfind(f"{ATOM}entry/{ATOM}id")]


def _entry(**changes: object) -> atom.Entry:
    return atom.Entry(
        ark="t1abc",
        published_at=FIRST_AT,
        updated_at=FIRST_AT + timedelta(days=2),
        record=rich(**changes).as_data(),
    )


def _text(*entries: atom.Entry, title: str = "TraAM : nouveautés") -> str:
    feed = atom.Feed(
        name="nouveautes",
        title=title,
        address="https://traam.example/flux/nouveautes.atom",
        page="https://traam.example/catalogue/?a=1&b=2",
        entries=entries,
    )
    return atom.document(feed, site=SITE)


def test_an_entry_tells_all_that_a_site_needs_to_show() -> None:
    found = feedparser.parse(_text(_entry()))

    entry = found.entries[0]
    assert not found.bozo
    assert entry.id == "ark:/12345/t1abc"
    assert entry.title == "Mesurer & comparer : « l’air » < l’eau"
    assert entry.link == "https://traam.example/catalogue/t1abc/"
    assert (entry.published, entry.updated) == ("2026-03-01T08:00:00Z", "2026-03-03T08:00:00Z")
    assert [tag.term for tag in entry.tags] == [
        *("Scénario", "Sciences de la vie et de la Terre", "Mathématiques", "4e", "cycle 4"),
        *("Lille", "Orléans-Tours", "Polynésie française", "Raisonner", "tablette", "mesure"),
    ]
    assert [(one.href, one.type, one.length) for one in entry.enclosures] == [
        (f"https://traam.example/documents/{'a' * 64}", "application/pdf", "1234")
    ]


def test_an_entry_says_what_must_be_said_beside_the_title() -> None:
    content = feedparser.parse(_text(_entry(is_demonstration=True))).entries[0].content[0].value

    for sentence in (
        *("Démonstration : données inventées.", "Le titre est approché."),
        "Il n’est pas certain que cette production soit issue des TraAM.",
        "Le résumé repose sur le titre ou sur une mention.",
    ):
        assert f"<p>{sentence}</p>" in content


def test_the_content_escapes_what_it_shows() -> None:
    content = atom.html(
        rich(summary="<script>alert(1)</script>").as_data(), page="https://traam.example/?a&b"
    )

    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in content
    assert '<a href="https://traam.example/?a&amp;b">' in content


@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_a_feed_is_xml_whatever_the_texts(text: str) -> None:
    entry = _entry(title=text, summary=text, keywords=(Term("mot", text),))

    root = etree.fromstring(_text(entry, title=text).encode())

    assert len(root.findall(f"{ATOM}entry")) == 1


def test_a_feed_has_what_the_standard_requires_even_when_empty() -> None:
    for text in (_text(), _text(_entry())):
        root = etree.fromstring(text.encode())
        for parent in (root, *root.iterfind(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(parent.findall(f"{ATOM}{name}")) == 1, (parent.tag, name)
        assert {link.get("rel") for link in root.iterfind(f"{ATOM}link")} == {"self", "alternate"}
        assert root.findtext(f"{ATOM}author/{ATOM}name")


@pytest.mark.django_db
def test_the_news_are_the_latest_notices_first_without_the_withdrawn(client: Client, now) -> None:
    made = publish_many(4)
    withdraw(made[1], number=9)
    actions.correct(ark=made[0].ark, record=RecordFactory(), reason="Titre.", now=now, actor=None)

    expected = [made[0].ark, made[3].ark, made[2].ark]
    assert _arks(client, "/flux/nouveautes.atom") == expected


@pytest.mark.django_db
def test_the_news_stop_at_the_last_ones(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "ENTRIES_MAX", 2)
    made = publish_many(4)

    assert _arks(client, "/flux/nouveautes.atom") == [made[3].ark, made[2].ark]


@pytest.mark.django_db
def test_a_discipline_has_its_feed(client: Client) -> None:
    made = [
        publish(RecordFactory(disciplines=terms), number=number)
        for number, terms in enumerate([(SVT,), (MATHS,), (SVT, MATHS), (SVT,)])
    ]
    withdraw(made[3], number=9)

    assert _arks(client, "/flux/discipline-SVT.atom") == [made[2].ark, made[0].ark]


@pytest.mark.django_db
def test_an_academy_has_its_feed_with_those_it_was_made_from(client: Client, now) -> None:
    vocabularies(now=now)
    caen, normandie = Term("05", "Caen"), Term("70", "Normandie")
    made = [
        publish(RecordFactory(academies=terms), number=number)
        for number, terms in enumerate([(LILLE,), (caen,), (caen, normandie), (NANTES,)])
    ]

    assert _arks(client, "/flux/academie-09.atom") == [made[0].ark]
    assert _arks(client, "/flux/academie-70.atom") == [made[2].ark, made[1].ark]
    assert _arks(client, "/flux/academie-44.atom") == []


@pytest.mark.django_db
def test_a_campaign_and_a_theme_have_their_feeds(client: Client) -> None:
    campaign = CampaignFactory(year="2016-2017", first_year=2016, last_year=2017)
    ThemeFactory(code="s-informer", campaign=campaign)
    theme = Term("s-informer", "S’informer")
    made = [
        publish(RecordFactory(years=years, theme=one), number=number)
        for number, (years, one) in enumerate(
            [(("2016-2017",), theme), (("2015-2016",), None), (("2016-2017",), None)]
        )
    ]

    assert _arks(client, "/flux/campagne-2016-2017.atom") == [made[2].ark, made[0].ark]
    assert _arks(client, "/flux/theme-s-informer.atom") == [made[0].ark]


@pytest.mark.django_db
def test_a_notice_has_its_feed_empty_once_it_is_withdrawn(client: Client) -> None:
    notice, _other = publish_many(2)
    address = f"/flux/notice-{notice.ark}.atom"

    assert _arks(client, address) == [notice.ark]
    withdraw(notice, number=9)
    assert _arks(client, address) == []
    assert client.get("/flux/notice-inconnue.atom").status_code == 404


@pytest.mark.django_db
def test_a_search_has_its_feed(client: Client) -> None:
    made = [
        publish(RecordFactory(title=title), number=number)
        for number, title in enumerate(["Le vent", "La mer", "Le vent du large"])
    ]
    engine().rebuild()

    found = feedparser.parse(client.get("/flux/recherche.atom?tri=titre&q=vent").content)

    assert [entry.title for entry in found.entries] == ["Le vent du large", "Le vent"]
    assert found.feed.id.endswith("flux/recherche?q=vent&tri=titre")
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": "http://testserver/flux/recherche.atom?q=vent&tri=titre",
        "alternate": "http://testserver/catalogue/?q=vent&tri=titre",
    }
    assert made[1].ark not in str(found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        *("rien", "nouveautes-x", "recherche-x", "discipline", "discipline-", "discipline-RIEN"),
        *("academie-00", "theme-rien", "campagne-1999-2000", "campagne"),
    ],
)
def test_an_unknown_feed_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/flux/{name}.atom").status_code == 404


@pytest.mark.django_db
def test_a_feed_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    publish_many(2)
    first = client.get("/flux/nouveautes.atom")

    same = client.get("/flux/nouveautes.atom", headers={"If-None-Match": first["ETag"]})
    since = {"If-Modified-Since": first["Last-Modified"]}
    unmodified = client.get("/flux/nouveautes.atom", headers=since)
    publish_many(1, start=3)
    changed = client.get("/flux/nouveautes.atom", headers={"If-None-Match": first["ETag"]})

    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert first["Last-Modified"] == "Sun, 01 Mar 2026 08:01:00 GMT"
    assert [same.status_code, unmodified.status_code] == [304, 304]
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_takes_one_query(client: Client, django_assert_num_queries, count: int) -> None:
    publish_many(count)

    with django_assert_num_queries(1):  # the notices
        arks = _arks(client, "/flux/nouveautes.atom")

    assert len(arks) == count


def _every_feed(ark: str) -> list[str]:
    """One name or more of each kind of feed, full or empty."""
    names = {
        "nouveautes": [""],
        "discipline": ["-SVT", "-MATH"],
        "academie": ["-09", "-44"],
        "theme": ["-s-informer"],
        "campagne": ["-2016-2017"],
        "notice": [f"-{ark}"],
        "recherche": [".atom?q=compare&tri=titre", ".atom?q=zzzz"],
    }
    assert names.keys() == feeds._KINDS.keys()
    return [f"{kind}{rest}" for kind, rests in names.items() for rest in rests]


@pytest.mark.official
@pytest.mark.jing
@pytest.mark.django_db
def test_every_kind_of_feed_is_valid_for_the_schema_of_the_standard(
    client: Client, shared: Path, tmp_path: Path, now
) -> None:
    vocabularies(now=now)
    campaign = CampaignFactory(year="2016-2017", first_year=2016, last_year=2017)
    ThemeFactory(code="s-informer", campaign=campaign)
    notice = publish(rich(), number=0)
    publish(Record(title="Seul", kind=Term("jeu", "Jeu")), number=1)
    withdraw(publish_many(1, start=2)[0], number=3)
    engine().rebuild()
    for number, name in enumerate(_every_feed(notice.ark)):
        path = f"/flux/{name}" if ".atom" in name else f"/flux/{name}.atom"
        (tmp_path / f"{number}.xml").write_bytes(client.get(path).content)

    made = sorted(map(str, tmp_path.glob("*.xml")))
    schema = shared / "standards/data/feeds/atom.rnc"
    done = subprocess.run(
        ["jing", "-c", str(schema), *made], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "")
