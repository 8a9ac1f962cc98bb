"""What an application still lacks, question by question, word for word."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.applications.world import COMPLETE
from tests.campaigns.forms import forms, values
from traam.applications.rules.answers import Facts, Missing, is_asked, missing, tidied
from traam.applications.rules.depositing import said
from traam.campaigns.rules.call import DEFAULT_COMMITMENTS
from traam.campaigns.rules.default_form import CORE, DEFAULT_FORM, core_for
from traam.campaigns.rules.questions import Condition, Form, Option, Question, QuestionKind

K = QuestionKind
FACTS = Facts(academy="09", inspectors=1)


def test_empty_application_misses_everything_that_is_required() -> None:
    found = missing(CORE, DEFAULT_FORM, {}, replace(FACTS, inspectors=0))

    assert [one.field for one in found] == [*COMPLETE, "inspectors"]
    assert found[0].sentence == "« Intitulé du projet » est à remplir."


def test_complete_application_misses_nothing() -> None:
    assert missing(CORE, DEFAULT_FORM, COMPLETE, FACTS) == []


@pytest.mark.parametrize(
    ("change", "field", "sentences"),
    [
        (
            {"title": "a" * 301},
            "title",
            ["« Intitulé du projet » tient en 300 caractères (1 caractère de trop)."],
        ),
        (
            {"team": COMPLETE["team"][:2]},
            "team",
            ["« Enseignant·es de l’équipe » : 3 au moins (2 lignes remplies)."],
        ),
        (
            {"team": COMPLETE["team"][:1]},
            "team",
            ["« Enseignant·es de l’équipe » : 3 au moins (1 ligne remplie)."],
        ),
        (
            {"referents": [COMPLETE["referents"][0], {"name": "Zoé", "school": " "}]},
            "referents",
            [
                "« Professeur·es référent·es », ligne 2 : « Discipline » est à remplir.",
                "« Professeur·es référent·es », ligne 2 : « Établissement et commune » est à "
                "remplir.",
            ],
        ),
        (
            {"referents": [*COMPLETE["referents"] * 2, COMPLETE["referents"][0] | {"name": ""}]},
            "referents",
            [
                "« Professeur·es référent·es » : 3 lignes, 2 au plus.",
                "« Professeur·es référent·es », ligne 3 : « Prénom et nom » est à remplir.",
            ],
        ),
        (
            {"commitments": ["class", "tests", "index"]},
            "commitments",
            [
                "Engagement à prendre : Un·e professeur·e référent·e participe aux réunions "
                "nationales.",
                "Engagement à prendre : Une synthèse académique est rendue à la fin des travaux.",
            ],
        ),
        ({"commitments": []}, "commitments", ["« Engagements de l’académie » est à remplir."]),
    ],
)
def test_missing_says_each_thing_and_where(
    change: dict[str, Any], field: str, sentences: list[str]
) -> None:
    found = missing(CORE, DEFAULT_FORM, COMPLETE | change, FACTS)

    assert found == [Missing(field, sentence) for sentence in sentences]


def test_academy_does_not_associate_with_itself() -> None:
    associated = tuple(Option(code, code) for code in ("09", "17"))
    core = core_for(team_min=3, commitments=DEFAULT_COMMITMENTS, academies=associated)

    assert missing(core, DEFAULT_FORM, COMPLETE | {"associated": ["17"]}, FACTS) == []
    assert missing(core, DEFAULT_FORM, COMPLETE | {"associated": ["17", "09"]}, FACTS) == [
        Missing("associated", "L’académie ne s’associe pas à elle-même.")
    ]


def test_someone_must_inspect() -> None:
    assert missing(CORE, DEFAULT_FORM, COMPLETE, replace(FACTS, inspectors=0)) == [
        Missing("inspectors", "Désignez au moins un·e inspecteur·rice.")
    ]


def test_core_without_commitments_asks_for_none() -> None:
    core = Form(CORE.sections, tuple(one for one in CORE.questions if one.id != "commitments"))

    assert missing(core, DEFAULT_FORM, COMPLETE | {"commitments": ["other"]}, FACTS) == []


def test_texts_to_settle_are_missing_by_their_question() -> None:
    facts = replace(FACTS, rivals=frozenset({"lead", "offer", "x"}))

    assert missing(CORE, DEFAULT_FORM, COMPLETE, facts) == [
        Missing("lead", "« Porteur ou porteuse du projet » a deux textes : départagez-les."),
        Missing(
            "offer", "« Ce qui est offert aux autres académies » a deux textes : départagez-les."
        ),
        Missing("x", "« x » a deux textes : départagez-les."),
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


@settings(deadline=None)
@given(forms(), st.data())
def test_missing_never_fails_whatever_was_typed(form: Form, data: st.DataObject) -> None:
    answers = {one.id: tidied(one, data.draw(values(one))) for one in form.questions}

    found = missing(Form(), form, answers, FACTS)

    assert {one.field for one in found} <= {one.id for one in form.questions}
