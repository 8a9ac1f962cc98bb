"""Titles that are only approximately the same are recognised; others are not confused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.campaigns.rules.titles import Candidate, Likeness, Wanted, likeness, matches, words_of
from traam.campaigns.rules.years import Years

YEAR = Years(2016, 2017)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "S'informer dans le monde du numérique (2016-2018)",
            "S'informer dans le monde du numérique (2016-2018, année 1)",
            Likeness.EQUAL,
        ),
        (
            "Comment pratiquer l'algorithmique dans le cadre d'un EPI (mathématiques) ?",
            "Comment pratiquer l’algorithmique dans le cadre d'un enseignement pratique "
            "interdisciplinaire (mathématiques et technologie) ?",
            Likeness.EQUAL,
        ),
        (
            "Esprit critique dans l'utilisation des intelligences artificielles en SVT",
            "Esprit critique dans l'utilisation des intelligences artificielles en Sciences de la "
            "Vie et de la Terre",
            Likeness.EQUAL,
        ),
        ("Classe inversée", "Classe inversée (expérimentation sous Moodle)", Likeness.EQUAL),
        (
            "Numérique et développement durable",
            "Numérique et développement durable : outils numériques et écosystèmes",
            Likeness.BEGINNING,
        ),
        (
            "la culture informationnelle des élèves",
            "Construire la culture informationnelle des élèves au lycée",
            Likeness.INSIDE,
        ),
        (
            "ressources numériques en classe",
            "Trouver des ressources numériques en classe",
            Likeness.INSIDE,
        ),
        ("Concevoir des ressources libres", "Former aux usages des médias sociaux", None),
        ("Classe", "Classe inversée", None),
        ("Le numérique", "Le numérique au service du travail collaboratif", None),
        ("La création numérique", "L'éducation aux médias et à l'information", None),
        ("", "La création numérique", None),
        ("(2016-2017)", "La création numérique", None),
    ],
)
def test_titles_resemble_each_other_or_not(one: str, other: str, expected: Likeness | None) -> None:
    assert likeness(words_of(one), words_of(other)) is expected
    assert likeness(words_of(other), words_of(one)) is expected


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("L’EMC au LYCÉE", "l emc au lycee"),
        ("Bilan 2016-2017, après 2018 / 19", "bilan apre"),
        ("Dans 1000 œuvres [suite] du curriculum vitæ", "dans 1000 oeuvre du curriculum vitae"),
        ("Les jeux des bus, nos cours et les rues", "les jeu des bus nos cour et les rue"),
        ("(a) un (b) trois [c]", "un troi"),
    ],
)
def test_words_of_a_title_are_plain_and_singular(title: str, words: str) -> None:
    assert words_of(title) == tuple(words.split())


@given(st.text(max_size=80))
def test_title_is_equal_to_itself_whatever_its_capitals_and_accents(title: str) -> None:
    words = words_of(title)

    assert likeness(words, words) is (Likeness.EQUAL if words else None)
    assert all(word.isascii() and word.isalnum() for word in words)


def candidate(code: str, title: str, *, years: Years = YEAR, discipline: str = "SVT") -> Candidate:
    return Candidate(code, words_of(title), years, frozenset({discipline}))


def wanted(title: str, *, years: Years = YEAR, discipline: str = "SVT") -> Wanted:
    return Wanted(words_of(title), years, frozenset({discipline}))


def test_theme_of_the_same_title_year_and_discipline_is_certain() -> None:
    others = [
        candidate("autre-annee", "La biodiversité", years=Years(2015, 2016)),
        candidate("autre-discipline", "La biodiversité", discipline="HG"),
        candidate("autre-titre", "Les métadonnées"),
    ]

    assert matches(wanted("La biodiversité"), [*others, candidate("ici", "La biodiversité")]) == (
        "ici",
    )
    assert matches(wanted("La biodiversité"), others) == ()


def test_theme_of_a_longer_campaign_holds_the_productions_of_its_years() -> None:
    long = candidate("ici", "La biodiversité", years=Years(2016, 2018))

    assert matches(wanted("La biodiversité", years=Years(2017, 2018)), [long]) == ("ici",)


def test_equal_title_is_surer_than_a_beginning() -> None:
    both = [
        candidate("long", "La biodiversité du jardin : observer"),
        candidate("ici", "La biodiversité du jardin"),
    ]

    assert matches(wanted("La biodiversité du jardin"), both) == ("ici",)


def test_several_themes_that_answer_alike_are_all_given() -> None:
    both = [
        candidate("un", "La biodiversité du jardin : observer"),
        candidate("deux", "La biodiversité du jardin : agir"),
    ]

    assert matches(wanted("La biodiversité du jardin"), both) == ("un", "deux")
