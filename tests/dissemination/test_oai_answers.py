"""What the OAI-PMH repository says: identity, formats, Dublin Core, bytes."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.catalogue.factories import RecordFactory
from tests.dissemination.factories import publish, publish_many, rich, withdraw
from tests.dissemination.oai_client import OAI, ask, harvest
from traam.catalogue.record import Record, Term
from traam.dissemination import actions, tasks
from traam.dissemination.models import Rendering
from traam.dissemination.oai import dublin_core
from traam.dissemination.site import Site
from traam.dissemination.xml import attribute, escape

DC = "{http://purl.org/dc/elements/1.1/}"
SITE = Site(
    base="https://traam.example",
    naan="12345",
    oai_domain="traam.example",
    contact="contact@traam.example",
    is_demonstration=False,
)


def _elements(record: Record) -> list[tuple[str, str]]:
    text = dublin_core.metadata(record.as_data(), ark="t1abc", day="2026-03-01")
    root = etree.fromstring(dublin_core.at(text, site=SITE))
    return [(element.tag.removeprefix(DC), element.text) for element in root[0]]


def test_dublin_core_tells_all_that_is_known() -> None:
    assert _elements(rich()) == [
        ("title", "Mesurer & comparer : « l’air » < l’eau"),
        ("subject", "Sciences de la vie et de la Terre"),
        ("subject", "Mathématiques"),
        ("subject", "4e"),
        ("subject", "cycle 4"),
        ("subject", "Raisonner"),
        ("subject", "tablette"),
        ("subject", "mesure"),
        ("description", "Les élèves mesurent, puis comparent.\nIls concluent."),
        ("publisher", "TraAM : travaux académiques mutualisés"),
        ("contributor", "Académie de Lille"),
        ("contributor", "Académie d’Orléans-Tours"),
        ("contributor", "Polynésie française"),
        ("date", "2016/2017"),
        ("type", "Scénario"),
        ("format", "application/pdf"),
        ("format", "text/html"),
        ("identifier", "https://traam.example/ark:/12345/t1abc"),
        ("identifier", "https://exemple.fr/?a=1&b=2"),
        ("source", "https://exemple.fr/source"),
        ("relation", "https://exemple.fr/autre"),
        ("language", "fr"),
        ("relation", "https://traam.example/campagnes/2016-2017/"),
        ("relation", "https://traam.example/themes/s-informer/"),
        ("coverage", "Académie de Lille"),
        ("coverage", "Académie d’Orléans-Tours"),
        ("coverage", "Polynésie française"),
        ("rights", "CC BY-SA 4.0"),
        ("rights", "https://creativecommons.org/by-sa/4.0/"),
    ]


def test_dublin_core_invents_nothing_of_what_is_not_known() -> None:
    assert _elements(Record(title="Seul", kind=Term("jeu", "Jeu"), is_archive=True)) == [
        ("title", "Seul"),
        ("publisher", "TraAM : travaux académiques mutualisés"),
        ("type", "Jeu"),
        ("format", "text/html"),
        ("identifier", "https://traam.example/ark:/12345/t1abc"),
        ("language", "fr"),
    ]


def test_dublin_core_dates_what_is_published_here_and_marks_the_demonstration() -> None:
    found = _elements(RecordFactory(years=(), is_demonstration=True))

    assert [text for name, text in found if name == "date"] == ["2026-03-01"]
    assert [text for name, text in found if name == "type"] == ["Scénario", "démonstration"]


_any_text = st.text(st.characters(exclude_categories=()), max_size=60)


@given(title=_any_text, label=_any_text, url=_any_text, summary=_any_text)
def test_dublin_core_is_xml_whatever_the_texts(
    title: str, label: str, url: str, summary: str
) -> None:
    record = rich(
        title=title,
        summary=summary,
        disciplines=(Term(label, label, url),),
        theme=Term(title.encode("utf-8", "ignore").decode(), label),
    )

    found = _elements(record)

    assert found[0][0] == "title"
    assert ("identifier", "https://traam.example/ark:/12345/t1abc") in found


@given(text=_any_text)
def test_text_comes_back_from_xml_without_what_xml_forbids(text: str) -> None:
    root = etree.fromstring(f'<a b="{attribute(text)}">{escape(text)}</a>')

    assert root.get("b") == "".join(c for c in text if _legal(c))
    assert (root.text or "") == root.get("b").replace("\r\n", "\n").replace("\r", "\n")


def _legal(character: str) -> bool:
    code = ord(character)
    return (
        character in "\t\n\r"
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or code >= 0x10000
    )


@pytest.mark.django_db
def test_identify_says_who_answers(client: Client) -> None:
    publish_many(2)

    found = {
        child.tag.removeprefix(OAI): child.text
        for child in ask(client, verb="Identify").find(f"{OAI}Identify")
        if child.tag != f"{OAI}description"
    }

    assert found == {
        "repositoryName": "TraAM : travaux académiques mutualisés",
        "baseURL": "http://testserver/oai",
        "protocolVersion": "2.0",
        "adminEmail": "contact@traam.invalid",
        "earliestDatestamp": "2026-03-01T08:00:00Z",
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
        "compression": "gzip",
    }


@pytest.mark.django_db
def test_addresses_follow_the_setting_rather_than_the_host(client: Client, settings) -> None:
    settings.SITE_URL = "https://traam.example"
    notice = publish_many(1)[0]

    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")

    assert root.findtext(f"{OAI}request") == "https://traam.example/oai"
    assert root.findtext(f".//{DC}identifier") == f"https://traam.example/ark:/99999/{notice.ark}"


@pytest.mark.django_db
def test_one_format_is_offered_for_all_and_for_each(client: Client) -> None:
    notice = publish_many(1)[0]
    withdraw(notice, number=5)
    name = f"oai:demonstration.traam.invalid:{notice.ark}"

    for arguments in ({}, {"identifier": name}):
        root = ask(client, verb="ListMetadataFormats", **arguments)
        assert [one.text for one in root.iter(f"{OAI}metadataPrefix")] == ["oai_dc"]


@pytest.mark.django_db
def test_an_answer_is_compressed_for_those_who_accept_it_only(client: Client) -> None:
    publish_many(5)
    query = "/oai?verb=ListRecords&metadataPrefix=oai_dc"

    plain = client.get(query)
    packed = client.get(query, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).count(b"<record>") == 5


@pytest.mark.django_db
def test_head_answers_without_redirecting_nor_opening_a_session(client: Client) -> None:
    response = client.head("/oai?verb=Identify")

    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.django_db
def test_an_answer_is_the_same_before_and_after_the_renderings(client: Client) -> None:
    publish(rich(), number=0)
    withdraw(publish(RecordFactory(), number=1), number=2)
    query = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}

    before = etree.tostring(ask(client, **query).find(f"{OAI}ListRecords"))
    tasks.render.call()
    after = etree.tostring(ask(client, **query).find(f"{OAI}ListRecords"))

    assert Rendering.objects.count() == 1
    assert after == before


@pytest.mark.django_db
def test_renderings_follow_the_notices_and_are_made_once(now) -> None:
    made = publish_many(3)

    counts = [actions.follow(), actions.follow()]
    withdraw(made[0], number=5)
    publish(RecordFactory(), number=6)
    counts.append(actions.follow())

    assert counts == [3, 0, 1]
    kept = set(Rendering.objects.values_list("notice__ark", "notice__act"))
    assert {ark for ark, _ in kept} & {made[0].ark} == set()
    assert len(kept) == 3


@pytest.mark.django_db
def test_renderings_are_all_made_again_in_a_new_form(monkeypatch: pytest.MonkeyPatch) -> None:
    publish_many(3)
    actions.follow()

    monkeypatch.setattr(dublin_core, "FORM", dublin_core.FORM + 1)

    assert actions.follow() == 3
    assert set(Rendering.objects.values_list("form", flat=True)) == {dublin_core.FORM}


def _answers(client: Client) -> Iterator[Any]:
    """Every kind of answer, of a rich and a poor record, of a tombstone, of errors."""
    notice = publish(rich(), number=0)
    publish(Record(title="Seul", kind=Term("jeu", "Jeu")), number=1)
    withdraw(publish_many(6, start=2)[-1], number=20)
    name = f"oai:demonstration.traam.invalid:{notice.ark}"
    yield ask(client, verb="Identify")
    yield ask(client, verb="ListMetadataFormats")
    yield ask(client, verb="ListMetadataFormats", identifier=name)
    yield ask(client, verb="GetRecord", identifier=name, metadataPrefix="oai_dc")
    yield ask(client, verb="GetRecord", identifier="no uri", metadataPrefix="oai_dc")
    yield from harvest(client, verb="ListSets")
    yield from harvest(client, verb="ListRecords", metadataPrefix="oai_dc")
    yield from harvest(client, verb="ListIdentifiers", metadataPrefix="oai_dc", set="annee")
    yield ask(client, verb="ListRecords", metadataPrefix="other")
    yield ask(client, verb="ListRecords", resumptionToken="\x01 & other")
    yield ask(client)


@pytest.mark.official
@pytest.mark.django_db
def test_answers_are_valid_for_the_official_schemas(
    client: Client, small_pages: int, shared: Path
) -> None:
    folder = shared / "standards/data/xsd/oai-pmh-2.0"
    schema = etree.XMLSchema(etree.parse(folder / "bundle-oai-dc.xsd"))

    for answer in _answers(client):
        assert schema.validate(answer), (schema.error_log, etree.tostring(answer))
