"""What is found, in which order, and how it is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.catalogue.search.factories import History, RecordFactory, searching, terms
from traam.catalogue.record import Term
from traam.catalogue.search import FACETS, SORTS, Engine, Request, parse
from traam.catalogue.search.request import OFFSET_MAX

Found = Callable[[str], list[str]]

CORPUS = {
    "video": RecordFactory(
        title="Des capsules vidéo en classe inversée",
        summary="L’élève prépare le cours ; sous-titrage et montage des vidéos.",
        disciplines=(Term("SVT", "Sciences de la vie et de la Terre"),),
        tools=terms("Tablette"),
        years=("2016-2017",),
        levels=terms("2de", "1re"),
    ),
    "jeux": RecordFactory(
        title="Jeux sérieux et géographie",
        summary="Les élèves de 3e conçoivent un jeu : l'œuvre d'un défi collectif aujourd'hui.",
        disciplines=(Term("HG", "Histoire-géographie"),),
        years=("2019-2020",),
        levels=terms("3e"),
        note="Travaux académiques mutualisés, édition spéciale.",
    ),
    "critique": RecordFactory(
        title="Esprit critique et réseaux sociaux",
        summary="Éducation aux médias : la critique des sources, avec esprit.",
        disciplines=(Term("DOC", "Documentation"),),
        years=("2014-2015",),
        levels=terms("6e"),
    ),
    "sans": RecordFactory(title="Écriture collaborative", summary="Un texte à plusieurs mains."),
}
SYNONYMS = (
    frozenset({"SVT", "sciences de la vie et de la Terre"}),
    frozenset({"TraAM", "AAM", "travaux académiques mutualisés"}),
    frozenset({"EMI", "éducation aux médias"}),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return searching(tmp_path_factory.mktemp("index"), History(**CORPUS), *SYNONYMS)


@pytest.fixture(scope="module")
def found(engine: Engine) -> Found:
    def find(text: str) -> list[str]:
        return [hit.ark for hit in engine.search(Request(text=text)).hits]

    return find


@pytest.mark.parametrize(
    ("text", "arks"),
    [
        ("eleves", {"video", "jeux"}),
        ("élève", {"video", "jeux"}),
        ("VIDÉO", {"video"}),
        ("videos", {"video"}),
        ("jeu", {"jeux"}),
        ("défis", {"jeux"}),
        ("oeuvre", {"jeux"}),
        ("œuvres", {"jeux"}),
        ("sous-titrage", {"video"}),
        ("sous titrage", {"video"}),
        ("soustitrage", {"video"}),
        ("aujourd’hui", {"jeux"}),
        ("3e", {"jeux"}),
        ("3ème", {"jeux"}),
        ("2nde", {"video"}),
        ("1ère", {"video"}),
        ("2019-2020", {"jeux"}),
        ("l'élève et la tablette", {"video"}),
        ("tablette -vidéo", set()),
        ("-vidéo", {"jeux", "critique", "sans"}),
        ("histoire géographie", {"jeux"}),
        ("« esprit critique »", {"critique"}),
        ('"critique esprit"', set()),
        ("critique esprit", {"critique"}),
        ("vidéo géographie", set()),
        ("SVT", {"video"}),
        ("sciences de la vie et de la terre", {"video"}),
        ("AAM", {"video", "jeux", "critique", "sans"}),
        ("TRaAM", {"video", "jeux", "critique", "sans"}),
        ("travaux académiques mutualisés", {"video", "jeux", "critique", "sans"}),
        ("traam vidéo", {"video"}),
        ("vidéo AAM", {"video"}),
        ("TraAM vidéo géographie", set()),
        ("vidéo -TraAM", {"video"}),
        ('"travaux académiques mutualisés"', {"jeux"}),
        ("aam géographie", {"jeux"}),
        ("EMI critique", {"critique"}),
        ("à plusieurs", {"sans"}),
        ("", set(CORPUS)),
        ("…", set(CORPUS)),
    ],
)
def test_search_finds_every_notice_that_holds_the_words(
    found: Found, text: str, arks: set[str]
) -> None:
    assert set(found(text)) == arks


def test_search_finds_stop_words_when_nothing_else_is_asked(found: Found) -> None:
    assert set(found("de la")) == {"video", "critique"}


def test_search_puts_the_title_first(tmp_path: Path) -> None:
    history = History(
        summary=RecordFactory(title="Autre chose", summary="Robotique"),
        title=RecordFactory(title="Robotique", summary="Autre chose, longuement, ici et là"),
    )

    hits = searching(tmp_path, history).search(Request(text="robotique")).hits

    assert [hit.ark for hit in hits] == ["title", "summary"]


def test_search_completes_the_last_word_when_it_is_being_typed(engine: Engine) -> None:
    def typed(text: str) -> list[str]:
        return [hit.ark for hit in engine.search(Request(text=text, prefix=True)).hits]

    assert typed("géogr") == ["jeux"]
    assert typed("jeux geograph") == ["jeux"]
    assert typed("numériq") == []
    assert typed("géogr jeux") == []
    assert set(typed("élèv")) == {"video", "jeux"}


def test_search_orders_by_year_with_the_unknown_last(engine: Engine) -> None:
    def ordered(sort: str) -> list[str]:
        return [hit.ark for hit in engine.search(Request(sort=sort)).hits]

    assert ordered("recent") == ["jeux", "video", "critique", "sans"]
    assert ordered("ancien") == ["critique", "video", "jeux", "sans"]
    assert ordered("titre") == ["video", "sans", "critique", "jeux"]
    assert ordered("pertinence") == ordered("recent")


def test_search_orders_a_same_year_by_title_both_ways(tmp_path: Path) -> None:
    records = {
        f"n{rank}": RecordFactory(title=title, years=("2016-2017",))
        for rank, title in enumerate(["Zèbre", "abeille", "Éléphant", "L’abeille"])
    }
    engine = searching(tmp_path, History(**records))

    for sort in ("recent", "ancien", "titre"):
        titles = [hit.title for hit in engine.search(Request(sort=sort)).hits]
        assert titles == ["abeille", "Éléphant", "L’abeille", "Zèbre"]


def test_search_marks_the_words_found_and_escapes_the_rest(tmp_path: Path) -> None:
    summary = "<script>alert('élève')</script> & l’élève, ses Élèves, sous-titrage"
    engine = searching(tmp_path, History(a=RecordFactory(summary=summary)))

    (hit,) = engine.search(Request(text="eleve soustitrage")).hits

    assert hit.extract_html == Markup(
        "&lt;script&gt;alert(&#39;<mark>élève</mark>&#39;)&lt;/script&gt; &amp; "
        "l’<mark>élève</mark>, ses <mark>Élèves</mark>, sous-titrage"
    )


def test_search_shows_the_piece_around_the_words(tmp_path: Path) -> None:
    summary = "début " * 100 + "une baleine " + "fin " * 100
    engine = searching(tmp_path, History(a=RecordFactory(summary=summary)))

    (hit,) = engine.search(Request(text="baleine")).hits
    (whole,) = engine.search(Request(text="")).hits

    assert hit.extract_html.startswith("… début ")
    assert "<mark>baleine</mark>" in hit.extract_html
    assert hit.extract_html.endswith(" …")
    assert whole.extract_html.startswith("début ")
    assert max(len(hit.extract_html), len(whole.extract_html)) < 280


def test_search_gives_what_a_result_line_shows(engine: Engine) -> None:
    (hit,) = engine.search(Request(text="capsules")).hits

    assert hit.data == {
        "ark": "video",
        "title": "Des capsules vidéo en classe inversée",
        "title_is_exact": True,
        "certainty": "",
        "kind": "Scénario",
        "academies": [],
        "disciplines": ["Sciences de la vie et de la Terre"],
        "level": "2de, 1re",
        "year": "2016-2017",
        "summary": "L’élève prépare le cours ; sous-titrage et montage des vidéos.",
        "is_demonstration": False,
        "is_archive": False,
    }


def test_search_serves_the_last_page_when_a_later_one_is_asked(tmp_path: Path) -> None:
    records = {f"n{number}": RecordFactory() for number in range(5)}
    engine = searching(tmp_path, History(**records))

    results = engine.search(Request(per_page=2, page=99, sort="titre"))

    assert (results.page, results.pages, len(results.hits), results.total) == (3, 3, 1, 5)
    assert not results.bounded


def test_search_says_that_there_are_more_results_than_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traam.catalogue.search.engines.OFFSET_MAX", 4)
    records = {f"n{number}": RecordFactory() for number in range(7)}
    engine = searching(tmp_path, History(**records))

    results = engine.search(Request(per_page=3, page=9))

    assert (results.page, results.pages, len(results.hits), results.bounded) == (2, 2, 1, True)
    assert OFFSET_MAX == 10_000


def test_search_pages_hold_each_notice_once(tmp_path: Path) -> None:
    records = {f"n{number:02d}": RecordFactory(title="Pareil") for number in range(25)}
    engine = searching(tmp_path, History(**records))

    for sort in SORTS:
        pages = [
            engine.search(Request(text="pareil", sort=sort, per_page=4, page=page)).hits
            for page in range(1, 8)
        ]
        assert sorted(hit.ark for hits in pages for hit in hits) == sorted(records)


def test_search_of_nothing_at_all_answers_an_empty_page(tmp_path: Path) -> None:
    results = searching(tmp_path, History()).search(Request(text="vidéo", page=3))

    assert (results.total, results.hits, results.page, results.pages) == (0, (), 1, 1)
    assert [(facet.name, facet.counts) for facet in results.facets] == [(f, ()) for f in FACETS]


ANY = st.one_of(st.text(max_size=60), st.from_regex(r'(-?"?[a-zéœ\'’-]{0,8}"?[ \x00]){0,6}'))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=ANY,
    page=st.integers(),
    per_page=st.integers(),
    sort=st.one_of(st.sampled_from(list(SORTS)), st.text()),
    filters=st.dictionaries(
        st.one_of(st.sampled_from(list(FACETS)), st.text()), st.lists(st.text()).map(tuple)
    ),
    prefix=st.booleans(),
)
def test_search_never_raises(engine: Engine, **asked: object) -> None:
    results = engine.search(Request(**asked))

    assert 1 <= results.page <= results.pages
    assert len(results.hits) <= results.total


@given(raw=st.binary(max_size=200))
def test_search_never_raises_on_any_bytes(engine: Engine, raw: bytes) -> None:
    text = raw.decode("utf-8", "surrogateescape")

    results = engine.search(parse({"q": text, "discipline": [text], "page": text}))

    assert results.total == 0 or results.hits
