"""The questions of a call: read and written back, judged, compared."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaigns.forms import CHOICE, ONE, TEXT, TWO, forms
from traam.campaigns.rules.call import CallRules, Commitment
from traam.campaigns.rules.default_form import (
    ASSOCIATED,
    COMMITMENTS,
    CORE,
    CORE_FIELDS,
    DEFAULT_FORM,
    TEAM,
    core_for,
)
from traam.campaigns.rules.form_changes import FormChange, difference
from traam.campaigns.rules.form_faults import (
    LABEL_MAX,
    OPTIONS_MAX,
    QUESTIONS_MAX,
    REPEATS_MAX,
    TEXT_MAX,
    faults,
)
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
YES_NO = Question(id="asked", kind=K.YES_NO, label="Est-ce prévu", section="one")
BLOCK = Question(
    id="rows",
    kind=K.BLOCK,
    label="Lignes",
    section="one",
    items=(Question(id="name", kind=K.TEXT, label="Nom"),),
)


def form(*questions: Question) -> Form:
    return Form((ONE, TWO), questions)


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


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "un objet est attendu pour le questionnaire"),
        ({"questions": {}}, "une liste est attendue pour « questions »"),
        ({"sections": [1]}, "un objet est attendu pour une section"),
        ({"sections": [{"id": 1}]}, "un texte est attendu pour « id »"),
        ({"questions": [{"kind": "film"}]}, "une question n’est pas de la sorte « film »"),
        ({"questions": [{"kind": "text", "limit": "3"}]}, "un nombre entier est attendu"),
        ({"questions": [{"kind": "text", "limit": True}]}, "un nombre entier est attendu"),
        ({"questions": [{"kind": "text", "required": 1}]}, "« required » est vrai ou faux"),
        ({"questions": [{"kind": "text", "options": ["a"]}]}, "un objet est attendu pour un choix"),
        (
            {"questions": [{"kind": "text", "condition": {"among": [1]}}]},
            "une condition nomme des réponses",
        ),
        (
            {"questions": [{"kind": "block", "items": [{"kind": "text", "items": [{}]}]}]},
            "un groupe ne se répète pas dans un autre",
        ),
    ],
)
def test_form_without_its_shape_is_refused(data: object, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        Form.read(data)


def test_core_and_default_questions_may_be_published() -> None:
    rules = CallRules()
    core = core_for(
        team_min=rules.team_min,
        commitments=rules.commitments,
        academies=[Option("a09", "Lille"), Option("a17", "Nantes")],
    )

    assert faults(core) == []
    assert faults(DEFAULT_FORM, reserved=CORE_FIELDS) == []
    assert faults(joined(core, DEFAULT_FORM)) == []


def test_core_takes_the_numbers_and_commitments_of_the_campaign() -> None:
    core = core_for(team_min=50, commitments=[Commitment("index", "Indexer.")])

    team, engaged = core.question(TEAM), core.question(COMMITMENTS)
    assert team is not None
    assert engaged is not None
    assert (team.repeats_min, team.repeats_max) == (50, 50)
    assert (engaged.options, engaged.required) == ((Option("index", "Indexer."),), True)


def test_core_asks_for_no_commitment_where_the_campaign_has_none() -> None:
    engaged = core_for(team_min=3, commitments=[]).question(COMMITMENTS)

    assert engaged is not None
    assert engaged.required is False
    assert {one.id for one in CORE.questions} == CORE_FIELDS
    assert ASSOCIATED in CORE_FIELDS


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", True), ("a1_b", True), ("a" * 40, True), ("a" * 41, False)]
    + [(word, False) for word in ("", "1a", "_a", "A", "é", "a-b", "a b", "a\n")],
)
def test_identity_is_a_short_word_of_small_letters(text: str, expected: bool) -> None:
    assert is_identity(text) is expected


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Form((ONE, ONE)), ["L’identité de section « one » est donnée 2 fois"]),
        (Form((Section("Un", "Un"),)), ["L’identité de section « Un » n’est pas admise"]),
        (Form((Section("un", " "),)), ["La section « un » n’a pas de titre"]),
        (form(TEXT, TEXT), ["L’identité de question « what » est donnée 2 fois"]),
        (form(replace(TEXT, id="title")), ["« title » est celle d’un champ de toute candidature"]),
        (form(replace(TEXT, section="no")), ["sa section « no » n’existe pas"]),
        (form(replace(TEXT, id="Quoi")), ["son identité « Quoi » n’est pas admise"]),
        (form(replace(TEXT, label=" ")), ["Question « what » : son libellé manque"]),
        (form(replace(TEXT, label="a" * (LABEL_MAX + 1))), ["doit tenir en 500 caractères"]),
        (form(replace(TEXT, limit=0)), ["sa limite va de 1 à 20000 (reçu : 0)"]),
        (form(replace(TEXT, limit=TEXT_MAX + 1)), ["(reçu : 20001)"]),
        (form(replace(TEXT, options=CHOICE.options)), ["elle n’a pas de choix à offrir"]),
        (form(replace(CHOICE, options=CHOICE.options[:1])), ["de 2 à 100 choix (reçu : 1)"]),
        (
            form(replace(CHOICE, options=tuple(Option(f"o{n}", "O") for n in range(101)))),
            [f"de 2 à {OPTIONS_MAX} choix (reçu : 101)"],
        ),
        (form(replace(CHOICE, options=CHOICE.options * 2)), ["choix « a »", "choix « b »"]),
        (
            form(replace(CHOICE, options=(Option("A", "A"), Option("b", " ")))),
            ["l’identité de choix « A » n’est pas admise", "le choix « b » n’a pas de libellé"],
        ),
        (form(replace(TEXT, items=BLOCK.items)), ["seul un groupe qui se répète contient"]),
        (form(replace(BLOCK, items=())), ["un groupe contient au moins une question"]),
        (form(replace(BLOCK, repeats_min=3, repeats_max=2)), ["se répète de 3 à 2 fois"]),
        (form(replace(BLOCK, repeats_max=0)), ["se répète de 0 à 0 fois"]),
        (form(replace(BLOCK, repeats_max=REPEATS_MAX + 1)), ["de 0 à 101 fois"]),
        (form(replace(BLOCK, items=BLOCK.items * 2)), ["l’identité « name » est donnée 2 fois"]),
        (
            form(replace(BLOCK, items=(replace(TEXT, condition=Condition("kind", ("a",))),))),
            ["une condition porte sur tout le groupe, non sur « Quoi »"],
        ),
        (form(replace(TEXT, condition=Condition("kind", ("a",))), CHOICE), ["posée avant elle"]),
        (form(TEXT, replace(CHOICE, condition=Condition("what", ("a",)))), ["posée avant elle"]),
        (form(CHOICE, replace(TEXT, condition=Condition("kind", ("c",)))), ["nomme « c »"]),
        (form(CHOICE, replace(TEXT, condition=Condition("kind", ()))), ["nomme aucune réponse"]),
        (form(YES_NO, replace(TEXT, condition=Condition("asked", ("a",)))), ["connues : no, yes"]),
        (form(CHOICE, replace(TEXT, condition=Condition("kind", ("b",)))), []),
        (form(YES_NO, replace(TEXT, condition=Condition("asked", ("yes",)))), []),
        (form(TEXT, CHOICE, YES_NO, BLOCK), []),
    ],
)
def test_faults_of_a_form_are_all_said(made: Form, words: list[str]) -> None:
    found = faults(made, reserved=CORE_FIELDS)

    assert len(found) == len(words)
    for sentence, expected in zip(found, words, strict=True):
        assert expected in sentence


def test_form_of_too_many_questions_is_refused() -> None:
    many = form(*(replace(TEXT, id=f"q{n}") for n in range(QUESTIONS_MAX + 1)))

    assert faults(many) == ["Le questionnaire compte 101 questions, 100 au plus."]
    assert faults(form(*many.questions[:QUESTIONS_MAX])) == []


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
    assert made.question("nothing") is None
    assert CHOICE.option_label("b") == "B"
    assert CHOICE.option_label("z") == "z"
