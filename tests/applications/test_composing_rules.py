"""A form composed piece by piece: each change is exactly what was asked, and loses nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns.forms import forms
from traam.applications.rules.composing import (
    identity,
    moved_question,
    moved_section,
    options_as_text,
    options_from,
    put_question,
    put_section,
    without_question,
    without_section,
)
from traam.campaigns.rules.questions import (
    Condition,
    Form,
    Option,
    Question,
    QuestionKind,
    Section,
    is_identity,
)

ONE, TWO, THREE = Section("one", "Un"), Section("two", "Deux"), Section("three", "Trois")


def asked(key: str, section: str = "one", depends_on: str = "") -> Question:
    condition = Condition(depends_on, ("yes",)) if depends_on else None
    return Question(
        id=key, kind=QuestionKind.YES_NO, label=key, section=section, condition=condition
    )


A, B, C, X, Y = asked("a"), asked("b"), asked("c"), asked("x", "two"), asked("y", "two")
FORM = Form((ONE, TWO, THREE), (A, X, B, Y, C))


def order(form: Form) -> str:
    return "".join(one.id for one in form.questions)


# -- identities


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("Ce qui sera essayé", "ce_qui_sera_essaye"),
        ("L’élève : qu’apprend-il ?", "l_eleve_qu_apprend_il"),
        ("Où   ça", "ou_ca"),
        ("3 classes", "q_3_classes"),
        ("", "q"),
        ("?!", "q"),
        ("x" * 50, "x" * 36),
        ("3" * 50, "q_" + "3" * 34),
    ],
)
def test_identity_is_made_of_the_first_words(words: str, made: str) -> None:
    assert identity(words, taken=()) == made


def test_identity_that_is_taken_is_numbered_from_2() -> None:
    assert identity("Quoi", taken={"quoi"}) == "quoi_2"
    assert identity("Quoi", taken={"quoi", "quoi_2", "quoi_3"}) == "quoi_4"
    assert identity("", taken={"choix"}, start="choix") == "choix_2"
    assert identity("3", taken=(), start="choix") == "choix_3"


@given(st.text(max_size=60), st.sets(st.sampled_from(["q", "q_2", "a", "a_2"])))
def test_identity_is_always_one_and_never_taken(words: str, taken: set[str]) -> None:
    made = identity(words, taken=taken)

    assert is_identity(made)
    assert made not in taken


# -- pieces put, taken away, moved


def test_piece_takes_the_place_of_the_one_of_its_identity() -> None:
    other, section = replace(B, label="Autrement"), Section("two", "Autre titre")

    assert put_question(FORM, other) == replace(FORM, questions=(A, X, other, Y, C))
    assert put_section(FORM, section) == replace(FORM, sections=(ONE, section, THREE))
    assert put_question(FORM, B) == put_section(FORM, TWO) == FORM


def test_new_piece_comes_last() -> None:
    new, section = asked("new"), Section("four", "Quatre")

    assert put_question(FORM, new) == replace(FORM, questions=(*FORM.questions, new))
    assert put_section(FORM, section) == replace(FORM, sections=(ONE, TWO, THREE, section))


def test_question_goes_with_the_conditions_that_named_it_and_no_other() -> None:
    on_a, on_b = asked("on_a", depends_on="a"), asked("on_b", depends_on="b")

    left = without_question(replace(FORM, questions=(A, B, C, on_a, on_b)), "a")

    assert left == replace(FORM, questions=(B, C, replace(on_a, condition=None), on_b))
    assert without_question(FORM, "nothing") == FORM


def test_section_goes_only_when_it_holds_no_question() -> None:
    assert without_section(FORM, "three") == replace(FORM, sections=(ONE, TWO))
    assert without_section(FORM, "two") == FORM
    assert without_section(FORM, "nothing") == FORM


@pytest.mark.parametrize(
    ("key", "by", "sections"),
    [
        ("one", 1, (TWO, ONE, THREE)),
        ("two", -1, (TWO, ONE, THREE)),
        ("two", 1, (ONE, THREE, TWO)),
        ("three", -1, (ONE, THREE, TWO)),
        ("one", -1, FORM.sections),
        ("three", 1, FORM.sections),
        ("nothing", 1, FORM.sections),
    ],
)
def test_section_moves_by_one_place_and_stays_at_either_end(
    key: str, by: int, sections: tuple[Section, ...]
) -> None:
    assert moved_section(FORM, key, by) == replace(FORM, sections=sections)


@pytest.mark.parametrize(
    ("key", "by", "after"),
    [
        ("a", 1, "bxayc"),
        ("b", -1, "bxayc"),
        ("b", 1, "axcyb"),
        ("c", -1, "axcyb"),
        ("x", 1, "aybxc"),
        ("y", -1, "aybxc"),
        ("a", -1, "axbyc"),
        ("c", 1, "axbyc"),
        ("y", 1, "axbyc"),
        ("nothing", 1, "axbyc"),
    ],
)
def test_question_moves_within_its_section_and_others_keep_their_place(
    key: str, by: int, after: str
) -> None:
    moved = moved_question(FORM, key, by)

    assert order(moved) == after
    assert moved.sections == FORM.sections


@settings(max_examples=25)
@given(forms(), st.data())
def test_question_moved_up_then_down_is_back_where_it_was(form: Form, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([one.id for one in form.questions] or ["nothing"]))

    down = moved_question(form, key, 1)

    assert sorted(order(down)) == sorted(order(form))
    assert down == form or moved_question(down, key, -1) == form


# -- options, one a line

BEFORE = (Option("a", "En classe"), Option("b", "À distance"))


def test_options_are_read_back_as_they_are_written() -> None:
    assert options_as_text(BEFORE) == "a = En classe\nb = À distance"
    assert options_from(["a = En classe", "b = À distance"], BEFORE) == BEFORE
    assert (options_as_text(()), options_from([], BEFORE)) == ("", ())


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("a=Dehors", Option("a", "Dehors")),
        ("  a  =  Dehors  ", Option("a", "Dehors")),
        ("a = x = y", Option("a", "x = y")),
        ("À distance", Option("b", "À distance")),
        ("Ailleurs", Option("ailleurs", "Ailleurs")),
        ("a", Option("a_2", "a")),
        ("z = Dehors", Option("z_dehors", "z = Dehors")),
        ("a =", Option("a_2", "a =")),
        ("3 fois", Option("choix_3_fois", "3 fois")),
    ],
)
def test_option_keeps_its_key_and_new_words_get_one(line: str, option: Option) -> None:
    assert options_from([line], BEFORE) == (option,)


def test_new_options_never_share_a_key_and_empty_lines_are_nothing() -> None:
    made = options_from(["Ailleurs", " ", "", "Ailleurs !", "b = Loin"], BEFORE)

    assert made == (
        Option("ailleurs", "Ailleurs"),
        Option("ailleurs_2", "Ailleurs !"),
        Option("b", "Loin"),
    )
