"""A form changes while files are open: every answer stays, or is named as lost."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns.forms import NAMES, SECTIONS, conditioned, forms, questions, values
from traam.applications.rules.answers import has_shape, is_blank, tidied
from traam.applications.rules.migration import (
    NONE,
    Loss,
    Migration,
    carry,
    in_words,
    migrate,
)
from traam.campaigns.rules.form_faults import faults
from traam.campaigns.rules.questions import Form, Option, Question, QuestionKind, reworded

K = QuestionKind
A, B, C = Option("a", "Ah"), Option("b", "Bé"), Option("c", "Cé")


@st.composite
def changed(draw, form: Form) -> Form:
    """One change, drawn at random: a question added, removed, retyped, recomposed, or moved."""
    kept = list(form.questions)
    match draw(st.sampled_from(("add", "remove", "redraw", "shuffle", "reword"))):
        case "add":
            free = [name for name in NAMES if form.question(name) is None]
            if free:
                kept.append(draw(questions(draw(st.sampled_from(free)))))
        case "remove":
            kept.pop(draw(st.integers(0, len(kept) - 1)))
        case "redraw":
            place = draw(st.integers(0, len(kept) - 1))
            kept[place] = draw(questions(kept[place].id))
        case "shuffle":
            kept = draw(st.permutations(kept))
        case "reword":
            kept = [reworded(one, label="Autrement ?", required=False) for one in kept]
    plain = tuple(reworded(one, condition=None) for one in kept)
    return draw(conditioned(Form(SECTIONS, plain)))


def typed(question: Question, value: Any) -> Any:
    return tidied(question, value)


@settings(max_examples=150, deadline=None)
@given(forms(), st.data())
def test_no_answer_is_lost_when_a_form_changes_ten_times_while_files_are_open(
    form: Form, data: st.DataObject
) -> None:
    given = {one.id: typed(one, data.draw(values(one))) for one in form.questions}
    answers = {field: value for field, value in given.items() if not is_blank(value)}
    said = {one.id: parts(one, given[one.id]) for one in form.questions if one.id in answers}
    for _ in range(10):
        if not form.questions:
            break
        new = data.draw(changed(form))
        assert faults(new) == []
        made = migrate(form, new, answers)
        lost = {one.field for one in made.lost}
        assert all(not is_blank(answers[field]) for field in lost)
        if lost:
            continue  # refused: the form stays as it was, and so do the files
        assert made.answers.keys() == answers.keys()
        for field, value in made.answers.items():
            target = new.question(field)
            assert target is not None
            assert has_shape(target, value)
            assert field in made.changed or value == answers[field]
            words = "".join(in_words(target, value).split())
            assert [part for part in said[field] if part not in words] == []
        form, answers = new, dict(made.answers)


def parts(question: Question, value: Any) -> list[str]:
    """Each thing that the answer says, in words, spaces left out."""
    if is_blank(value):
        return []
    if question.kind is K.BLOCK:
        items = {item.id: item for item in question.items}
        return [part for row in value for key in row for part in parts(items[key], row[key])]
    if question.kind is K.CHOICES:
        return ["".join(question.option_label(key).split()) for key in value]
    return ["".join(in_words(question, value).split())]


@settings(deadline=None)
@given(forms(), st.data())
def test_same_form_changes_nothing(form: Form, data: st.DataObject) -> None:
    answers = {one.id: typed(one, data.draw(values(one))) for one in form.questions}

    made = migrate(form, form, answers)

    assert (dict(made.answers), made.lost, made.changed) == (answers, (), frozenset())


def asked(kind: QuestionKind, **more: Any) -> Question:
    return Question(id="q", kind=kind, label="Quoi", section="one", **more)


CHOICE, CHOICES = (asked(kind, options=(A, B)) for kind in (K.CHOICE, K.CHOICES))
NAME = Question(id="name", kind=K.TEXT, label="Nom")
BLOCK = asked(K.BLOCK, items=(asked(K.CHOICE, options=(A, B)),))


@pytest.mark.parametrize(
    ("old", "new", "value", "expected"),
    [
        (asked(K.TEXT), asked(K.LONG_TEXT), "mot", "mot"),
        (asked(K.LONG_TEXT), asked(K.TEXT), "mot", "mot"),
        (asked(K.LONG_TEXT), asked(K.TEXT), "deux\nlignes", NONE),
        (asked(K.TEXT), asked(K.TEXT, limit=1), "mot", "mot"),
        (asked(K.NUMBER), asked(K.TEXT), 3, "3"),
        (asked(K.NUMBER), asked(K.TEXT), 3.5, "3,5"),
        (asked(K.TEXT), asked(K.NUMBER), "3", 3),
        (asked(K.TEXT), asked(K.NUMBER), "007", NONE),
        (asked(K.TEXT), asked(K.NUMBER), "trois", NONE),
        (asked(K.TEXT), asked(K.DAY), "2026-04-03", "2026-04-03"),
        (asked(K.TEXT), asked(K.DAY), "avril", NONE),
        (asked(K.YES_NO), asked(K.TEXT), True, "oui"),
        (asked(K.YES_NO), CHOICE, True, NONE),
        (CHOICE, asked(K.LONG_TEXT), "a", "Ah"),
        (CHOICES, asked(K.TEXT), ["a", "b"], "Ah, Bé"),
        (asked(K.TEXT), CHOICE, "Bé", "b"),
        (asked(K.TEXT), CHOICE, "autre", NONE),
        (asked(K.TEXT), CHOICES, "Bé", NONE),
        (CHOICE, CHOICES, "a", ["a"]),
        (CHOICES, CHOICE, ["b"], "b"),
        (CHOICES, CHOICE, ["a", "b"], NONE),
        (CHOICE, asked(K.CHOICE, options=(B, C)), "a", NONE),
        (CHOICE, asked(K.CHOICE, options=(C, B)), "b", "b"),
        (CHOICE, asked(K.CHOICES, options=(B, C)), "a", NONE),
        (CHOICES, asked(K.CHOICE, options=(B, C)), ["a"], NONE),
        (CHOICES, asked(K.CHOICES, options=(B, C)), ["b"], ["b"]),
        (CHOICES, asked(K.CHOICES, options=(B, C)), ["a", "b"], NONE),
        (CHOICE, asked(K.CHOICE, options=(B, C)), "typed", "typed"),
        (BLOCK, BLOCK, [{"q": "a"}, {"q": None}], [{"q": "a"}, {"q": None}]),
        (BLOCK, asked(K.BLOCK, items=(NAME,)), [{"q": None}], [{}]),
        (BLOCK, asked(K.BLOCK, items=(asked(K.TEXT),)), [{"q": "a"}], [{"q": "Ah"}]),
        (BLOCK, asked(K.BLOCK, items=(asked(K.NUMBER),)), [{"q": "a"}], NONE),
        (BLOCK, asked(K.BLOCK, items=(reworded(BLOCK.items[0], label="Z"),)), [{}], [{}]),
        (BLOCK, asked(K.LONG_TEXT), [{"q": "a"}, {"q": "b"}], "Quoi : Ah\nQuoi : Bé"),
        (BLOCK, asked(K.YES_NO), [{"q": "a"}], NONE),
        (asked(K.NUMBER), asked(K.NUMBER, limit=2), 3, 3),
        (asked(K.TEXT), asked(K.NUMBER), " 3 ", 3),
        (asked(K.TEXT), asked(K.NUMBER), "3,5", 3.5),
        (asked(K.TEXT), asked(K.NUMBER), "3.5", 3.5),
        (asked(K.TEXT), asked(K.NUMBER), "3,50", NONE),
        (asked(K.LONG_TEXT), asked(K.NUMBER, limit=2), "3", NONE),
        (asked(K.LONG_TEXT), asked(K.DAY), "2026-04-03\n", "2026-04-03"),
        (asked(K.LONG_TEXT), CHOICE, " Bé\n", "b"),
        (asked(K.LONG_TEXT), asked(K.YES_NO), "oui", NONE),
        (asked(K.DAY), asked(K.NUMBER), "2026-04-03", NONE),
        (CHOICE, asked(K.DAY), "a", NONE),
        (CHOICES, asked(K.LONG_TEXT), ["b"], "Bé"),
        (asked(K.NUMBER), CHOICES, 3, NONE),
        (CHOICES, CHOICES, [], []),
        (BLOCK, BLOCK, [{"q": "a", "name": None}], [{"q": "a"}]),
        (BLOCK, BLOCK, [{"q": "a", "name": "Zoé"}], NONE),
        (BLOCK, asked(K.BLOCK, items=(*BLOCK.items, NAME)), [{"name": "Zoé"}], [{"name": "Zoé"}]),
        (BLOCK, asked(K.BLOCK, items=(asked(K.TEXT),)), [{"q": ""}, {}], [{"q": ""}, {}]),
    ],
)
def test_answer_is_carried_to_another_shape_or_named_as_lost(
    old: Question, new: Question, value: Any, expected: Any
) -> None:
    found = carry(old, new, value)

    assert found is NONE if expected is NONE else found == expected


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ((), "« Quoi » n’est plus demandé : « Ah » serait perdu."),
        ((asked(K.DAY),), "« Quoi » devient une date : « Ah » serait perdu."),
        (
            (asked(K.CHOICE, options=(B, C)),),
            "« Quoi » perd une de ses réponses possibles : « Ah » serait perdu.",
        ),
    ],
)
def test_loss_is_said_with_what_it_was(new: tuple[Question, ...], sentence: str) -> None:
    made = migrate(Form(SECTIONS, (CHOICE,)), Form(SECTIONS, new), {"q": "a"})

    assert [(one.field, one.sentence, one.value) for one in made.lost] == [("q", sentence, "a")]
    assert dict(made.answers) == {"q": "a"}


@pytest.mark.parametrize(
    ("given", "shown"),
    [("a" * 120, "a" * 120), ("a" * 121, "a" * 120 + "…"), ("mot " * 100, "mot " * 30 + "…")],
)
def test_long_loss_is_cut_on_screen(given: str, shown: str) -> None:
    form = Form(SECTIONS, (asked(K.LONG_TEXT),))

    assert migrate(form, Form(), {"q": given}).lost == (
        Loss("q", f"« Quoi » n’est plus demandé : « {shown} » serait perdu.", given),
    )


def test_fields_that_take_another_shape_are_named_and_the_others_stay() -> None:
    """One of each: blank, without a question, said otherwise, lost, the same."""
    first, second, third, fourth = (
        reworded(asked(K.TEXT), label=name) for name in ("Un", "Deux", "Trois", "Quatre")
    )
    old = Form(
        SECTIONS,
        tuple(
            replace(one, id=f"q{number}")
            for number, one in enumerate((first, second, third, fourth), start=1)
        ),
    )
    new = Form(SECTIONS, tuple(replace(one, kind=K.NUMBER) for one in old.questions[:3]))
    answers = {"q1": " ", "q2": "12", "q3": "douze", "q4": "mot", "title": "Un titre"}

    assert migrate(old, new, answers) == Migration(
        {"q1": " ", "q2": 12, "q3": "douze", "q4": "mot", "title": "Un titre"},
        (
            Loss("q3", "« Trois » devient un nombre : « douze » serait perdu.", "douze"),
            Loss("q4", "« Quatre » n’est plus demandé : « mot » serait perdu.", "mot"),
        ),
        frozenset({"q2"}),
    )


ROWS = asked(
    K.BLOCK,
    items=(
        NAME,
        Question(id="kinds", kind=K.CHOICES, label="Sortes", options=(A, B)),
        Question(id="done", kind=K.YES_NO, label="Fait"),
    ),
)


@pytest.mark.parametrize(
    ("question", "value", "expected"),
    [
        (asked(K.YES_NO), True, "oui"),
        (asked(K.YES_NO), False, "non"),
        (asked(K.NUMBER), 12, "12"),
        (asked(K.DAY), "2026-04-03", "2026-04-03"),
        (CHOICE, "b", "Bé"),
        (CHOICE, "autre", "autre"),
        (CHOICES, ["b", "a"], "Bé, Ah"),
        (
            ROWS,
            [{"name": "Zoé", "kinds": ["a", "b"], "done": False}, {"name": " ", "kinds": ["b"]}],
            "Nom : Zoé, Sortes : Ah, Bé, Fait : non\nSortes : Bé",
        ),
    ],
)
def test_answer_is_said_in_words(question: Question, value: Any, expected: str) -> None:
    assert in_words(question, value) == expected


def test_fields_of_the_core_are_left_as_they_are() -> None:
    made = migrate(Form(), Form(SECTIONS, (CHOICE,)), {"title": "Un titre"})

    assert dict(made.answers) == {"title": "Un titre"}
