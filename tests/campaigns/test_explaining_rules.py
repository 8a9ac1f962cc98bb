"""How the choice is told to everyone: whole sentences, by the numbers of the campaign."""

from dataclasses import replace

import pytest

from traam.campaigns.rules.call import WEIGHT_LABELS, CallRules, Weights
from traam.campaigns.rules.explaining import (
    POINTS,
    Share,
    Weighed,
    answering,
    hard_rules,
    shares,
    weighed,
)
from traam.campaigns.rules.grid import Criterion, Grid

RULES = CallRules()
NO_WEIGHT = Weights(score=0, rank=0, served=0, region=0, overseas=0, newcomer=0, balance=0)


def test_hard_rules_are_these_sentences() -> None:
    rules = replace(RULES, academies_min=3, reviews_per_application=4, disagreement=3.5)

    assert hard_rules(rules) == [
        "Chaque thème retient de 3 à 8 académies, sauf indication contraire du thème.",
        "Une académie est retenue sur 2 thèmes au plus.",
        "Chaque candidature reçoit 4 avis, de personnes sans conflit d’intérêts : ni la même "
        "académie, ni la même région académique, ni une équipe commune depuis deux ans.",
        "Quand les avis s’écartent (de 3,5 points ou plus), la candidature est discutée.",
        "Les règles, les poids et la grille sont gelés avant que le premier avis ne s’ouvre.",
    ]


@pytest.mark.parametrize(("number", "said"), [(1, "1 académie"), (2, "2 académies")])
def test_academies_of_a_theme_are_one_number_where_least_is_most(number: int, said: str) -> None:
    found = hard_rules(replace(RULES, academies_min=number, academies_max=number))

    assert found[0] == f"Chaque thème retient {said}, sauf indication contraire du thème."


@pytest.mark.parametrize(("most", "said"), [(1, "1 thème"), (2, "2 thèmes"), (3, "3 thèmes")])
def test_number_of_themes_of_an_academy_agrees(most: int, said: str) -> None:
    found = hard_rules(replace(RULES, themes_per_academy_max=most))

    assert found[1] == f"Une académie est retenue sur {said} au plus."


def test_what_an_academy_must_know_to_answer_is_these_sentences() -> None:
    rules = replace(RULES, team_min=4, grace_hours=24, pieces_max=5, piece_max_mb=12, reply_days=9)

    assert answering(rules) == [
        "Une équipe compte au moins 4 enseignants.",
        "L’inspecteur ou l’inspectrice que la candidature désigne donne son accord ; puis la ou "
        "le délégué académique au numérique classe les candidatures de l’académie et les vise, "
        "ce qui les dépose.",
        "Ce qui attend encore un accord ou un visa à la clôture a 24 heures de plus ; ensuite, "
        "c’est caduc.",
        "Chaque candidature joint 5 pièces au plus, de 12 Mo chacune.",
        "Après l’annonce, une académie a 9 jours pour répondre aux remarques.",
    ]


def test_criterion_tells_its_scale_its_share_and_its_help() -> None:
    grid = Grid((Criterion("a", "Un", 2, help="De quoi juger."), Criterion("b", "Deux", 1)))

    assert shares(replace(RULES, grid=grid)) == [
        Share("Un", "de 0 à 5", "67 %", "De quoi juger."),
        Share("Deux", "de 0 à 5", "33 %", ""),
    ]


def test_grid_that_weighs_nothing_gives_no_share_to_anyone() -> None:
    grid = Grid((Criterion("a", "Un", 0),))

    assert [one.percent for one in shares(replace(RULES, grid=grid))] == ["0 %"]
    assert shares(replace(RULES, grid=Grid(()))) == []


def test_weights_are_told_with_what_each_counts_for() -> None:
    weights = replace(NO_WEIGHT, overseas=1, score=2, newcomer=1.5, balance=2.5)

    assert weighed(replace(RULES, weights=weights)) == [
        Weighed(WEIGHT_LABELS["balance"], "2,5 points", POINTS["balance"]),
        Weighed(WEIGHT_LABELS["score"], "2 points", POINTS["score"]),
        Weighed(WEIGHT_LABELS["newcomer"], "1,5 point", POINTS["newcomer"]),
        Weighed(WEIGHT_LABELS["overseas"], "1 point", POINTS["overseas"]),
    ]
    assert weighed(replace(RULES, weights=NO_WEIGHT)) == []
