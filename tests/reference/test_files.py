"""A vocabulary file that is none is refused as a whole; a faulty term is refused alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reference.factories import vocabulary_file
from traam.kit.refusals import Refusal
from traam.reference.files import parse
from traam.reference.rules.files import read_file

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "Le fichier n’est pas en UTF-8."),
        (b'{"a": }', "Le fichier n’est pas du JSON : ligne 1, colonne 7."),
        (b"", "Le fichier n’est pas du JSON : ligne 1, colonne 1."),
        (b"[" * 100_000, "Le fichier imbrique trop d’objets les uns dans les autres."),
    ],
)
def test_parse_refuses_what_is_no_json(content: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(content)

    assert refused.value.reasons == [reason]


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ({"scheme": ""}, "« scheme »"),
        ({"scheme": "a b"}, "sans accent"),
        ({"edition": None}, "« edition » manque"),
        ({"licence": " "}, "« licence » manque"),
        ({"terms": {}}, "liste des termes"),
        ({"colour": "red"}, "Champ inconnu « colour »"),
        ({"valid_from": "1er mai"}, "n’est pas un jour"),
        ({"valid_from": "2020-01-01", "valid_to": "2019-01-01"}, "à rebours"),
        ({"facet": "f" * 31}, "trop long"),
    ],
)
def test_read_file_refuses_a_faulty_header(header: dict[str, Any], word: str) -> None:
    with pytest.raises(Refusal, match=word):
        read_file(vocabulary_file(**header))


@pytest.mark.parametrize(
    ("term", "word"),
    [
        ({"label": "Salé"}, "Champ « code »"),
        ({"code": "salé", "label": "Salé"}, "Champ « code »"),
        ({"code": "sale", "label": "!"}, "Champs « label »"),
        ({"code": "sale", "label": "Salé", "aliases": "sel"}, "Champs « label »"),
        ({"code": "sale", "label": "Salé", "aliases": [1]}, "Champs « label »"),
        ({"code": "sale", "label": "s" * 251}, "250 signes au plus"),
        ({"code": "sale", "label": "Salé", "status": "mort"}, "Champ « status »"),
        ({"code": "sale", "label": "Salé", "facts": {"step": "un"}}, "« step » ne convient pas"),
        ({"code": "sale", "label": "Salé", "facts": {"other": 1}}, "« other » ne convient pas"),
        ({"code": "sale", "label": "Salé", "facts": []}, "il faut un objet"),
        ({"code": "sale", "label": "Salé", "valid_to": 2019}, "n’est pas un jour"),
        ({"code": "sale", "label": "Salé", "author": "X"}, "Champ inconnu « author »"),
    ],
)
def test_read_file_refuses_a_faulty_term_alone(term: dict[str, Any], word: str) -> None:
    file = read_file(vocabulary_file(term, {"code": "sucre", "label": "Sucré"}))

    assert word in " ".join(file.rows[0].reasons)
    assert [each.code for each in file.scheme.terms] == ["sucre"]


def test_read_file_completes_addresses_and_forgets_double_writings() -> None:
    term = {"code": "sale", "label": "Salé", "uri": "sel", "aliases": ["sale", "Sel", "sel", "SEL"]}

    file = read_file(vocabulary_file(term, uri_base="http://exemple.invalid/"))

    [read] = file.scheme.terms
    assert read.uri == "http://exemple.invalid/sel"
    assert [text.casefold() for text in read.aliases] == ["sel"]


@given(JSON)
def test_read_file_takes_any_json_or_refuses_it(data: object) -> None:
    with pytest.raises(Refusal):
        read_file(data)


@given(st.lists(JSON, max_size=4))
def test_read_file_takes_any_terms(terms: list[object]) -> None:
    file = read_file(vocabulary_file(*terms))  # type: ignore[arg-type]

    assert len(file.rows) == len(terms)
    assert all(bool(row.term) != bool(row.reasons) for row in file.rows)
