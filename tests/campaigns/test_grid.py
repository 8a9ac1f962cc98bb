"""The grid: what it may be, what scores may be, and its total on 20."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.campaigns.rules.grid import (
    CRITERIA_MAX,
    DEFAULT_GRID,
    Criterion,
    Grid,
    grid_faults,
    missing_faults,
    scale_faults,
    score_faults,
    total,
)
from traam.kit.refusals import Refusal

TWO = Grid((Criterion("fit", "Adéquation", 3), Criterion("team", "Équipe", 1, maximum=10)))
ALL_FIVE = dict.fromkeys((one.key for one in DEFAULT_GRID.criteria), 5)


def row(**other: object) -> dict[str, object]:
    return {"key": "fit", "label": "Adéquation", "weight": 3, "maximum": 5, **other}


def test_default_grid_is_the_one_of_the_rules() -> None:
    asked = [(one.weight, one.maximum) for one in DEFAULT_GRID.criteria]

    assert asked == [(3, 5), (3, 5), (3, 5), (2, 5), (2, 5)]
    assert DEFAULT_GRID.weight == 13
    assert all(one.help for one in DEFAULT_GRID.criteria)


@pytest.mark.parametrize("grid", [DEFAULT_GRID, TWO])
def test_grid_is_read_back_from_its_data(grid: Grid) -> None:
    assert Grid.read(grid.as_data()) == grid


def test_grid_is_read_without_a_help_nor_a_maximum() -> None:
    data = ({"key": "fit", "label": "Adéquation", "weight": 3},)

    assert Grid.read(data) == Grid((Criterion("fit", "Adéquation", 3, 5, ""),))


def test_grid_says_its_own_faults() -> None:
    wrong = Grid((Criterion("fit", "Adéquation", 0), Criterion("fit", "Adéquation", 0)))

    assert DEFAULT_GRID.faults() == []
    assert wrong.faults() == [
        "L’identifiant « fit » sert à 2 critères : donnez à chacun le sien.",
        "Tous les poids sont nuls : donnez à un critère au moins un poids supérieur à 0.",
    ]


@pytest.mark.parametrize(
    ("criterion", "fault"),
    [
        (7, "des champs nommés sont attendus (reçu : « 7 »)."),
        (row(poids=3), "le champ « poids » est inconnu."),
        ({"key": "fit", "label": "A"}, "le champ « weight » manque."),
        ({"key": "fit", "weight": 1}, "le champ « label » manque."),
        ({"label": "A", "weight": 1, "maximum": 5}, "le champ « key » manque."),
        (row(label=" "), "l’intitulé est vide."),
        (
            row(label=3),
            "l’intitulé (reçu : « 3 ») doit être un texte de 200 caractères au plus.",
        ),
        (
            row(label="a" * 201),
            f"l’intitulé (reçu : « {'a' * 59}… ») doit être un texte de 200 caractères au plus.",
        ),
        (
            row(help=None),
            "le texte d’aide (reçu : « None ») doit être un texte de 1000 caractères au plus.",
        ),
        (row(weight=-1), "le poids (reçu : « -1 ») doit être un nombre entier de 0 à 100."),
        (row(weight=101), "le poids (reçu : « 101 ») doit être un nombre entier de 0 à 100."),
        (row(weight=1.5), "le poids (reçu : « 1.5 ») doit être un nombre entier de 0 à 100."),
        (row(weight=True), "le poids (reçu : « True ») doit être un nombre entier de 0 à 100."),
        (row(maximum=0), "le maximum (reçu : « 0 ») doit être un nombre entier de 1 à 100."),
        (row(maximum="5"), "le maximum (reçu : « 5 ») doit être un nombre entier de 1 à 100."),
        *(
            (
                row(key=key),
                f"l’identifiant (reçu : « {key} ») doit tenir en 40 caractères : des lettres sans "
                "accent, des chiffres et « _ », comme « protocol ».",
            )
            for key in ("Fit", "1fit", "équipe", "", "a b", 3, "a" * 41)
        ),
    ],
)
def test_grid_is_refused_naming_its_fault(criterion: object, fault: str) -> None:
    with pytest.raises(Refusal) as refused:
        Grid.read([row(key="other"), criterion])

    assert refused.value.reasons == [f"Critère 2 : {fault}"]


def test_grid_takes_the_ends_of_what_it_accepts() -> None:
    wide = row(key="a" * 40, label="a" * 200, help="a" * 1000, weight=100, maximum=100)

    assert grid_faults([wide, row(key="b_2", weight=0, maximum=1)]) == []


@pytest.mark.parametrize(
    ("data", "got"),
    [
        (None, 0),
        ({}, 0),
        ([], 0),
        ("fit", 0),
        ({"criteria": [row()]}, 0),
        ([row(key=f"k{number}") for number in range(CRITERIA_MAX + 1)], CRITERIA_MAX + 1),
    ],
)
def test_grid_is_refused_without_a_list_of_criteria(data: object, got: int) -> None:
    assert grid_faults(data) == [f"La grille demande une liste de 1 à 30 critères (reçu : {got})."]


def test_grid_takes_as_many_criteria_as_it_says() -> None:
    rows = [row(key=f"k{number}") for number in range(CRITERIA_MAX)]

    assert len(Grid.read(rows).criteria) == CRITERIA_MAX


def test_grid_says_every_fault_at_once() -> None:
    faults = grid_faults([row(weight=-1, maximum=0), row(key="É")])

    assert [fault[: len("Critère 1 : le poids")] for fault in faults] == [
        "Critère 1 : le poids",
        "Critère 1 : le maxim",
        "Critère 2 : l’identi",
    ]


def test_grid_is_refused_when_a_key_serves_twice() -> None:
    rows = [row(), row(key="team"), row(), row()]

    assert grid_faults(rows) == [
        "L’identifiant « fit » sert à 3 critères : donnez à chacun le sien."
    ]


def test_grid_is_refused_when_every_weight_is_zero() -> None:
    rows = [row(weight=0), row(key="team", weight=0)]

    assert grid_faults(rows) == [
        "Tous les poids sont nuls : donnez à un critère au moins un poids supérieur à 0."
    ]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"fit": 5, "team": 10}, "20.00"),
        ({"fit": 0, "team": 0}, "0.00"),
        ({"fit": 5, "team": 0}, "15.00"),
        ({"fit": 0, "team": 10}, "5.00"),
        ({"fit": 3, "team": 7}, "12.50"),
    ],
)
def test_total_weighs_each_score_by_its_own_scale(scores: dict[str, int], expected: str) -> None:
    assert str(total(TWO, scores)) == expected


def test_total_is_rounded_half_up() -> None:
    grid = Grid((Criterion("a", "A", 1, maximum=96), Criterion("b", "B", 0)))
    # 20 × 3 / 96 = 0.625; 20 × 9 / 96 = 1.875; 20 × 1 / 96 = 0.20833…
    assert [str(total(grid, {"a": score})) for score in (3, 9, 1)] == ["0.63", "1.88", "0.21"]


@pytest.mark.parametrize("scores", [{}, {"fit": 5}, {"fit": 5, "team": None}])
def test_total_is_unknown_while_a_score_lacks(scores: dict[str, int | None]) -> None:
    assert total(TWO, scores) is None


def test_total_does_not_wait_for_what_does_not_count() -> None:
    grid = Grid((Criterion("a", "A", 2), Criterion("b", "B", 0)))

    assert total(grid, {"a": 5}) == Decimal(20)


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(1, 100), st.floats(0, 1)), min_size=1))
def test_total_stays_on_the_scale_and_never_falls_when_a_score_rises(
    drawn: list[tuple[int, int, float]],
) -> None:
    grid = Grid(
        tuple(Criterion(f"k{n}", "K", weight, most) for n, (weight, most, _) in enumerate(drawn))
    )
    scores = {f"k{n}": int(most * part) for n, (_, most, part) in enumerate(drawn)}
    exact = 20 * sum(
        Fraction(weight * scores[f"k{n}"], most) for n, (weight, most, _) in enumerate(drawn)
    )

    got = total(grid, scores)
    better = total(grid, {**scores, "k0": drawn[0][1]})

    assert got is not None
    assert better is not None
    assert 0 <= got <= better <= 20
    assert abs(Fraction(got) - exact / grid.weight) <= Fraction(1, 200)


def test_scores_are_refused_outside_the_scale_and_outside_the_grid() -> None:
    faults = score_faults(TWO, {"fit": 6, "team": 11, "autre": 3})

    assert faults == [
        "Le critère « autre » n’est pas dans la grille.",
        "« Adéquation » (reçu : « 6 ») : donnez un nombre entier de 0 à 5.",
        "« Équipe » (reçu : « 11 ») : donnez un nombre entier de 0 à 10.",
    ]


@pytest.mark.parametrize("score", [-1, 2.5, True, "3", "", Decimal(3), "n" * 60])
def test_score_is_refused_when_it_is_not_a_whole_number_of_the_scale(score: object) -> None:
    assert scale_faults(TWO, {"fit": score}) == [
        f"« Adéquation » (reçu : « {score} ») : donnez un nombre entier de 0 à 5."
    ]


def test_score_too_long_to_be_quoted_is_cut() -> None:
    assert scale_faults(TWO, {"fit": "n" * 61}) == [
        f"« Adéquation » (reçu : « {'n' * 59}… ») : donnez un nombre entier de 0 à 5."
    ]


def test_scores_that_lack_are_all_named() -> None:
    missing = [
        "« Adéquation » n’a pas de note : donnez un nombre entier de 0 à 5.",
        "« Équipe » n’a pas de note : donnez un nombre entier de 0 à 10.",
    ]

    assert missing_faults(TWO, {"fit": None}) == missing
    assert score_faults(TWO, {}) == missing
    assert scale_faults(TWO, {"fit": None}) == []


@pytest.mark.parametrize("score", range(6))
def test_scores_have_no_fault_on_the_whole_scale(score: int) -> None:
    assert score_faults(DEFAULT_GRID, {**ALL_FIVE, "diffusion": score}) == []
