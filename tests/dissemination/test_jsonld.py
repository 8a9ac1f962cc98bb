"""A notice as schema.org's LearningResource: what is known, in words that schema.org has."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rdflib.namespace import SDO

from tests.catalogue.factories import RecordFactory
from tests.dissemination.factories import publish, rich
from traam.catalogue import jsonld
from traam.catalogue.record import Record, Term

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def _described(record: Record) -> dict[str, Any]:
    return jsonld.learning_resource(
        record,
        url="https://traam.example/catalogue/t1abc/",
        ark="ark:/12345/t1abc",
        published_at=AT,
        modified_at=AT,
        version=2,
    )


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _objects(one)
    elif isinstance(value, list):
        for one in value:
            yield from _objects(one)


def test_every_type_and_property_is_known_to_schema_org() -> None:
    for found in _objects(_described(rich(is_demonstration=True))):
        for name in {found["@type"], *found} - {"@type", "@id", "@context"}:
            assert SDO[name]  # a closed namespace: raises on an unknown name


def test_terms_carry_their_address_in_scolomfr() -> None:
    level = _described(rich())["educationalLevel"][0]

    assert level == {
        "@type": "DefinedTerm",
        "@id": "http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-022-num-068",
        "name": "4e",
        "termCode": "4E",
        "url": "http://data.education.fr/voc/scolomfr/concept/scolomfr-voc-022-num-068",
        "inDefinedTermSet": "http://data.education.fr/voc/scolomfr/scolomfr-voc-022",
    }


def test_what_is_not_known_is_left_out() -> None:
    found = _described(Record(title="Seul", kind=Term("jeu", "Jeu")))

    assert set(found) == {
        *("@context", "@type", "@id", "url", "identifier", "name", "inLanguage"),
        *("learningResourceType", "audience", "isAccessibleForFree", "publisher"),
        *("datePublished", "dateModified", "version"),
    }


def test_the_demonstration_says_that_it_is_invented() -> None:
    found = _described(RecordFactory(is_demonstration=True))

    assert found["creativeWorkStatus"] == "Démonstration : données inventées"
    assert "démonstration" in found["keywords"]


def test_links_wholes_files_and_licence_are_told() -> None:
    found = _described(rich())

    assert found["isBasedOn"] == ["https://exemple.fr/?a=1&b=2"]
    assert found["citation"] == ["https://exemple.fr/source", "https://exemple.fr/autre"]
    assert found["license"] == "https://creativecommons.org/by-sa/4.0/"
    assert [one["url"] for one in found["isPartOf"]] == [
        "https://traam.example/themes/s-informer/",
        "https://traam.example/campagnes/2016-2017/",
    ]
    assert found["encoding"][0]["contentUrl"] == f"https://traam.example/documents/{'a' * 64}"


@given(text=st.text(max_size=60) | st.sampled_from(["</script>", "<!--", "]]>", "\u2028", "&lt;"]))
def test_no_text_closes_the_script_and_all_come_back(text: str) -> None:
    data = _described(rich(title=text))

    written = jsonld.script(data)

    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == json.loads(json.dumps(data))


@pytest.mark.django_db
def test_the_page_of_a_notice_holds_its_description(client: Client) -> None:
    notice = publish(rich(title="Fin </script><b>"), number=0)

    page = html.fromstring(client.get(f"/catalogue/{notice.ark}/").content)

    (script,) = page.xpath("//script[@type='application/ld+json']")
    assert json.loads(script.text)["name"] == "Fin </script><b>"
