"""Counts: what a brute force over the records would count."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogue.search.factories import Clock, History, RecordFactory, searching, terms
from traam.catalogue.record import Record, Term
from traam.catalogue.search import FACETS, Engine, FacetCount, Request, Results
from traam.catalogue.search.vocabulary import Wordings

CODES = {name: [f"{name}{number}" for number in range(5)] for name in FACETS}


def some(name: str, most: int) -> st.SearchStrategy[tuple[Term, ...]]:
    codes = st.lists(st.sampled_from(CODES[name]), max_size=most, unique=True)
    return codes.map(lambda chosen: terms(*chosen))


RECORDS = st.builds(
    RecordFactory,
    title=st.sampled_from(["vidéo", "vidéos et jeux", "jeux"]),
    kind=st.sampled_from(CODES["type"]).map(lambda code: Term(code, code)),
    theme=st.one_of(st.none(), st.sampled_from(CODES["theme"]).map(lambda code: Term(code, code))),
    years=st.lists(st.sampled_from(CODES["annee"]), max_size=2, unique=True).map(tuple),
    academies=some("academie", 2),
    disciplines=some("discipline", 1),
    levels=some("niveau", 5),
    cycles=some("cycle", 3),
    competences=some("competence", 4),
    tools=some("outil", 5),
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from([*codes, "inconnu"]), min_size=1, max_size=2, unique=True)
        for name, codes in CODES.items()
    },
)


def codes_of(record: Record) -> dict[str, set[str]]:
    """The facets of a record, written apart from the code under test."""
    listed = {
        "discipline": record.disciplines,
        "niveau": record.levels,
        "cycle": record.cycles,
        "academie": record.academies,
        "competence": record.competences,
        "outil": record.tools,
        "type": (record.kind,),
        "theme": (record.theme,) if record.theme else (),
    }
    found = {name: {term.code for term in many} for name, many in listed.items()}
    return found | {"annee": set(record.years) or {"inconnue"}}


def brute_force(records: list[Record], word: str, filters: dict[str, list[str]]) -> dict:
    """Facet → counts of what the other facets leave; and "" → the number of results."""
    worded = [codes_of(record) for record in records if word in record.title]

    def left(without: str) -> list[dict[str, set[str]]]:
        kept = {name: set(codes) for name, codes in filters.items() if name != without}
        return [facets for facets in worded if all(facets[name] & kept[name] for name in kept)]

    counts = {
        name: Counter(code for facets in left(name) for code in facets[name]) for name in FACETS
    }
    return {"": len(left("")), **counts}


def counted(results: Results) -> dict:
    counts = {
        facet.name: Counter({one.code: one.count for one in facet.counts if one.count})
        for facet in results.facets
    }
    return {"": results.total, **counts}


@settings(max_examples=40, deadline=None)
@given(records=st.lists(RECORDS, max_size=12), asked=st.lists(FILTERS, min_size=1, max_size=6))
def test_facets_count_what_a_brute_force_counts(
    records: list[Record], asked: list[dict], tmp_path_factory: pytest.TempPathFactory
) -> None:
    history = History(**{f"n{number}": record for number, record in enumerate(records)})
    engine = searching(tmp_path_factory.mktemp("index"), history)

    for filters in asked:
        for word in ("", "vidéo"):
            chosen = {name: tuple(codes) for name, codes in filters.items()}
            whole = engine.search(Request(text=word, filters=chosen))  # counted from its lines
            first = engine.search(Request(text=word, filters=chosen, per_page=1))  # by the index

            assert counted(whole) == brute_force(records, word, filters)
            assert first.facets == whole.facets


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    records = {
        "a": RecordFactory(title="a", disciplines=terms("SVT"), academies=(Term("14", "Caen"),)),
        "b": RecordFactory(title="b", disciplines=terms("SVT", "EPS"), years=("2016-2017",)),
        "c": RecordFactory(title="c", disciplines=terms("HG"), years=("2016-2017", "2017-2018")),
    }
    successors = {"14": ("70", "Normandie"), "70": ("14", "boucle")}
    return searching(tmp_path, History(**records), successors=successors)


def values(results: Results, name: str) -> tuple[FacetCount, ...]:
    return next(facet.counts for facet in results.facets if facet.name == name)


def test_facets_keep_the_other_values_of_a_selected_facet(engine: Engine) -> None:
    results = engine.search(Request(filters={"discipline": ("EPS",)}))

    assert [hit.ark for hit in results.hits] == ["b"]
    assert values(results, "discipline") == (
        FacetCount("SVT", "SVT", 2, False),
        FacetCount("EPS", "EPS", 1, True),
        FacetCount("HG", "HG", 1, False),
    )


def test_facets_list_a_selected_value_even_without_result(engine: Engine) -> None:
    results = engine.search(Request(filters={"outil": ("Inconnu",), "discipline": ("SVT",)}))

    assert results.total == 0
    assert values(results, "outil") == (FacetCount("Inconnu", "Inconnu", 0, True),)
    assert values(results, "discipline") == (FacetCount("SVT", "SVT", 0, True),)


def test_facets_add_the_values_of_one_and_cross_those_of_several(engine: Engine) -> None:
    filters = {"discipline": ("EPS", "HG"), "annee": ("2016-2017",)}

    results = engine.search(Request(filters=filters, sort="titre"))

    assert [hit.ark for hit in results.hits] == ["b", "c"]


def test_facets_count_a_merged_academy_for_what_it_became(engine: Engine) -> None:
    results = engine.search(Request())
    joined = engine.search(Request(filters={"academie": ("70",)}))

    assert values(results, "academie") == (
        FacetCount("14", "Caen", 1, False),
        FacetCount("70", "Normandie", 1, False),
    )
    assert [hit.ark for hit in joined.hits] == ["a"]
    assert [hit.ark for hit in engine.search(Request(text="normandie")).hits] == ["a"]


def test_facets_order_years_from_the_last(engine: Engine) -> None:
    found = values(engine.search(Request()), "annee")

    assert [one.code for one in found] == ["2017-2018", "2016-2017", "inconnue"]


def test_facets_count_works_of_no_known_year_after_the_years(tmp_path: Path) -> None:
    records = {"a": RecordFactory(years=("2016-2017",)), "b": RecordFactory(years=())}
    engine = searching(tmp_path, History(**records))

    found = values(engine.search(Request()), "annee")
    unknown = engine.search(Request(filters={"annee": ("inconnue",)}))

    assert [(one.code, one.label, one.count) for one in found] == [
        ("2016-2017", "2016-2017", 1),
        ("inconnue", "année non connue", 1),
    ]
    assert [hit.ark for hit in unknown.hits] == ["b"]


def test_facets_order_levels_as_the_school_and_the_unknown_ones_last(tmp_path: Path) -> None:
    records = {
        "a": RecordFactory(levels=terms("2GT", "6E", "ANCIEN")),
        "b": RecordFactory(levels=terms("2GT", "5E")),
    }
    ranks = {"niveau": {"6E": 0, "5E": 1, "2GT": 2}}
    engine = searching(tmp_path, History(**records), ranks=ranks)

    found = values(engine.search(Request()), "niveau")

    assert [(one.code, one.count) for one in found] == [
        ("6E", 1),
        ("5E", 1),
        ("2GT", 2),
        ("ANCIEN", 1),
    ]


def test_facets_order_the_others_by_count_then_name(tmp_path: Path) -> None:
    named = {"Z1": "École", "A1": "Fablab", "M1": "éditeur"}
    tools = {code: Term(code, label) for code, label in named.items()}
    records = {
        "a": RecordFactory(tools=tuple(tools.values())),
        "b": RecordFactory(tools=(tools["A1"],)),
    }

    found = values(searching(tmp_path, History(**records)).search(Request()), "outil")

    assert [one.label for one in found] == ["Fablab", "École", "éditeur"]


def test_facets_follow_a_change_of_order(tmp_path: Path) -> None:
    orders = [{"niveau": {"6E": 0, "5E": 1}}, {"niveau": {"5E": 0, "6E": 1}}]
    clock = Clock()
    engine = Engine(
        root=tmp_path,
        source=History(a=RecordFactory(levels=terms("5E", "6E"))),
        wordings=lambda: Wordings(ranks=orders[0]),
        clock=clock,
    )
    before = [one.code for one in values(engine.search(Request()), "niveau")]
    orders.pop(0)
    engine.follow()

    assert before == ["6E", "5E"]
    assert [one.code for one in values(engine.search(Request()), "niveau")] == ["5E", "6E"]


def test_facets_count_only_what_is_asked(engine: Engine) -> None:
    results = engine.search(Request(counted=("annee", "inconnue")))

    assert [facet.name for facet in results.facets] == ["annee"]


def test_facets_show_the_most_frequent_and_the_selected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traam.catalogue.search.facets.VALUES_MAX", 2)
    records = {
        f"n{number}": RecordFactory(tools=terms(*[f"o{rank}" for rank in range(number + 1)]))
        for number in range(5)
    }
    engine = searching(tmp_path, History(**records))

    found = values(engine.search(Request(filters={"outil": ("o4",)})), "outil")

    assert found == (
        FacetCount("o0", "o0", 5, False),
        FacetCount("o1", "o1", 4, False),
        FacetCount("o4", "o4", 1, True),
    )
