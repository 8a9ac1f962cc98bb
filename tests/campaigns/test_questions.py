"""The questions of a call: read and written back, judged, compared."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns.forms import CHOICE, ONE, TEXT, TWO, YES_NO, form, forms
from traam.campaigns.rules.form_changes import FormChange, difference
from traam.campaigns.rules.form_faults import faults
from traam.campaigns.rules.questions import (
    Condition,
    Form,
    Option,
    Question,
    QuestionKind,
    Section,
    is_identity,
    joined,
    reworded,
)
from traam.kit.refusals import Refusal

K = QuestionKind


@settings(deadline=None)
@given(forms())
def test_form_is_read_back_as_it_was_written(made: Form) -> None:
    assert Form.read(json.loads(json.dumps(made.as_data()))) == made


@settings(deadline=None)
@given(forms())
def test_forms_drawn_for_properties_may_be_published(made: Form) -> None:
    assert faults(made) == []


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda each: (
            st.lists(each, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ("sections", "questions", "id", "kind", "options", "items", "limit")
                ),
                each,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_anything_else_is_refused_in_french(data: object) -> None:
    try:
        read = Form.read(data)
    except Refusal as refusal:
        read, reasons = Form(), refusal.reasons
    else:
        reasons = []

    assert all(one.startswith("Le questionnaire est illisible") for one in reasons)
    assert Form.read(read.as_data()) == read


EVERYTHING = Form(
    (Section("one", "Un"), Section("two", "Deux", "Une aide")),
    (
        Question(
            id="kind",
            kind=K.CHOICES,
            label="Lesquels",
            help="Deux au plus.",
            section="one",
            required=True,
            limit=9,
            options=(Option("a", "Ah"), Option("b", "Bé")),
        ),
        Question(
            id="rows",
            kind=K.BLOCK,
            label="Lignes",
            section="two",
            condition=Condition("kind", ("a", "b")),
            repeats_min=1,
            repeats_max=4,
            items=(Question(id="name", kind=K.TEXT, label="Nom"),),
        ),
    ),
)
EVERYTHING_WRITTEN = {
    "sections": [
        {"id": "one", "title": "Un"},
        {"id": "two", "title": "Deux", "help": "Une aide"},
    ],
    "questions": [
        {
            "id": "kind",
            "kind": "choices",
            "label": "Lesquels",
            "help": "Deux au plus.",
            "section": "one",
            "required": True,
            "limit": 9,
            "options": [{"key": "a", "label": "Ah"}, {"key": "b", "label": "Bé"}],
        },
        {
            "id": "rows",
            "kind": "block",
            "label": "Lignes",
            "section": "two",
            "repeats_min": 1,
            "repeats_max": 4,
            "condition": {"question": "kind", "among": ["a", "b"]},
            "items": [{"id": "name", "kind": "text", "label": "Nom"}],
        },
    ],
}


def test_form_is_written_as_these_plain_values_and_read_from_them() -> None:
    assert EVERYTHING.as_data() == EVERYTHING_WRITTEN
    assert Form.read(EVERYTHING_WRITTEN) == EVERYTHING


def test_what_is_left_out_is_read_as_nothing() -> None:
    assert Form.read({}) == Form()
    assert Form.read({"sections": [{}], "questions": [{"kind": "day"}]}) == Form(
        (Section("", ""),), (Question(id="", kind=K.DAY, label=""),)
    )
    assert Form.read(
        {"questions": ({"kind": "choice", "options": ({},), "condition": {}, "limit": None},)}
    ) == Form(
        (),
        (
            Question(
                id="",
                kind=K.CHOICE,
                label="",
                options=(Option("", ""),),
                condition=Condition("", ()),
            ),
        ),
    )


def of_a_question(**given: object) -> dict[str, object]:
    return {"questions": [{"kind": "text"} | given]}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "un objet est attendu pour le questionnaire"),
        ({"questions": {}}, "une liste est attendue pour « questions »"),
        ({"sections": "one"}, "une liste est attendue pour « sections »"),
        ({"sections": [1]}, "un objet est attendu pour une section"),
        ({"sections": [{"id": 1}]}, "un texte est attendu pour « id »"),
        ({"sections": [{"title": None}]}, "un texte est attendu pour « title »"),
        ({"sections": [{"help": []}]}, "un texte est attendu pour « help »"),
        ({"questions": ["a"]}, "un objet est attendu pour une question"),
        (of_a_question(kind="film"), "une question n’est pas de la sorte « film »"),
        ({"questions": [{}]}, "une question n’est pas de la sorte «  »"),
        (of_a_question(kind=1), "un texte est attendu pour « kind »"),
        (of_a_question(id=1), "un texte est attendu pour « id »"),
        (of_a_question(label=1), "un texte est attendu pour « label »"),
        (of_a_question(help=1), "un texte est attendu pour « help »"),
        (of_a_question(section=1), "un texte est attendu pour « section »"),
        (of_a_question(limit="3"), "un nombre entier est attendu pour « limit »"),
        (of_a_question(limit=True), "un nombre entier est attendu pour « limit »"),
        (of_a_question(repeats_min=1.5), "un nombre entier est attendu pour « repeats_min »"),
        (of_a_question(repeats_max="3"), "un nombre entier est attendu pour « repeats_max »"),
        (of_a_question(required=1), "« required » est vrai ou faux"),
        (of_a_question(required=None), "« required » est vrai ou faux"),
        (of_a_question(options={}), "une liste est attendue pour « options »"),
        (of_a_question(options=["a"]), "un objet est attendu pour un choix"),
        (of_a_question(options=[{"key": 1}]), "un texte est attendu pour « key »"),
        (of_a_question(options=[{"label": 1}]), "un texte est attendu pour « label »"),
        (of_a_question(condition=[]), "un objet est attendu pour une condition"),
        (of_a_question(condition={"among": 1}), "une liste est attendue pour « among »"),
        (of_a_question(condition={"among": ["a", 1]}), "une condition nomme des réponses"),
        (of_a_question(condition={"question": 1}), "un texte est attendu pour « question »"),
        (of_a_question(items={}), "une liste est attendue pour « items »"),
        (
            of_a_question(items=[{"kind": "text", "items": [{}]}]),
            "un groupe ne se répète pas dans un autre",
        ),
    ],
)
def test_form_without_its_shape_is_refused(data: object, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        Form.read(data)

    assert refused.value.reasons == [f"Le questionnaire est illisible : {words}."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", True), ("a1_b", True), ("a" * 40, True), ("a" * 41, False)]
    + [(word, False) for word in ("", "1a", "_a", "A", "é", "a-b", "a b", "a\n")],
)
def test_identity_is_a_short_word_of_small_letters(text: str, expected: bool) -> None:
    assert is_identity(text) is expected


@settings(deadline=None)
@given(forms())
def test_form_does_not_differ_from_itself(made: Form) -> None:
    assert difference(made, made).is_empty


@settings(deadline=None)
@given(forms(), forms())
def test_difference_names_every_question_that_came_or_went(old: Form, new: Form) -> None:
    found = difference(old, new)

    before, after = {one.id for one in old.questions}, {one.id for one in new.questions}
    assert {one.id for one in found.added} == after - before
    assert {one.id for one in found.removed} == before - after
    assert (old == new) <= found.is_empty


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ((TEXT, CHOICE, YES_NO), {"added": (YES_NO,)}),
        ((TEXT,), {"removed": (CHOICE,)}),
        ((CHOICE, TEXT), {"moved": (CHOICE, TEXT)}),
        ((TEXT, reworded(CHOICE, label="Qui")), {"reworded": (reworded(CHOICE, label="Qui"),)}),
        ((reworded(TEXT, kind=K.DAY), CHOICE), {"retyped": (reworded(TEXT, kind=K.DAY),)}),
        ((reworded(TEXT, limit=9), CHOICE), {"recomposed": (reworded(TEXT, limit=9),)}),
        (
            (TEXT, reworded(CHOICE, section="two")),
            {"moved": (reworded(CHOICE, section="two"),)},
        ),
    ],
)
def test_difference_says_what_changed(
    new: tuple[Question, ...], expected: dict[str, tuple[Question, ...]]
) -> None:
    assert difference(form(TEXT, CHOICE), form(*new)) == FormChange(**expected)


def test_question_added_before_another_does_not_move_it() -> None:
    found = difference(form(TEXT, CHOICE), form(TEXT, YES_NO, CHOICE))

    assert (found.moved, found.added) == ((), (YES_NO,))


def test_rewording_an_option_recomposes_nothing_and_removing_one_does() -> None:
    other = reworded(CHOICE, options=(Option("a", "Ah"), Option("b", "B")))
    fewer = reworded(CHOICE, options=(*CHOICE.options, Option("c", "C")))

    assert difference(form(CHOICE), form(other)) == FormChange(reworded=(other,))
    assert difference(form(CHOICE), form(fewer)) == FormChange(
        reworded=(fewer,), recomposed=(fewer,)
    )


def test_difference_is_said_in_french() -> None:
    found = difference(form(TEXT), Form((TWO, ONE), (CHOICE,)))

    assert list(found.sentences()) == [
        "Question « Lequel » : ajoutée.",
        "Question « Quoi » : retirée.",
        "Les sections changent de titre, d’aide ou d’ordre.",
    ]


def test_questions_are_read_by_section_then_in_their_order() -> None:
    made = form(reworded(TEXT, section="two"), CHOICE, YES_NO)

    assert [one.id for one in made.in_order()] == ["kind", "asked", "what"]
    assert [one.id for one in made.of_section("one")] == ["kind", "asked"]
    assert made.question("asked") == YES_NO
    assert made.question("nothing") is None
    assert CHOICE.option_label("b") == "B"
    assert CHOICE.option_label("z") == "z"


def test_joined_forms_are_read_one_after_the_other() -> None:
    first, second = Form((ONE,), (TEXT, CHOICE)), Form((TWO,), (YES_NO,))

    assert joined(first, second) == Form((ONE, TWO), (TEXT, CHOICE, YES_NO))


def test_question_is_reworded_under_its_identity() -> None:
    assert reworded(TEXT, label="Comment", limit=9) == Question(
        id="what", kind=K.TEXT, label="Comment", section="one", limit=9
    )
    with pytest.raises(TypeError):
        reworded(TEXT, id="other")
