"""A vocabulary file that is none is refused as a whole; a faulty term is refused alone."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reference.factories import vocabulary_file
from traam.kit.refusals import Refusal
from traam.reference.files import parse
from traam.reference.rules.facts import FORMER, SchemeFacts, TermFacts
from traam.reference.rules.files import Row, read_file

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


def reasons(**changes: Any) -> tuple[str, ...]:
    """Why a term is refused, empty when it is not."""
    [row] = read_file(vocabulary_file({"code": "sale", "label": "Salé"} | changes)).rows
    return row.reasons


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"other": 1}, "Champ inconnu « other » : il n’a pas de place ici."),
        (
            {"code": "c" * 61},
            f"Champ « code » : « {'c' * 61} » ne convient pas ; il faut 1 à 60 lettres sans accent,"
            " chiffres, tirets ou points.",
        ),
        (
            {"label": "!"},
            "Champs « label » et « aliases » : il faut des mots, de 250 signes au plus"
            " (lu : « ! »).",
        ),
        (
            {"label": None},
            "Champs « label » et « aliases » : il faut des mots, de 250 signes au plus"
            " (lu : «  »).",
        ),
        ({"status": "x"}, "Champ « status » : « x » n’est pas current, former, remark."),
        ({"official": "o" * 251}, "Champ « official » : trop long, 250 signes au plus."),
        (
            {"valid_to": "2019"},
            "Champ « valid_to » : « 2019 » n’est pas un jour ; il faut « 2019-09-01 ».",
        ),
        (
            {"valid_from": "2020-01-01", "valid_to": "2019-12-31"},
            "Validité à rebours : du 2020-01-01 au 2019-12-31.",
        ),
        ({"facts": []}, "Champ « facts » : il faut un objet."),
        ({"facts": {"step": 0}}, "Champ « facts » : « step » ne convient pas (lu : « 0 »)."),
    ],
)
def test_read_file_says_what_is_wrong_with_a_term(changes: dict[str, Any], reason: str) -> None:
    assert reasons(**changes) == (reason,)


@pytest.mark.parametrize("raw", [None, 3, "sel", []])
def test_read_file_says_that_a_term_is_no_object(raw: object) -> None:
    file = read_file(vocabulary_file(raw))  # type: ignore[arg-type]

    reason = f"Terme illisible : « {raw} » ; il faut un objet avec « code » et « label »."
    assert file.rows == (Row(None, "", (reason,)),)


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "C" * 60},
        {"code": "a-Z_0.9"},
        {"label": "l" * 250},
        {"aliases": ["a" * 250]},
        {"official": "o" * 250},
        {"status": "remark"},
        {"valid_from": "2020-01-01", "valid_to": "2020-01-01"},
        {"valid_from": "", "valid_to": None},
    ],
)
def test_read_file_takes_the_longest_and_the_least(changes: dict[str, Any]) -> None:
    assert reasons(**changes) == ()


@pytest.mark.parametrize("value", ["", "6E", 0, 1, True, False, None, [], ["6E"], [""], [1], {}])
@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("step", [1]),
        *((name, ["6E"]) for name in ("path", "cycle", "type", "general", "region", "successor")),
        *((name, ["6E"]) for name in ("kind", "former_kind")),
        *((name, [[], ["6E"]]) for name in ("levels", "departments")),
        ("overseas", [True, False]),
        ("kind_since", []),
        ("colour", []),
    ],
)
def test_read_file_takes_a_fact_of_its_form_only(
    name: str, accepted: list[object], value: object
) -> None:
    fits = any(type(each) is type(value) and each == value for each in accepted)

    assert (not reasons(facts={name: value})) is fits


def test_read_file_takes_a_day_among_the_facts() -> None:
    assert reasons(facts={"kind_since": "2020-01-01"}) == ()
    assert reasons(facts={"kind_since": "2020-13-01"}) != ()


def test_read_file_says_every_fault_of_a_header_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        read_file(
            {"scheme": "sa veurs", "edition": "2026", "label": 3, "licence": " ", "zut": 1}
            | {"source": "un essai", "facet": "f" * 31, "valid_from": 2019}
        )

    code = "il faut 1 à 60 lettres sans accent, chiffres, tirets ou points"
    assert refused.value.reasons == [
        "Champ inconnu « zut » : il n’a pas de place ici.",
        "Le champ « label » manque : il faut un texte.",
        "Le champ « licence » manque : il faut un texte.",
        "Le champ « terms » manque : il faut la liste des termes.",
        f"Champ « scheme » : « sa veurs » ne convient pas ; {code}.",
        "Champ « facet » : trop long, 30 signes au plus.",
        "Champ « valid_from » : « 2019 » n’est pas un jour ; il faut « 2019-09-01 ».",
    ]


def test_read_file_refuses_what_is_no_object_in_one_sentence() -> None:
    with pytest.raises(Refusal) as refused:
        read_file([])

    assert refused.value.reasons == [
        "Le fichier n’est pas un référentiel : il faut un objet JSON, avec « terms »."
    ]


def test_read_file_gives_every_field_of_the_vocabulary_and_of_its_terms() -> None:
    full = {
        "code": "sale",
        "label": " Salé ",
        "parent": "gout",
        "uri": "https://exemple.invalid/sale",
        "official": "Goût salé",
        "status": "former",
        "valid_from": "2019-09-01",
        "valid_to": "2020-08-31",
        "source": "un essai",
        "note": "vu",
        "needs_review": True,
        "facts": {"step": 1},
        "aliases": [" Sel "],
    }

    file = read_file(
        vocabulary_file({"code": "sucre", "label": "Sucré"}, full, {"code": "b"})
        | {"prefix": " S- ", "is_open": True, "uri": "u", "note": "n", "uri_base": "http://b/"}
        | {"valid_from": "2019-09-01", "valid_to": "2029-08-31", "facet": "f" * 30}
    )

    days = {"valid_from": date(2019, 9, 1), "valid_to": date(2020, 8, 31)}
    terms = (
        TermFacts(code="sucre", label="Sucré", rank=1),
        TermFacts(
            code="sale",
            label="Salé",
            parent="gout",
            uri="https://exemple.invalid/sale",
            official="Goût salé",
            status=FORMER,
            rank=2,
            source="un essai",
            note="vu",
            needs_review=True,
            facts={"step": 1},
            aliases=("Sel",),
            **days,
        ),
    )
    assert file.scheme == SchemeFacts(
        code="saveurs",
        edition="2026",
        label="Saveurs",
        facet="f" * 30,
        prefix="S-",
        is_open=True,
        source="un essai",
        licence="libre",
        uri="u",
        valid_from=date(2019, 9, 1),
        valid_to=date(2029, 8, 31),
        note="n",
        terms=terms,
    )
    assert file.rows[:2] == (Row(terms[0], "sucre"), Row(terms[1], "sale"))
    assert (file.rows[2].term, file.rows[2].code) == (None, "b")


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
