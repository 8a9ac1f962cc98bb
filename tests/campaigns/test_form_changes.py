"""What differs between two forms, told apart: words, shapes, places."""

from dataclasses import replace

import pytest

from tests.campaigns import forms
from tests.campaigns.forms import ONE, TEXT, TWO
from traam.campaigns.rules.form_changes import FormChange, difference
from traam.campaigns.rules.questions import (
    Condition,
    Form,
    Option,
    Question,
    QuestionKind,
    Section,
)

K = QuestionKind
ITEM = Question(id="name", kind=K.TEXT, label="Nom")
CHOICE = replace(forms.CHOICE, options=(Option("b", "B"), Option("a", "A")))
BLOCK = Question(id="rows", kind=K.BLOCK, label="Lignes", section="one", items=(ITEM,))


def form(*questions: Question) -> Form:
    return Form((ONE, TWO), questions)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (TEXT, {"label": "Autrement"}),
        (TEXT, {"help": "Une aide."}),
        (CHOICE, {"options": (Option("b", "Autre"), Option("a", "A"))}),
        (CHOICE, {"options": (Option("a", "A"), Option("b", "B"))}),  # in another order
        (BLOCK, {"items": (replace(ITEM, label="Prénom"),)}),
        (BLOCK, {"items": (replace(ITEM, help="Une aide."),)}),
    ],
)
def test_other_words_reword_a_question_and_recompose_nothing(one: Question, words) -> None:
    other = replace(one, **words)

    assert difference(form(one), form(other)) == FormChange(reworded=(other,))


@pytest.mark.parametrize(
    ("one", "shape"),
    [
        (TEXT, {"required": True}),
        (TEXT, {"limit": 9}),
        (TEXT, {"condition": Condition("kind", ("a",))}),
        (BLOCK, {"repeats_min": 1}),
        (BLOCK, {"repeats_max": 4}),
        (BLOCK, {"items": (replace(ITEM, limit=9),)}),
    ],
)
def test_other_shape_recomposes_a_question_and_rewords_nothing(one: Question, shape) -> None:
    other = replace(one, **shape)

    assert difference(form(one), form(other)) == FormChange(recomposed=(other,))


def test_another_kind_is_not_said_a_second_time_as_another_shape() -> None:
    other = replace(TEXT, kind=K.NUMBER, limit=9)

    assert difference(form(TEXT), form(other)) == FormChange(retyped=(other,))


def test_option_of_another_key_rewords_and_recomposes() -> None:
    other = replace(CHOICE, options=(Option("b", "B"), Option("c", "A")))

    assert difference(form(CHOICE), form(other)) == FormChange(
        reworded=(other,), recomposed=(other,)
    )


def test_question_is_moved_by_its_section_or_by_the_one_before_it() -> None:
    elsewhere = replace(TEXT, section="two")

    assert difference(form(TEXT), form(elsewhere)) == FormChange(moved=(elsewhere,))
    three = difference(form(TEXT, CHOICE, BLOCK), form(BLOCK, TEXT, CHOICE))
    assert three == FormChange(moved=(BLOCK, TEXT))


def test_question_that_goes_does_not_move_those_after_it() -> None:
    assert difference(form(TEXT, CHOICE, BLOCK), form(CHOICE, BLOCK)) == FormChange(removed=(TEXT,))
    assert difference(form(TEXT, CHOICE, BLOCK), form(TEXT, BLOCK)) == FormChange(removed=(CHOICE,))


@pytest.mark.parametrize("sections", [(TWO, ONE), (ONE,), (replace(ONE, title="Autre"), TWO)])
def test_other_sections_are_said_and_are_a_difference(sections: tuple[Section, ...]) -> None:
    found = difference(form(TEXT), Form(sections, (TEXT,)))

    assert found == FormChange(sections_changed=True)
    assert not found.is_empty
    assert list(found.sentences()) == ["Les sections changent de titre, d’aide ou d’ordre."]


def test_difference_is_told_from_what_comes_to_what_moves() -> None:
    said = FormChange(
        added=(TEXT,),
        removed=(CHOICE,),
        moved=(BLOCK, TEXT),
        reworded=(BLOCK,),
        retyped=(TEXT,),
        recomposed=(CHOICE,),
    ).sentences()

    assert list(said) == [
        "Question « Quoi » : ajoutée.",
        "Question « Lequel » : retirée.",
        "Question « Quoi » : d’une autre sorte.",
        "Question « Lequel » : recomposée.",
        "Question « Lignes » : reformulée.",
        "Question « Lignes » : déplacée.",
        "Question « Quoi » : déplacée.",
    ]
    assert list(FormChange().sentences()) == []
    assert FormChange().is_empty
