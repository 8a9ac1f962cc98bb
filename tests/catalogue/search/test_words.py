"""What a word becomes in the index, and how a query is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.catalogue.search import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("élève", "ELEVES"),
        ("l’élève", "élève"),
        ("d'élèves", "élève"),
        ("jusqu’à", "à"),
        ("œuvre", "oeuvres"),
        ("Lætitia", "laetitia"),
        ("1ère", "1re"),
        ("2nde", "2de"),
        ("3ème", "3e"),
        ("e\u0301cole", "école"),
        ("aujourd’hui", "Aujourd'hui"),
        ("mathématiques", "mathematique"),
        ("ﬁlm", "film"),
    ],
)
def test_stems_are_the_same_for_two_writings(one: str, other: str) -> None:
    assert words.stems(one) == words.stems(other)


@pytest.mark.parametrize("text", ["2de", "1re", "3e", "6e", "2016", "aujourd’hui", "prud’homme"])
def test_stems_keep_what_is_not_an_elision(text: str) -> None:
    assert words.stems(text) != ()
    assert words.folded(text)[0].startswith(text[:4].replace("’", ""))


def test_stems_tell_a_level_from_its_number() -> None:
    assert words.stems("3e") != words.stems("3")


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("video", "videos"), ("jeu", "jeux"), ("defi", "defis"), ("menu", "menus"), ("mot", "mots")],
)
def test_variants_join_singular_and_plural(singular: str, plural: str) -> None:
    assert set(words.variants(singular)) & set(words.variants(plural))


def test_joined_writes_compounds_as_one_word() -> None:
    assert words.joined("un sous-titrage et un porte-folio") == "soustitrage portefolio"


def test_read_parts_words_phrases_and_refused_words() -> None:
    parts = words.read("vidéo « esprit critique » -blog l'école … sous-titrage")

    assert [(part.words, part.is_phrase, part.is_refused) for part in parts] == [
        (("video",), False, False),
        (("esprit", "critique"), True, False),
        (("blog",), False, True),
        (("ecole",), False, False),
        (("sous", "titrage"), False, False),
    ]


def test_read_stops_after_its_longest_query() -> None:
    assert len(words.read("mot " * 100)) == words.WORDS_MAX


@given(st.text(max_size=200))
def test_read_places_each_part_in_the_text(text: str) -> None:
    places = [(part.start, part.end) for part in words.read(text)]

    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


@given(st.text(max_size=80))
def test_stems_do_not_depend_on_capitals_of_plain_letters(text: str) -> None:
    plain = "".join(letter for letter in text if letter.isascii())

    assert words.stems(plain.upper()) == words.stems(plain.lower())
