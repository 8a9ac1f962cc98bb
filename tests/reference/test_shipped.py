"""The shipped vocabularies hold together: codes, references between them, days, sources."""

import re
from datetime import date
from itertools import chain

import pytest

from traam.reference import files
from traam.reference.queries import shipped_vocabulary
from traam.reference.rules import SchemeFacts, fold
from traam.reference.rules.changes import Around, plan

SCHEMES = [each.file.scheme for each in files.shipped()]
FACETS = sorted({scheme.facet for scheme in SCHEMES if scheme.facet})
ADDRESS_SAFE = re.compile(r"[A-Za-z0-9._-]{1,60}")


@pytest.fixture(params=SCHEMES, ids=lambda scheme: scheme.code)
def scheme(request: pytest.FixtureRequest) -> SchemeFacts:
    return request.param


@pytest.mark.parametrize("shipped", files.shipped(), ids=lambda each: each.file.scheme.code)
def test_shipped_file_is_taken_whole(shipped: files.Shipped) -> None:
    regions = frozenset(term.code for term in shipped_vocabulary().terms("regions"))

    planned = plan(
        shipped.file, before=None, around=Around(regions=regions), today=date(2026, 3, 20)
    )

    refused = [row for row in planned.results if row.outcome.value != "taken"]
    assert refused == []


def test_shipped_codes_are_safe_in_addresses(scheme: SchemeFacts) -> None:
    odd = [term.code for term in scheme.terms if not ADDRESS_SAFE.fullmatch(term.code)]

    assert odd == []


def test_shipped_writings_name_one_term_each(scheme: SchemeFacts) -> None:
    writings = [fold(text) for term in scheme.terms for text in term.texts]

    assert len(writings) == len(set(writings))


def test_shipped_vocabulary_names_its_source_and_licence(scheme: SchemeFacts) -> None:
    assert scheme.source
    assert scheme.licence


@pytest.mark.parametrize("facet", FACETS)
def test_shipped_codes_are_unique_within_a_facet(facet: str) -> None:
    inside = [each for each in SCHEMES if each.facet == facet]
    codes = [term.code for term in chain.from_iterable(each.terms for each in inside)]

    assert len(codes) == len(set(codes))


def test_shipped_levels_and_cycles_name_each_other_rightly() -> None:
    words = shipped_vocabulary()
    codes = {
        name: {term.code for term in words.terms(name)}
        for name in ("levels", "cycles", "school-types")
    }
    by_fact = {"levels": "levels", "cycle": "cycles", "type": "school-types"}

    broken = [
        (each.code, term.code, name)
        for each in SCHEMES
        for term in each.terms
        for name, target in by_fact.items()
        for code in _listed(term.facts.get(name))
        if code not in codes[target]
    ]

    assert broken == []


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


@pytest.mark.parametrize("day", [date(2016, 10, 1), date(2026, 3, 20)])
def test_shipped_academies_are_thirty_on_any_day(day: date) -> None:
    facts = {term.code: term.facts for each in SCHEMES for term in each.terms}
    entries = shipped_vocabulary().academy_entries.values()

    academies = [
        entry.code
        for entry in entries
        if entry.existed_on(day)
        and entry.kind == "académie"
        and facts[entry.code].get("kind_since", "") <= day.isoformat()
    ]

    assert len(academies) == 30


def test_shipped_academies_tell_the_merger_of_caen_and_rouen() -> None:
    entries = shipped_vocabulary().academy_entries

    assert entries["70"].predecessors == ("05", "21")
    assert entries["05"].successor == entries["21"].successor == "70"
    assert entries["05"].valid_to == date(2019, 12, 31)
    assert entries["70"].valid_from == date(2020, 1, 1)
    assert entries["27"].departments == ("2A", "2B")


def test_shipped_crcn_has_five_domains_and_sixteen_competences() -> None:
    crcn = next(each for each in SCHEMES if each.code == "crcn")

    assert sum(not term.parent for term in crcn.terms) == 5
    assert sum(bool(term.parent) for term in crcn.terms) == 16


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TRaAM", "travaux académiques mutualisés"),
        ("AAM", "TraAM"),
        ("SVT", "sciences de la vie et de la Terre"),
        ("TBI", "tableau numérique interactif"),
        ("CDI", "centre de documentation et d’information"),
        ("2nde", "seconde"),
    ],
)
def test_shipped_synonyms_hold_the_abbreviations(one: str, other: str) -> None:
    sets = [each for each in shipped_vocabulary().synonyms() if fold(one) in each]

    assert len(sets) == 1
    assert fold(other) in sets[0]


@pytest.mark.parametrize(
    ("facet", "code", "scheme_code"),
    [
        ("discipline", "SVT", "disciplines"),
        ("niveau", "6E", "levels"),
        ("cycle", "C4", "cycles"),
        ("academie", "09", "academies"),
        ("competence", "CRCN-1.1", "crcn"),
        ("competence", "SOCLE-4.1", "socle"),
        ("outil", "padlet", "tools"),
        ("type", "scenario", "kinds"),
    ],
)
def test_shipped_codes_are_those_of_the_addresses(facet: str, code: str, scheme_code: str) -> None:
    term = shipped_vocabulary().in_facet(facet=facet, code=code)

    assert term is not None
    assert term.scheme == scheme_code
