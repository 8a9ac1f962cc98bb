"""Corrections of a query that finds nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogue.search.factories import History, RecordFactory, searching, terms
from traam.catalogue.search import Engine, Request
from traam.catalogue.search.proposals import Dictionary, edits

CORPUS = {
    "a": RecordFactory(title="Géographie et vidéo", disciplines=terms("HG")),
    "b": RecordFactory(title="Vidéo au collège", summary="Évaluation par compétences"),
    "c": RecordFactory(title="Sous-titrage d’un documentaire", disciplines=terms("EPS")),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return searching(tmp_path_factory.mktemp("index"), History(**CORPUS))


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("geografie", "géographie"),
        ("vdieo", "vidéo"),
        ("viddeo colege", "vidéo collège"),
        ("documantaire", "documentaire"),
        ("l’evaluaton", "évaluation"),
        ("vidéo géografie", "vidéo géographie"),
        ("docu mentaire", "documentaire"),
        ("vidéo géo graphie", "vidéo géographie"),
        ("geografie viddeo", "géographie vidéo"),
    ],
)
def test_proposals_correct_what_is_not_in_any_notice(
    engine: Engine, text: str, proposal: str
) -> None:
    results = engine.search(Request(text=text))

    assert (results.total, results.proposals[0]) == (0, proposal)


def test_proposals_never_change_a_word_that_an_equivalence_knows(tmp_path: Path) -> None:
    history = History(a=RecordFactory(title="Les mots à Lille"))
    here = searching(tmp_path, history, frozenset({"mathématiques", "mots clés", "maths"}))

    assert here.search(Request(text="mats lille")).proposals[0] == "mots lille"
    assert here.search(Request(text="maths lille")).proposals == ("lille",)


def test_proposals_correct_every_misspelt_word_even_one_that_its_stem_makes_known(
    tmp_path: Path,
) -> None:
    history = History(
        a=RecordFactory(title="Mathématiques sur tablette"), b=RecordFactory(title="Une radio")
    )
    here = searching(tmp_path, history)
    assert here.search(Request(text="tablete")).total == 1  # its stem is that of « tablette »

    corrected = here.search(Request(text="matématique tablete")).proposals
    apart = here.search(Request(text="radio tablete")).proposals
    plural = here.search(Request(text="radios tablettes")).proposals

    assert corrected == ("mathématiques tablette", "mathématiques", "tablette")
    assert apart == ("radio", "tablette")
    assert plural == ("radios", "tablettes")  # well written, though in no notice


def test_proposals_leave_a_word_out_when_all_are_known(engine: Engine) -> None:
    results = engine.search(Request(text="le documentaire et la vidéo"))

    assert results.proposals == ("documentaire", "vidéo")


def test_proposals_give_results_under_the_same_filters(engine: Engine) -> None:
    filters = {"discipline": ("EPS",)}

    assert engine.search(Request(text="geografie", filters=filters)).proposals == ()
    assert engine.search(Request(text="documantaire", filters=filters)).proposals == (
        "documentaire",
    )


@pytest.mark.parametrize("text", ["", "vidéo", "xyzzyx", "-vidéo", "12345", "HGE"])
def test_proposals_are_empty_when_there_is_nothing_to_say(engine: Engine, text: str) -> None:
    assert engine.search(Request(text=text)).proposals == ()


@given(text=st.text(alphabet='géographievdoçœ -"’', max_size=30))
def test_proposals_always_find_something(engine: Engine, text: str) -> None:
    for proposal in engine.search(Request(text=text)).proposals:
        assert engine.search(Request(text=proposal)).total > 0


def test_proposals_learn_what_was_published_since(tmp_path: Path) -> None:
    history = History(**CORPUS)
    engine = searching(tmp_path, history)
    before = engine.search(Request(text="photogrametrie")).proposals
    history.publish("d", RecordFactory(title="Photogrammétrie"))

    engine.follow()

    assert (before, engine.search(Request(text="photogrametrie")).proposals) == (
        (),
        ("photogrammétrie",),
    )


WORDS = st.text(alphabet="abcd", min_size=4, max_size=7)


@given(known=st.sets(WORDS, max_size=30), asked=WORDS)
def test_corrections_miss_no_word_at_one_letter(known: set[str], asked: str) -> None:
    dictionary = Dictionary()
    dictionary.learn((word, 1) for word in known)
    near = {word for word in known - {asked} if edits(asked, word) == 1}

    found = dictionary.corrections(asked)

    assert len(set(found) & near) == min(len(near), 3)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("abc", "abc", 0), ("ab", "ba", 1), ("abc", "ac", 1), ("chat", "chien", 3)],
)
def test_edits_count_the_letters_to_change(one: str, other: str, distance: int) -> None:
    assert (edits(one, other), edits(other, one)) == (distance, distance)
