"""Folding makes two writings one; cutting a text into phrases loses no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.reference.rules import fold
from traam.reference.rules.codes import free_code, slug
from traam.reference.rules.text import pieces, tokens

LINKS = frozenset({"et", "a", "de"})


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Éléa", "elea"),
        ("L’Œuvre d'Ælia", "l oeuvre d aelia"),
        ("Quick, Draw!", "quick draw"),
        ("Nancy-Metz", "nancy metz"),
        ("  La\u00a0Réunion \n", "la reunion"),
        ("C++ et C#", "c++ et c#"),
        ("6ᵉ", "6e"),
        ("e\u0301cole", "ecole"),
        ("co\u00adopération", "cooperation"),
        ("!?", ""),
    ],
)
def test_fold_forgets_case_accents_ligatures_and_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_of_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.sampled_from(["lune", "mer", "et", "à", "de", "zut", ",", ";", "(", ")", "-"])))
def test_pieces_keep_every_word_that_is_not_small(words: list[str]) -> None:
    text = " ".join(words)

    read = pieces(text, {"lune": 1, "mer de lune": 2}, longest=3, links=LINKS)

    kept = [token.folded for piece in read for token in tokens(piece.text) if token.folded]
    small = [token.folded for token in tokens(text) if token.folded in LINKS]
    every = [token.folded for token in tokens(text) if token.folded]
    assert [word for word in kept if word not in LINKS] == [
        word for word in every if word not in LINKS
    ]
    assert len(kept) >= len(every) - len(small)


def test_pieces_prefer_the_longest_phrase() -> None:
    read = pieces("mer de lune et lune", {"lune": 1, "mer de lune": 2}, longest=3, links=LINKS)

    assert [(piece.text, piece.found, piece.links) for piece in read] == [
        ("mer de lune", 2, (";",)),
        ("lune", 1, ("et",)),
    ]


def test_pieces_gather_unknown_words_and_give_their_last_small_words_back() -> None:
    read = pieces("soleil et vent à lune", {"lune": 1}, longest=1, links=LINKS)

    assert [(piece.text, piece.found, piece.links) for piece in read] == [
        ("soleil et vent", None, (";",)),
        ("lune", 1, ("a",)),
    ]


@pytest.mark.parametrize(
    ("text", "link"),
    [("lune – mer", "-"), ("lune → mer", "-"), ("lune + mer", "+"), ("lune / mer", "/")],
)
def test_pieces_give_the_mark_between_them_and_every_dash_is_one(text: str, link: str) -> None:
    read = pieces(text, {"lune": 1, "mer": 2}, longest=1, links=LINKS)

    assert [(piece.found, piece.links) for piece in read] == [(1, (";",)), (2, (link,))]


def test_tokens_know_which_words_are_between_parentheses() -> None:
    read = tokens("a (b (c) d) e ) f _ (g")

    assert [token.folded for token in read if token.aside and token.folded] == ["b", "c", "d", "g"]
    assert [(token.mark, token.folded) for token in read if token.mark in ("_", ")", "a")] == [
        ("a", "a"),
        *[(")", "")] * 3,
        ("_", ""),
    ]
    assert (read[1].start, read[1].end) == (2, 3)


def test_slug_and_free_code_make_short_codes_for_addresses() -> None:
    assert slug("L’Histoire par l’image") == "l-histoire-par-l-image"
    assert slug("C++ et C#-bis") == "c-plus-plus-et-c-bis"
    assert free_code("Éléa", prefix="", taken=set()) == "elea"
    assert free_code("Éléa", prefix="", taken={"elea"}) == "elea-2"
    assert free_code("a" * 54 + " b", prefix="", taken=set()) == "a" * 54
    assert free_code("a" * 80, prefix="", taken=set()) == "a" * 55
    assert free_code("Éléa", prefix="", taken={"elea", "elea-2"}) == "elea-3"
    assert free_code("язык", prefix="LIBRE-", taken=set()) == "LIBRE-mot"
    assert len(free_code("mot " * 100, prefix="LIBRE-", taken=set())) <= 60
