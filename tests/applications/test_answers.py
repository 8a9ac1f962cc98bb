"""What an answer may be: kept as it reads, or a fault that says why."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns.forms import questions, values
from traam.applications.rules.answers import (
    ROWS_MAX,
    SIZE_MAX,
    Fault,
    chosen,
    clean,
    faults,
    has_shape,
    is_blank,
    is_too_large,
    tidied,
)
from traam.campaigns.rules.questions import Option, Question, QuestionKind

K = QuestionKind
OPTIONS = (Option("a", "Ah"), Option("b", "Bé"))
ITEMS = (
    Question(id="name", kind=K.TEXT, label="Nom", required=True, limit=5),
    Question(id="count", kind=K.NUMBER, label="Nombre"),
)
LONG, CUT = "z" * 70, "z" * 60
NOT_A_DAY = "est une date, comme 2026-04-03 pour le 3 avril 2026."


def question(kind: QuestionKind, **more: Any) -> Question:
    given = {"options": OPTIONS} if kind in (K.CHOICE, K.CHOICES) else {}
    given |= {"items": ITEMS, "repeats_max": 2} if kind is K.BLOCK else {}
    return Question(id="q", kind=kind, label="Quoi", section="s", **given | more)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (K.TEXT, "  deux\n mots ", "deux mots"),
        (K.LONG_TEXT, " un\r\ndeux\r", " un\ndeux\n"),
        (K.NUMBER, "3", 3),
        (K.NUMBER, "1 200", 1200),
        (K.NUMBER, "1\u202f200\xa0", 1200),
        (K.NUMBER, "3,5", 3.5),
        (K.NUMBER, "0", 0),
        (K.NUMBER, 7, 7),
        (K.CHOICE, " a ", "a"),
        (K.CHOICES, ["b", "", "b", "a"], ["b", "a"]),
        (K.YES_NO, "yes", True),
        (K.YES_NO, "no", False),
        (K.YES_NO, False, False),
        (K.DAY, "2026-04-03", "2026-04-03"),
        (K.BLOCK, [{"name": " Zoé ", "count": "2"}, {"name": " "}], [{"name": "Zoé", "count": 2}]),
        *((kind, blank, None) for kind in QuestionKind for blank in (None, "", [])),
    ],
)
def test_answer_is_kept_as_it_reads(kind: QuestionKind, given: Any, kept: Any) -> None:
    assert clean(question(kind), given) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("7,0", "7"),
        ("1 200", "1200"),
        ("-3", "-3"),
        ("3.5", "3.5"),
        (7.0, "7.0"),
        ("9007199254740991", "9007199254740991"),
        ("9007199254740992", "9007199254740992.0"),  # beyond, not every whole number is there
        ("-9007199254740992", "-9007199254740992.0"),
    ],
)
def test_whole_number_that_was_typed_is_kept_as_one(given: Any, kept: str) -> None:
    assert repr(tidied(question(K.NUMBER), given)) == kept


@pytest.mark.parametrize(
    ("kind", "given", "more", "sentence"),
    [
        (K.TEXT, "abcdef", {"limit": 5}, "« Quoi » tient en 5 caractères (1 caractère de trop)."),
        (
            K.LONG_TEXT,
            "a" * 20_002,
            {},
            "« Quoi » tient en 20\u202f000 caractères (2 caractères de trop).",
        ),
        (K.NUMBER, "trois", {}, "« Quoi » est un nombre (reçu : « trois »)."),
        (K.NUMBER, LONG, {}, f"« Quoi » est un nombre (reçu : « {CUT} »)."),
        (K.NUMBER, " nan ", {}, "« Quoi » est un nombre (reçu : « nan »)."),
        (K.NUMBER, "1e999", {}, "« Quoi » est un nombre (reçu : « 1e999 »)."),
        (K.NUMBER, "-1", {}, "« Quoi » vaut 0 au moins (reçu : -1)."),
        (K.NUMBER, 6, {"limit": 5}, "« Quoi » vaut 0 au moins et 5 au plus (reçu : 6)."),
        (
            K.NUMBER,
            -1,
            {"limit": 2000},
            "« Quoi » vaut 0 au moins et 2\u202f000 au plus (reçu : -1).",
        ),
        (K.CHOICE, "z", {}, "« Quoi » : « z » n’est pas un choix offert (« Ah », « Bé »)."),
        (
            K.CHOICE,
            LONG,
            {"options": tuple(Option(f"o{n}", f"O{n}") for n in range(13))},
            f"« Quoi » : « {CUT} » n’est pas un choix offert (« O0 », « O1 », « O2 », « O3 », "
            "« O4 », « O5 », « O6 », « O7 », « O8 », « O9 », « O10 », « O11 »).",
        ),
        (K.CHOICES, ["a", "z"], {}, "« Quoi » : « z » n’est pas un choix offert (« Ah », « Bé »)."),
        (
            K.YES_NO,
            "peut-être",
            {},
            "« Quoi » se répond par oui ou par non (reçu : « peut-être »).",
        ),
        (K.YES_NO, LONG, {}, f"« Quoi » se répond par oui ou par non (reçu : « {CUT} »)."),
        (
            K.DAY,
            "3 avril",
            {},
            f"« Quoi » (reçu : « 3 avril ») {NOT_A_DAY}",
        ),
        (K.DAY, LONG, {}, f"« Quoi » (reçu : « {CUT} ») {NOT_A_DAY}"),
        (K.DAY, "2026-02-30", {}, f"« Quoi » (reçu : « 2026-02-30 ») {NOT_A_DAY}"),
        (K.DAY, "20260403", {}, f"« Quoi » (reçu : « 20260403 ») {NOT_A_DAY}"),
        (
            K.BLOCK,
            [{"name": "a"}, {"name": "abcdef"}],
            {},
            "« Quoi », ligne 2 : « Nom » tient en 5 caractères (1 caractère de trop).",
        ),
        (K.BLOCK, [{"name": "a"}] * 3, {}, "« Quoi » : 3 lignes, 2 au plus."),
    ],
)
def test_answer_that_is_not_acceptable_says_why(
    kind: QuestionKind, given: Any, more: dict[str, Any], sentence: str
) -> None:
    assert clean(question(kind, **more), given) == Fault((sentence,))


def test_every_fault_of_an_answer_is_said() -> None:
    given = [{"name": "abcdef", "count": "trois"}, {"count": -1}, {"name": "a"}]

    assert clean(question(K.BLOCK), given) == Fault(
        (
            "« Quoi » : 3 lignes, 2 au plus.",
            "« Quoi », ligne 1 : « Nom » tient en 5 caractères (1 caractère de trop).",
            "« Quoi », ligne 1 : « Nombre » est un nombre (reçu : « trois »).",
            "« Quoi », ligne 2 : « Nombre » vaut 0 au moins (reçu : -1).",
        )
    )
    assert faults(question(K.CHOICES), ["y", "a", "z"]) == [
        "« Quoi » : « y » n’est pas un choix offert (« Ah », « Bé »).",
        "« Quoi » : « z » n’est pas un choix offert (« Ah », « Bé »).",
    ]


@pytest.mark.parametrize(
    ("kind", "given", "more"),
    [
        (K.TEXT, "abcde", {"limit": 5}),
        (K.NUMBER, 5, {"limit": 5}),
        (K.NUMBER, 0, {}),
        (K.LONG_TEXT, "a" * 20_000, {}),
        (K.BLOCK, [{"name": "abcde"}] * 2, {}),
    ],
)
def test_answer_at_its_limit_is_acceptable(
    kind: QuestionKind, given: Any, more: dict[str, Any]
) -> None:
    assert clean(question(kind, **more), given) == given


@settings(deadline=None)
@given(st.data())
def test_reading_an_answer_twice_changes_nothing(data: st.DataObject) -> None:
    asked = data.draw(questions("q"))
    once = tidied(asked, data.draw(values(asked)))

    assert tidied(asked, once) == once
    assert has_shape(asked, once)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (K.TEXT, "a", 3),
        (K.LONG_TEXT, "a", ["a"]),
        (K.NUMBER, 3, True),
        (K.NUMBER, "3", [3]),
        (K.CHOICE, "a", ["a"]),
        (K.CHOICES, ["a"], "a"),
        (K.CHOICES, [], [1]),
        (K.YES_NO, True, 1),
        (K.DAY, "2026", 2026),
        (K.BLOCK, [{"name": "a"}], {"name": "a"}),
        (K.BLOCK, [{}], ["a"]),
        (K.BLOCK, [{"count": 1}], [{"other": 1}]),
        (K.BLOCK, [{"name": "a", "count": 1}], [{"name": "a", "count": 1, "other": 1}]),
        (K.BLOCK, [{}] * ROWS_MAX, [{}] * (ROWS_MAX + 1)),
        (K.BLOCK, [{"name": "a"}], [{"name": 3}]),
    ],
)
def test_what_no_form_sends_is_told_from_what_a_person_typed(
    kind: QuestionKind, good: Any, bad: Any
) -> None:
    assert has_shape(question(kind), good)
    assert has_shape(question(kind), None)
    assert not has_shape(question(kind), bad)


def test_answer_beyond_what_is_typed_is_too_large() -> None:
    assert not is_too_large("a" * (SIZE_MAX - 2))
    assert is_too_large("a" * (SIZE_MAX - 1))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(False, False), (0, False), ("a", False), ([{"a": 0}], False), ([{"a": ""}, {}], True)],
)
def test_no_and_zero_are_answers(value: Any, expected: bool) -> None:
    assert is_blank(value) is expected


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        (True, {"yes"}),
        (False, {"no"}),
        ("a", {"a"}),
        (["a", "b"], {"a", "b"}),
        (None, set()),
        (3, set()),
        ([{"a": 1}], set()),
    ],
)
def test_answer_names_the_keys_that_a_condition_reads(value: Any, keys: set[str]) -> None:
    assert chosen(value) == keys
