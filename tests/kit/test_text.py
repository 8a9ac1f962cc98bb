"""French for dates, spans, numbers, sizes and addresses."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.kit import text

NOW = datetime(2026, 3, 30, 16, 0, tzinfo=UTC)  # 18 h in Paris


def test_sentence_has_one_capital_more_and_loses_none() -> None:
    assert text.sentence("vendredi, heure de Paris") == "Vendredi, heure de Paris"
    assert text.sentence("") == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Lille", "de Lille"),
        ("Amiens", "d’Amiens"),
        ("Orléans-Tours", "d’Orléans-Tours"),
        ("Île-de-France", "d’Île-de-France"),
        ("La Réunion", "de La Réunion"),
        ("inspection, 1", "d’inspection, 1"),
        ("Henri Petit", "d’Henri Petit"),
        ("Hauts-de-France", "des Hauts-de-France"),
        ("Hautes-Alpes", "des Hautes-Alpes"),
        ("Haute-Savoie", "de la Haute-Savoie"),
        ("Haut-Rhin", "du Haut-Rhin"),
        ("", "de "),
    ],
)
def test_of_a_name_drops_its_vowel_before_another(name: str, words: str) -> None:
    assert text.of(name) == words


@pytest.mark.parametrize("scheme", ["academies", "regions"])
def test_of_every_place_of_the_vocabularies_is_said_as_people_do(scheme) -> None:
    data = resources.files("traam.reference") / "data" / f"{scheme}.json"
    names = [term["label"] for term in json.loads(data.read_text("utf-8"))["terms"]]
    articles = {"Hauts-de-France": "des ", "Pays de la Loire": "des ", "Grand Est": "du "}

    def said(name: str) -> str:
        return articles.get(name, "d’" if name[0] in "AEIÎOU" else "de ") + name

    assert [text.of(one) for one in names] == [said(one) for one in names]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 4, 3), "vendredi 3 avril 2026"),
        (date(2025, 7, 1), "mardi 1er juillet 2025"),
        (datetime(2026, 4, 3, 22, 30, tzinfo=UTC), "samedi 4 avril 2026"),  # past midnight, Paris
    ],
)
def test_day_is_written_in_french_and_in_paris(value, words) -> None:
    assert text.day(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 4, 3, 16, 0, tzinfo=UTC), "vendredi 3 avril 2026, 18 h, heure de Paris"),
        (datetime(2026, 1, 5, 7, 5, tzinfo=UTC), "lundi 5 janvier 2026, 8 h 05, heure de Paris"),
    ],
)
def test_instant_says_the_hour_of_paris_in_summer_and_winter(value, words) -> None:
    assert text.instant(value).replace(text.FIXED, " ") == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.001, "moins d’une minute"),
        (1 / 60, "1 minute"),
        (0.5, "30 minutes"),
        (1, "1 heure"),
        (23.99, "23 heures"),
        (24, "1 jour"),
        (4 * 24, "4 jours"),
        (60 * 24, "60 jours"),
        (61 * 24, "2 mois"),
        (365 * 24, "12 mois"),
        (729 * 24, "23 mois"),
        (730 * 24, "2 ans"),
    ],
)
def test_span_uses_one_unit(hours, words) -> None:
    assert text.span(NOW, NOW + timedelta(hours=hours)).replace(text.FIXED, " ") == words


def test_relative_and_since_say_the_direction() -> None:
    later, earlier = NOW + timedelta(days=4), NOW - timedelta(days=3)

    assert text.relative(later, NOW) == f"dans 4{text.FIXED}jours"
    assert text.relative(earlier, NOW) == f"il y a 3{text.FIXED}jours"
    assert text.since(earlier, NOW) == f"depuis 3{text.FIXED}jours"


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_span_is_the_same_both_ways_and_counts_no_zero(value) -> None:
    other = value.replace(tzinfo=UTC)

    assert text.span(NOW, other) == text.span(other, NOW)
    assert not text.span(NOW, other).startswith("0")


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0 essai"), (1, "1 essai"), (2, "2 essais"), (1200, "1\u202f200 essais")],
)
def test_plural_follows_french_zero_and_thousands(value, words) -> None:
    assert text.plural(value, "essai") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(12, "12"), (12345, "12\u202f345"), (108.5, "108,5"), (Decimal("-1234.25"), "-1\u202f234,25")],
)
def test_number_has_french_thousands_and_decimals(value, words) -> None:
    assert text.number(value) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(4, 8, "de 4 à 8 essais"), (2, 2, "2 essais"), (1, 1, "1 essai"), (0, 1, "de 0 à 1 essai")],
)
def test_between_is_one_number_where_both_are(least, most, words) -> None:
    assert text.between(least, most, "essai") == words


def test_between_says_numbers_alone_without_a_word() -> None:
    assert text.between(4, 8) == "de 4 à 8"
    assert text.between(3, 3) == "3"
    assert text.between(2, 3, "travail", "travaux") == "de 2 à 3 travaux"


def test_plural_takes_the_irregular_form() -> None:
    assert text.plural(2, "travail", "travaux") == "2 travaux"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 octet"),
        (812, "812 octets"),
        (1000, "1 ko"),
        (2_345_678, "2,3 Mo"),
        (999_999, "1 Mo"),
        (5 * 10**12, "5 To"),
    ],
)
def test_size_is_decimal_and_rounds_up_to_the_next_unit(value, words) -> None:
    assert text.size(value).replace(text.FIXED, " ") == words


@pytest.mark.parametrize(
    "given_",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "http://[::1",
        "",
        None,
    ],
)
def test_address_refuses_what_nobody_should_follow(given_) -> None:
    assert text.address(given_) == ""


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("/catalogue/?q=a&b=c", "/catalogue/?q=a&b=c"),
        ("https://exemple.fr/été", "https://exemple.fr/%C3%A9t%C3%A9"),
        ("?q=l’école", "?q=l%E2%80%99%C3%A9cole"),
        ("mailto:a@b.fr", "mailto:a@b.fr"),
        ("#contenu", "#contenu"),
        ("/un deux", "/un%20deux"),
        ("/déjà%20fait", "/d%C3%A9j%C3%A0%20fait"),
    ],
)
def test_address_percent_encodes_the_rest(given_, kept) -> None:
    assert text.address(given_) == kept


@given(st.text())
def test_address_is_ascii_and_never_a_script(value) -> None:
    made = text.address(value)

    assert made.isascii()
    assert not made.lower().startswith(("javascript:", "data:", "vbscript:"))
    assert not set(made) & set('"<> ')
