"""The choice in French."""

import math

import pytest

from tests.selection.optimiser.instances import made
from traam.selection.optimiser.constraints import Rule, RuleKind
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.explain import Explanation, Held, LeftOut, Why, explain
from traam.selection.optimiser.instance import LockKind, Theme
from traam.selection.optimiser.solve import Choice, solved
from traam.selection.optimiser.wording import (
    Names,
    held_sentence,
    points,
    rule_sentence,
    summary,
    why_sentence,
)

NAMES = Names(themes={"T": "Oral"}, academies={"A": "Lille"}, applications={"c1": "Lille, oral"})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0 point"),
        (0.001, "moins de 0,01 point"),
        (1.25, "1,25 point"),
        (1.999, "2 points"),
        (2.0, "2 points"),
        (10.0, "10 points"),
    ],
)
def test_points_are_written_as_in_french(value: float, said: str) -> None:
    assert points(value) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            Rule(RuleKind.THEME_MIN, ("T",), 2),
            "Le thème « Oral » demande au moins 2 candidatures ; 1 y répond.",
        ),
        (
            Rule(RuleKind.THEME_MIN, ("U",), 1),
            "Le thème « U » demande au moins 1 candidature ; aucune n’y répond.",
        ),
        (Rule(RuleKind.THEME_MAX, ("T",), 1), "Le thème « Oral » retient au plus 1 candidature."),
        (
            Rule(RuleKind.ACADEMY_MAX, ("A",), 2),
            "L’académie « Lille » travaille sur 2 thèmes au plus.",
        ),
        (
            Rule(RuleKind.CONTINUING, ("c1",)),
            "La candidature « Lille, oral » est d’une équipe engagée pour deux ans : elle reste.",
        ),
        (
            Rule(RuleKind.LOCKED_IN, ("c1",)),
            "La candidature « Lille, oral » est retenue d’office.",
        ),
        (
            Rule(RuleKind.LOCKED_OUT, ("c1",)),
            "La candidature « Lille, oral » est écartée d’office.",
        ),
        (
            Rule(RuleKind.NOT_ELIGIBLE, ("c1",)),
            "La candidature « Lille, oral » n’est pas recevable.",
        ),
        (
            Rule(RuleKind.INCOMPATIBLE, ("c1", "c2")),
            "Les candidatures « Lille, oral » et « c2 » ne peuvent être retenues ensemble.",
        ),
    ],
)
def test_rule_is_said_with_its_names_and_its_limit(rule: Rule, said: str) -> None:
    assert rule_sentence(rule, instance=made({"id": "c1"}), names=NAMES) == said


@pytest.mark.parametrize("kind", list(RuleKind))
def test_rule_of_every_kind_is_said(kind: RuleKind) -> None:
    rule = Rule(kind, ("c1", "c2"), 1)

    assert rule_sentence(rule, instance=made()).endswith(".")


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (
            LeftOut("x", Why.THEME_FULL, 1.25, ("c1", "c2")),
            "Le thème est complet ; la retenir coûterait 1,25 point et écarterait "
            "« Lille, oral », « c2 ».",
        ),
        (
            LeftOut("x", Why.SCORE, 0.0, ("c2",)),
            "Sa valeur ne suffit pas ; la retenir ne coûterait rien et écarterait « c2 ».",
        ),
        (
            LeftOut("x", Why.SCORE, 3.0, ()),
            "Sa valeur ne suffit pas ; la retenir coûterait 3 points.",
        ),
        (
            LeftOut("x", Why.ACADEMY_FULL, math.inf, ()),
            "L’académie a atteint son nombre de thèmes ; aucun choix qui la retienne ne respecte "
            "toutes les règles.",
        ),
        (LeftOut("x", Why.THEME_FULL, None, ()), "Le thème est complet."),
        (LeftOut("x", Why.NOT_ELIGIBLE, None, ()), "La candidature n’est pas recevable."),
        (LeftOut("x", Why.LOCKED_OUT, None, ()), "La candidature est écartée d’office."),
    ],
)
def test_why_is_said_with_its_price_and_whom_it_displaces(left: LeftOut, said: str) -> None:
    assert why_sentence(left, names=NAMES) == said


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (Held("x", margin=math.inf, is_imposed=True), "Retenue d’office."),
        (Held("x"), "Solidité non calculée."),
        (Held("x", margin=3.0), "Solide : elle reste avec un demi-point de moins."),
        (
            Held("x", margin=3.0, reviews=2),
            "Solide : elle reste sans un avis, quel qu’il soit, comme avec un demi-point de moins.",
        ),
        (
            Held("x", margin=0.1, reviews=2, falls_without=(0, 1), falls_lowered=True),
            "Fragile : sans le 1er avis, sans le 2e avis ou avec un demi-point de moins, elle ne "
            "serait peut-être plus retenue.",
        ),
        (
            Held("x", margin=0.1, falls_lowered=True),
            "Fragile : avec un demi-point de moins, elle ne serait peut-être plus retenue.",
        ),
    ],
)
def test_strength_is_said(held: Held, said: str) -> None:
    assert held_sentence(held) == said


def said(*rows, **others) -> list[str]:
    done = solved(made(*rows, **others))
    return summary(instance=done.instance, choice=done.choice, explanation=explain(done))


def test_summary_says_who_is_in_who_is_out_and_who_is_next() -> None:
    rows = ({"id": "c1"}, {"id": "c2", "academy": "B", "score": 9.0})

    assert said(*rows, themes=(Theme(id="T", maximum=1),)) == [
        "Optimum prouvé : 1 candidature retenue, valeur 10 points.",
        "Retenues :",
        "  « c1 » Solide : elle reste avec un demi-point de moins.",
        "Écartées :",
        "  « c2 » Le thème est complet ; la retenir coûterait 1 point et écarterait « c1 ».",
        "Liste complémentaire, dans l’ordre d’appel :",
        "  « T » : « c2 »",
    ]


def test_summary_of_a_contradiction_says_the_rules() -> None:
    assert said({"id": "c1", "lock": LockKind.IN, "eligible": False}) == [
        "Aucun choix ne respecte toutes les règles. Celles-ci se contredisent :",
        "  - La candidature « c1 » est retenue d’office.",
        "  - La candidature « c1 » n’est pas recevable.",
        "Sans l’une d’elles, un choix est possible.",
    ]


def test_summary_of_a_stopped_computation_says_how_far_it_may_be() -> None:
    choice = Choice(ChoiceStatus.STOPPED, 10.0, 12.0, ("c1",))
    explanation = Explanation((), (Held("c1"),), {}, ())

    assert summary(instance=made({"id": "c1"}), choice=choice, explanation=explanation) == [
        "Arrêté avant la preuve : 1 candidature retenue, valeur 10 points "
        "(aucun choix ne dépasse 12 points).",
        "Retenues :",
        "  « c1 » Solidité non calculée.",
    ]


def test_summary_of_a_stopped_computation_that_found_none_says_so() -> None:
    choice = Choice(ChoiceStatus.STOPPED, None, 12.0, ())

    (first, *_) = summary(instance=made(), choice=choice, explanation=Explanation((), (), {}, ()))

    assert first == "Arrêté avant la preuve : 0 candidature retenue."
