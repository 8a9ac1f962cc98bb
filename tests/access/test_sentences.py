"""What a person reads when the answer is no, and the generated page."""

from pathlib import Path

import pytest

from traam.access.document import page
from traam.access.place import Flag, Place
from traam.access.policy import TABLE
from traam.access.policy.grants import InState, Is, IsNot, Scope, Tie, to, to_each, to_public
from traam.access.roles import Role
from traam.access.sentences import by_fact, facts, listed, subject, who_may

RIGHTS_PAGE = Path(__file__).parents[2] / "docs" / "rights.md"
LILLE = Place(academies=frozenset({"09"}), academy_names=("Lille",))


@pytest.mark.parametrize(
    ("right", "place", "expected"),
    [
        (
            "application.endorse",
            LILLE,
            "Seul le DAN de l’académie de Lille peut viser cette candidature, tant que le visa est "
            "attendu.",
        ),
        (
            "application.endorse",
            Place(academies=frozenset({"02"}), academy_names=("Aix-Marseille",)),
            "Seul le DAN de l’académie d’Aix-Marseille peut viser cette candidature, tant que le "
            "visa est attendu.",
        ),
        (
            "application.endorse",
            Place(academies=frozenset({"09", "20"}), academy_names=("Lille", "Amiens")),
            "Seul le DAN de l’académie de Lille ou d’Amiens peut viser cette candidature, tant que "
            "le visa est attendu.",
        ),
        (
            "application.endorse",
            Place(academies=frozenset({"09"})),
            "Seul le DAN de l’académie concernée peut viser cette candidature, tant que le visa "
            "est attendu.",
        ),
        (
            "application.endorse",
            Place(),
            "Seul le DAN de l’académie peut viser une candidature, tant que le visa est attendu.",
        ),
        (
            "archive.load",
            Place(),
            "Seul le pilotage national (DNE) peut charger des fichiers de l’archive.",
        ),
        (
            "theme.sign_ig",
            LILLE,
            "Seule l’inspection générale du thème peut signer ce thème pour l’inspection générale, "
            "une fois soumis, tant qu’une signature manque.",
        ),
        (
            "group.write",
            LILLE,
            "Seuls l’expert·e DNE ou l’inspection générale du thème et le ou la référent·e du "
            "groupe national peuvent écrire dans ce groupe national.",
        ),
        (
            "trial.write",
            LILLE,
            "Seul l’auteur ou l’autrice (référent·e ou enseignant·e) peut préparer et mener cet "
            "essai en classe, tant que l’essai n’est ni clos ni abandonné.",
        ),
        (
            "mandate.grant",
            LILLE,
            "Seul le pilotage national (DNE) peut donner un nouveau mandat\u00a0; ainsi que le DAN "
            "de l’académie de Lille, pour un rôle d’académie.",
        ),
        (
            "application.agree",
            LILLE,
            "Seul l’inspecteur·rice désigné·e peut donner son accord à cette candidature, tant que "
            "l’accord de l’inspecteur est attendu.",
        ),
        (
            "mandate.delegate",
            LILLE,
            "Seuls le pilotage national (DNE) et la personne concernée peuvent déléguer ce mandat.",
        ),
        (
            "decision.deliberate",
            LILLE,
            "Seuls l’expert·e DNE ou l’inspection générale du thème hors conflit d’intérêts "
            "peuvent délibérer de cette décision, une fois l’appel clos et tant que rien n’est "
            "annoncé.",
        ),
        ("reference.read", Place(), "Toute personne qui a un mandat peut lire un référentiel."),
        ("notice.read", Place(), "Tout le monde peut lire une notice publiée."),
    ],
)
def test_refusal_says_who_may(right, place, expected):
    assert who_may(right, place) == expected


def test_refusal_exists_for_every_right():
    for right in TABLE:
        for place in (Place(), LILLE):
            sentence = who_may(right, place)
            assert sentence[0].isupper(), right
            assert sentence.endswith("."), right
            assert "  " not in sentence, right


def test_only_a_feminine_subject_is_seule():
    feminine = [right for right in TABLE if who_may(right, LILLE).startswith("Seule ")]

    assert feminine == [
        "brief.sign_ig",
        "theme.sign_ig",
        "review.write",
        "review.submit",
        "review.decline",
        "trial.agree",
        "agreement.read",
        "national_synthesis.validate",
        "national_synthesis.sign_ig",
    ]


def test_list_of_words_reads_as_french():
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a et b"
    assert listed(["a", "b", "c"], "ou") == "a, b ou c"


def test_facts_of_a_grant_are_said_apart_from_its_scopes():
    (grant,) = to(
        Role.EXPERT,
        Scope.THEME,
        Tie.AFTER_OWN_REVIEW,
        InState(frozenset({"x"}), "une fois x"),
        Is(Flag.CLOSED),
        IsNot(Flag.ANNOUNCED, "tant que rien n’est annoncé"),
    )

    assert facts(grant) == (
        "une fois son propre avis rendu, une fois x, une fois l’essai clos et tant que rien n’est "
        "annoncé"
    )
    assert subject([grant]) == ("l’expert·e DNE du thème", 1)


def test_subject_joins_scopes_and_roles():
    both = to_each((Role.EXPERT, Role.INSPECTOR), Scope.ACADEMY, Scope.DISCIPLINE)

    assert subject(both) == (
        "l’expert·e DNE ou l’inspecteur·rice de l’académie et de la discipline",
        2,
    )


def test_same_fact_is_said_once():
    grants = (*to(Role.PILOT), *to(Role.DGESCO), *to_public(Is(Flag.PUBLISHED)), *to(Role.EXPERT))

    assert by_fact(grants) == {
        "": (
            ["le pilotage national (DNE) ou la DGESCO ou l’expert·e DNE".replace(" ou la", ", la")],
            3,
        ),
        "une fois la publication faite": (["tout le monde"], 1),
    }


def test_published_page_of_rights_says_what_the_program_does():
    assert RIGHTS_PAGE.read_text(encoding="utf-8") == page()


def test_page_of_rights_names_every_role_and_every_right():
    text = page()

    assert [role for role in Role if f"`{role.value}`" not in text] == []
    assert [name for name in TABLE if f"| `{name}` |" not in text] == []
