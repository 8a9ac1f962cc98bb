"""What forbids a form of questions: every fault, word for word."""

from dataclasses import replace

import pytest

from tests.campaigns.forms import CHOICE, ONE, TEXT, YES_NO, form
from traam.campaigns.rules.default_form import CORE_FIELDS
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
)

K = QuestionKind
WORDS = "une petite lettre puis des lettres, des chiffres ou « _ », 40 caractères au plus"
ONCE = "est donnée 2 fois : une seule est attendue."
NOT_BEFORE = "il faut une question à choix, ou par oui ou non, posée avant elle."
REPEATS = "il faut un maximum de 1 à 100, et un minimum qui ne le dépasse pas."
LONG = "a" * 70
NOT_AN_IDENTITY = f"« {'a' * 60} » n’est pas admise"
BLOCK = Question(
    id="rows",
    kind=K.BLOCK,
    label="Lignes",
    section="one",
    items=(Question(id="name", kind=K.TEXT, label="Nom"),),
)


@pytest.mark.parametrize(
    ("made", "sentences"),
    [
        (Form((ONE, ONE)), [f"L’identité de section « one » {ONCE}"]),
        (
            Form((Section("Un", "Un"),)),
            [f"L’identité de section « Un » n’est pas admise : {WORDS}."],
        ),
        (Form((Section(LONG, "Un"),)), [f"L’identité de section {NOT_AN_IDENTITY} : {WORDS}."]),
        (Form((Section("un", " "),)), ["La section « un » n’a pas de titre."]),
        (form(TEXT, TEXT), [f"L’identité de question « what » {ONCE}"]),
        (
            form(replace(TEXT, id="title")),
            ["L’identité « title » est celle d’un champ de toute candidature."],
        ),
        (
            form(replace(TEXT, section="no")),
            ["Question « Quoi » : sa section « no » n’existe pas."],
        ),
        (
            form(replace(TEXT, id="Quoi")),
            [f"Question « Quoi » : son identité « Quoi » n’est pas admise ({WORDS})."],
        ),
        (
            form(replace(TEXT, id=LONG)),
            [f"Question « Quoi » : son identité {NOT_AN_IDENTITY} ({WORDS})."],
        ),
        (form(replace(TEXT, label=" ")), ["Question « what » : son libellé manque."]),
        (
            form(replace(TEXT, id=LONG, label=" ")),
            [
                f"Question « {'a' * 60} » : son identité {NOT_AN_IDENTITY} ({WORDS}).",
                f"Question « {'a' * 60} » : son libellé manque.",
            ],
        ),
        (
            form(replace(TEXT, label="a" * (LABEL_MAX + 1))),
            [f"Question « {'a' * 80} » : son libellé doit tenir en 500 caractères."],
        ),
        (form(replace(TEXT, label="a" * LABEL_MAX)), []),
        (
            form(replace(TEXT, limit=0)),
            ["Question « Quoi » : sa limite va de 1 à 20000 (reçu : 0)."],
        ),
        (
            form(replace(TEXT, limit=TEXT_MAX + 1)),
            ["Question « Quoi » : sa limite va de 1 à 20000 (reçu : 20001)."],
        ),
        (form(replace(TEXT, limit=1)), []),
        (form(replace(TEXT, limit=TEXT_MAX)), []),
        (
            form(replace(TEXT, options=CHOICE.options)),
            ["Question « Quoi » : elle n’a pas de choix à offrir (une ligne de texte)."],
        ),
        (
            form(replace(CHOICE, options=CHOICE.options[:1])),
            ["Question « Lequel » : elle offre de 2 à 100 choix (reçu : 1)."],
        ),
        (
            form(replace(CHOICE, options=tuple(Option(f"o{n}", "O") for n in range(101)))),
            ["Question « Lequel » : elle offre de 2 à 100 choix (reçu : 101)."],
        ),
        (
            form(replace(CHOICE, options=tuple(Option(f"o{n}", "O") for n in range(OPTIONS_MAX)))),
            [],
        ),
        (
            form(replace(CHOICE, options=CHOICE.options * 2)),
            [
                f"Question « Lequel » : l’identité de choix « a » {ONCE}",
                f"Question « Lequel » : l’identité de choix « b » {ONCE}",
            ],
        ),
        (
            form(replace(CHOICE, options=(Option("A", "A"), Option("b", " "), Option(LONG, "C")))),
            [
                f"Question « Lequel » : l’identité de choix « A » n’est pas admise ({WORDS}).",
                "Question « Lequel » : le choix « b » n’a pas de libellé.",
                f"Question « Lequel » : l’identité de choix {NOT_AN_IDENTITY} ({WORDS}).",
            ],
        ),
        (
            form(replace(TEXT, items=BLOCK.items)),
            ["Question « Quoi » : seul un groupe qui se répète contient des questions."],
        ),
        (
            form(replace(BLOCK, items=())),
            ["Question « Lignes » : un groupe contient au moins une question."],
        ),
        (
            form(replace(BLOCK, repeats_min=3, repeats_max=2)),
            [f"Question « Lignes » : le groupe se répète de 3 à 2 fois ; {REPEATS}"],
        ),
        (
            form(replace(BLOCK, repeats_min=-1)),
            [f"Question « Lignes » : le groupe se répète de -1 à 100 fois ; {REPEATS}"],
        ),
        (
            form(replace(BLOCK, repeats_max=0)),
            [f"Question « Lignes » : le groupe se répète de 0 à 0 fois ; {REPEATS}"],
        ),
        (
            form(replace(BLOCK, repeats_max=REPEATS_MAX + 1)),
            [f"Question « Lignes » : le groupe se répète de 0 à 101 fois ; {REPEATS}"],
        ),
        (form(replace(BLOCK, repeats_min=1, repeats_max=1)), []),
        (form(replace(BLOCK, repeats_min=REPEATS_MAX)), []),
        (
            form(replace(BLOCK, items=BLOCK.items * 2)),
            [f"Question « Lignes » : l’identité « name » {ONCE}"],
        ),
        (
            form(replace(BLOCK, items=(BLOCK,))),
            ["Question « Lignes » : un groupe ne se répète pas dans un autre."],
        ),
        (
            form(replace(BLOCK, items=(replace(TEXT, label=" "), replace(TEXT, id="A")))),
            [
                "Question « what » : son libellé manque.",
                f"Question « Quoi » : son identité « A » n’est pas admise ({WORDS}).",
            ],
        ),
        (
            form(replace(BLOCK, items=(replace(TEXT, condition=Condition("kind", ("a",))),))),
            ["Question « Lignes » : une condition porte sur tout le groupe, non sur « Quoi »."],
        ),
        (
            form(replace(TEXT, condition=Condition("kind", ("a",))), CHOICE),
            [f"Question « Quoi » : sa condition porte sur « kind » ; {NOT_BEFORE}"],
        ),
        (
            form(replace(TEXT, condition=Condition(LONG, ("a",)))),
            [f"Question « Quoi » : sa condition porte sur « {'a' * 60} » ; {NOT_BEFORE}"],
        ),
        (
            form(TEXT, replace(CHOICE, condition=Condition("what", ("a",)))),
            [f"Question « Lequel » : sa condition porte sur « what » ; {NOT_BEFORE}"],
        ),
        (
            form(CHOICE, replace(TEXT, condition=Condition("kind", ("d", "c", "a", LONG)))),
            [
                f"Question « Quoi » : sa condition nomme « {'a' * 60} », « c », « d » ; réponses "
                "connues : a, b."
            ],
        ),
        (
            form(CHOICE, replace(TEXT, condition=Condition("kind", ()))),
            ["Question « Quoi » : sa condition ne nomme aucune réponse ; réponses connues : a, b."],
        ),
        (
            form(YES_NO, replace(TEXT, condition=Condition("asked", ("a",)))),
            ["Question « Quoi » : sa condition nomme « a » ; réponses connues : no, yes."],
        ),
        (form(CHOICE, replace(TEXT, condition=Condition("kind", ("b",)))), []),
        (form(YES_NO, replace(TEXT, condition=Condition("asked", ("yes",)))), []),
        (form(TEXT, CHOICE, YES_NO, BLOCK), []),
    ],
)
def test_faults_of_a_form_are_all_said(made: Form, sentences: list[str]) -> None:
    assert faults(made, reserved=CORE_FIELDS) == sentences


def test_form_of_too_many_questions_is_refused() -> None:
    many = form(*(replace(TEXT, id=f"q{n}") for n in range(QUESTIONS_MAX + 1)))

    assert faults(many) == ["Le questionnaire compte 101 questions, 100 au plus."]
    assert faults(form(*many.questions[:QUESTIONS_MAX])) == []
