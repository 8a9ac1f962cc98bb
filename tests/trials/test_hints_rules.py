"""Which words are hinted as a name or as a word of health, and which are left alone."""

import pytest

from traam.trials.rules.hints import Doubt, Hint, hints


def names(text: str) -> list[str]:
    return [one.words for one in hints(text) if one.kind is Doubt.NAME]


def health(text: str) -> list[str]:
    return [one.words for one in hints(text) if one.kind is Doubt.HEALTH]


def test_hints_are_each_given_once_names_first() -> None:
    assert hints("Asthme de Léa ; l’asthme de Léa, et Inès.") == [
        Hint(Doubt.NAME, "Léa"),
        Hint(Doubt.NAME, "Inès"),
        Hint(Doubt.HEALTH, "Asthme"),
        Hint(Doubt.HEALTH, "asthme"),
    ]


@pytest.mark.parametrize(
    "title",
    ["M.", "Mme", "Mlle", "Mr", "Monsieur", "Madame", "mademoiselle", "prénommée", "surnommé"],
)
def test_whoever_is_called_by_a_title_is_named(title) -> None:
    assert names(f"Avec {title} Kowalski en classe.") == ["Kowalski"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’élève Zéphyrin confond.", ["Zéphyrin"]),
        ("Sa camarade Ysaline relit.", ["Ysaline"]),
        ("Il aide un élève. Zéphyr levé, on sort.", []),  # another sentence
        ("Voici l’élève : Ensuite, il sort.", []),
        ("Elle range. Jean-Paul aussi.", ["Jean-Paul"]),
        ("Le cahier d’Inès est là.", ["Inès"]),
        ("Lorsqu’Inès arrive, qu’Aya parle.", ["Inès", "Aya"]),
        ("inès et LÉA et InÈs", []),  # no capital, or nothing but capitals
        ("Vu par Mme GeoGebra.", []),
        ("Mme D a vu.", []),  # a letter alone
        ("Kowalski range.", []),  # unknown, without a title
    ],
)
def test_first_names_are_hinted_as_they_are_written(text, found) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aurore se trompe.", ["Aurore"]),
        ("Ils parlent avec Jade.", ["Jade"]),
        ("On voit Aurore. Se taire aide.", []),
        ("Une belle Jade verte.", []),
        ("Il est parti avec. Jade verte au mur.", []),
        ("Jade verte.", []),
    ],
)
def test_first_name_that_is_also_a_word_needs_more(text, found) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Le collège Jean Moulin prête.",
        "Le collège Jean prête.",
        "La rue du Pascal ancien.",
        "Ils lisent Victor Hugo.",
        "La cour de Louis XIV brille.",
        "François Ier règne.",
        "L’école Marie est loin.",
    ],
)
def test_those_of_schools_and_works_are_left_alone(text) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text", ["Ce Louis X range.", "Bravo, Victor puis Marie.", "Le collège est loin de Marie."]
)
def test_place_that_is_far_hides_no_name(text) -> None:
    assert bool(names(text)) is ("X" not in text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Un élève DYSLEXIQUE lit.", ["DYSLEXIQUE"]),
        ("Il a un PAP et de l’Épilepsie.", ["PAP", "Épilepsie"]),
        ("Sa sœur est sourde.", ["sourde"]),
        ("Une consonne sourde se répète.", []),
        ("Une consonne sourde, un élève sourd.", ["sourd"]),
        ("Le malade imaginaire de Molière.", []),
        ("Son cœur, ses allergies.", ["allergies"]),
    ],
)
def test_words_of_health_are_hinted_but_those_of_a_lesson(text, found) -> None:
    assert health(text) == found
