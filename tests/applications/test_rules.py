"""What an answer may be, what is missing, who wins of two writers, until when: pure rules."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.applications.world import COMPLETE
from tests.campaigns.forms import forms, questions, values
from traam.applications.rules.answers import (
    ROWS_MAX,
    SIZE_MAX,
    Facts,
    Fault,
    chosen,
    clean,
    has_shape,
    is_asked,
    is_blank,
    is_too_large,
    missing,
    tidied,
)
from traam.applications.rules.depositing import order_faults, receipt_number, said
from traam.applications.rules.life import APPLICATION_LIFE, ApplicationState
from traam.applications.rules.merging import Reception, decide, order, tab_of
from traam.campaigns.rules.default_form import CORE, DEFAULT_FORM
from traam.campaigns.rules.questions import Condition, Form, Option, Question, QuestionKind
from traam.kit.machines import MoveRefused

K, S = QuestionKind, ApplicationState
OPTIONS = (Option("a", "Ah"), Option("b", "Bé"))
ITEMS = (
    Question(id="name", kind=K.TEXT, label="Nom", required=True, limit=5),
    Question(id="count", kind=K.NUMBER, label="Nombre"),
)
FACTS = Facts(academy="09", inspectors=1)


def question(kind: QuestionKind, **more: Any) -> Question:
    given = {"options": OPTIONS} if kind in (K.CHOICE, K.CHOICES) else {}
    given |= {"items": ITEMS, "repeats_max": 2} if kind is K.BLOCK else {}
    return Question(id="q", kind=kind, label="Quoi", section="s", **given | more)


# -- the life

PRINTED = {
    "submit": ({S.DRAFT}, S.AWAITING_AGREEMENT),
    "agree": ({S.AWAITING_AGREEMENT}, S.AWAITING_VISA),
    "endorse": ({S.AWAITING_VISA}, S.DEPOSITED),
    "return": ({S.AWAITING_AGREEMENT, S.AWAITING_VISA, S.DEPOSITED}, S.DRAFT),
    "take_back": ({S.AWAITING_AGREEMENT, S.AWAITING_VISA}, S.DRAFT),
    "withdraw": ({S.DRAFT, S.AWAITING_AGREEMENT, S.AWAITING_VISA, S.DEPOSITED}, S.WITHDRAWN),
    "lapse": ({S.DRAFT, S.AWAITING_AGREEMENT, S.AWAITING_VISA}, S.LAPSED),
    "restore": ({S.WITHDRAWN}, S.DRAFT),
    "reopen": ({S.LAPSED, S.DEPOSITED}, S.DRAFT),
}


@pytest.mark.parametrize("state", ApplicationState)
@pytest.mark.parametrize("move", PRINTED)
def test_application_moves_as_printed_from_every_state(state: ApplicationState, move: str) -> None:
    sources, target = PRINTED[move]

    if state in sources:
        assert APPLICATION_LIFE.after(state, move) is target
    else:
        with pytest.raises(MoveRefused):
            APPLICATION_LIFE.after(state, move)
    assert set(APPLICATION_LIFE.moves) == set(PRINTED)


# -- answers


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
    ("kind", "given", "more", "sentence"),
    [
        (K.TEXT, "abcdef", {"limit": 5}, "« Quoi » tient en 5 caractères (1 caractère de trop)."),
        (K.LONG_TEXT, "a" * 20_001, {}, "tient en 20\u202f000 caractères"),
        (K.NUMBER, "trois", {}, "« Quoi » est un nombre (reçu : « trois »)."),
        (K.NUMBER, "nan", {}, "est un nombre (reçu : « nan »)."),
        (K.NUMBER, "1e999", {}, "est un nombre (reçu : « 1e999 »)."),
        (K.NUMBER, "-1", {}, "« Quoi » vaut 0 au moins (reçu : -1)."),
        (K.NUMBER, 6, {"limit": 5}, "« Quoi » vaut 0 au moins et 5 au plus (reçu : 6)."),
        (K.CHOICE, "z", {}, "« z » n’est pas un choix offert (« Ah », « Bé »)."),
        (K.CHOICES, ["a", "z"], {}, "« z » n’est pas un choix offert"),
        (K.YES_NO, "peut-être", {}, "par oui ou par non (reçu : « peut-être »)."),
        (K.DAY, "3 avril", {}, "(reçu : « 3 avril ») est une date"),
        (K.DAY, "2026-02-30", {}, "(reçu : « 2026-02-30 ») est une date"),
        (K.DAY, "20260403", {}, "(reçu : « 20260403 ») est une date"),
        (K.BLOCK, [{"name": "abcdef"}], {}, "« Quoi », ligne 1 : « Nom » tient en 5 caractères"),
        (K.BLOCK, [{"name": "a"}] * 3, {}, "« Quoi » : 3 lignes, 2 au plus."),
    ],
)
def test_answer_that_is_not_acceptable_says_why(
    kind: QuestionKind, given: Any, more: dict[str, Any], sentence: str
) -> None:
    found = clean(question(kind, **more), given)

    assert isinstance(found, Fault)
    assert len(found.sentences) == 1
    assert sentence in found.sentences[0]


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


# -- what is missing


def test_empty_application_misses_everything_that_is_required() -> None:
    found = missing(CORE, DEFAULT_FORM, {}, replace(FACTS, inspectors=0))

    assert [one.field for one in found] == [*COMPLETE, "inspectors"]
    assert found[0].sentence == "« Intitulé du projet » est à remplir."


def test_complete_application_misses_nothing() -> None:
    assert missing(CORE, DEFAULT_FORM, COMPLETE, FACTS) == []


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"title": "a" * 301}, "title", "(1 caractère de trop)"),
        ({"team": COMPLETE["team"][:2]}, "team", "3 au moins (2 lignes remplies)."),
        ({"referents": [{"name": "Zoé"}]}, "referents", "ligne 1 : « Discipline » est à remplir."),
        ({"commitments": ["class"]}, "commitments", "Engagement à prendre : "),
        ({"associated": ["09"]}, "associated", "L’académie ne s’associe pas à elle-même."),
    ],
)
def test_missing_says_each_thing_and_where(
    change: dict[str, Any], field: str, sentence: str
) -> None:
    found = missing(CORE, DEFAULT_FORM, COMPLETE | change, FACTS)

    assert {one.field for one in found} == {field}
    assert any(sentence in one.sentence for one in found)


def test_texts_to_settle_are_missing_by_their_question() -> None:
    found = missing(CORE, DEFAULT_FORM, COMPLETE, replace(FACTS, rivals=frozenset({"lead", "x"})))

    assert [one.sentence for one in found] == [
        "« Porteur ou porteuse du projet » a deux textes : départagez-les.",
        "« x » a deux textes : départagez-les.",
    ]


CONDITION = Condition("asked", ("yes",))
CONDITIONAL = Form(
    DEFAULT_FORM.sections,
    (
        Question(id="asked", kind=K.YES_NO, label="Oui", section="trial"),
        Question(
            id="how",
            kind=K.TEXT,
            label="Comment",
            section="trial",
            required=True,
            condition=CONDITION,
        ),
    ),
)


@pytest.mark.parametrize(("answer", "expected"), [(True, True), (False, False), (None, False)])
def test_question_under_a_condition_is_asked_where_it_holds(
    answer: bool | None, expected: bool
) -> None:
    answers = COMPLETE | {"asked": answer}

    assert is_asked(CONDITIONAL.questions[1], answers) is expected
    fields = [one.field for one in missing(CORE, CONDITIONAL, answers, FACTS)]
    assert fields == (["how"] if expected else [])


@pytest.mark.parametrize(("answer", "fields"), [(True, ["asked", "how"]), (False, ["asked"])])
def test_deposit_says_only_what_is_asked(answer: bool, fields: list[str]) -> None:
    found = said(Form(), CONDITIONAL, {"asked": answer, "how": "Ainsi", "former": "Ailleurs"})

    assert list(found) == fields


# -- two writers


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"base_version": 2, "given": "neuf"}, Reception.WRITE),
        ({"base_version": 2, "given": "présent"}, Reception.SAME),
        ({"base_version": 1, "given": "présent"}, Reception.SAME),
        ({"base_version": 1, "given": "neuf"}, Reception.RIVAL),
        ({"base_version": 1, "given": "vu", "base": "vu"}, Reception.SAME),
        ({"base_version": 0, "given": None, "base": None}, Reception.RIVAL),
        ({"base_version": 3, "given": "neuf"}, Reception.RIVAL),
        ({"base_version": 3, "given": "neuf", "base": "neuf"}, Reception.RIVAL),
        ({"base_version": 0, "given": "neuf", "own": 1}, Reception.WRITE),
        ({"base_version": 0, "given": "neuf", "own": -1}, Reception.PAST),
        ({"base_version": 2, "given": "neuf", "own": -1}, Reception.PAST),
        ({"base_version": 0, "given": "présent", "own": -1}, Reception.SAME),
    ],
)
def test_text_is_written_put_aside_or_known(given: dict[str, Any], expected: Reception) -> None:
    assert decide(present_version=2, present="présent", **given) is expected


def test_first_text_of_a_field_is_written() -> None:
    found = decide(present_version=0, base_version=0, present=None, given="neuf")

    assert found is Reception.WRITE


@pytest.mark.parametrize(
    ("key", "other", "expected"),
    [
        ("a-2", "a-1", 1),
        ("a-1", "a-2", -1),
        ("a-10", "a-9", 1),
        ("a-1", "a-1", 0),
        ("a-2", "b-1", 0),
        ("2", "1", 0),
        ("-2", "-1", 0),
        ("a-x", "a-1", 0),
        ("", "a-1", 0),
        ("onglet-a.1-12", "onglet-a.1-9", 1),  # the thread's own name may say « - »
        ("onglet-a.1-12", "onglet-a.2-9", 0),
    ],
)
def test_saves_of_one_tab_have_an_order(key: str, other: str, expected: int) -> None:
    assert order(key, other) == expected


def test_tab_is_what_stands_before_the_count() -> None:
    assert [tab_of(key) for key in ("a-b-17", "a-1", "17", "")] == ["a-b", "a", "", ""]


# -- ranks


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (["a", "b"], []),
        (["b"], []),
        (["a", "a"], ["La candidature a est classée 2 fois."]),
        (["c"], ["La candidature c n’est pas à viser ni à classer"]),
    ],
)
def test_ranking_names_each_application_once(order: list[str], words: list[str]) -> None:
    found = order_faults(order, ["a", "b"])

    assert len(found) == len(words)
    assert all(start in sentence for start, sentence in zip(words, found, strict=True))


def test_receipt_bears_the_code_and_the_version() -> None:
    assert receipt_number("2026-2027-09-3", 2) == "2026-2027-09-3/2"


@settings(deadline=None)
@given(forms(), st.data())
def test_missing_never_fails_whatever_was_typed(form: Form, data: st.DataObject) -> None:
    answers = {one.id: tidied(one, data.draw(values(one))) for one in form.questions}

    found = missing(Form(), form, answers, FACTS)

    assert {one.field for one in found} <= {one.id for one in form.questions}
