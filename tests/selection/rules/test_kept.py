"""A computed choice as it is kept: written, read back, said, compared with another."""

import json
from dataclasses import replace

import pytest

from tests.selection.optimiser.instances import drawn, made
from traam.kit.refusals import Refusal
from traam.selection.optimiser.constraints import Rule, RuleKind
from traam.selection.optimiser.effects import EffectGroup, GroupEffect, effects
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.explain import Explanation, Held, LeftOut, Why, explain
from traam.selection.optimiser.instance import as_data
from traam.selection.optimiser.solve import Choice, solve, solved
from traam.selection.optimiser.wording import Names
from traam.selection.rules import kept
from traam.selection.rules.kept import UNEXPLAINED, Comparison, Computed, compared

SEEDS = range(120)


def computed(instance) -> Computed:
    done = solved(instance)
    found = ()
    if done.choice.status is ChoiceStatus.OPTIMAL:
        alone = solve(instance.with_scores_alone())
        found = effects(instance=instance, with_rules=done.choice, without_rules=alone)
    return Computed(instance.ordered(), done.choice, explain(done), found)


@pytest.mark.parametrize("seed", SEEDS)
def test_kept_choice_reads_back_the_same(seed) -> None:
    one = computed(drawn(seed))

    data = json.loads(json.dumps(kept.written(one), allow_nan=False))
    back = kept.read(instance=json.loads(json.dumps(as_data(one.instance))), result=data)

    assert kept.written(back) == kept.written(one)
    assert back.choice.retained == one.choice.retained
    assert back.explanation.conflict == one.explanation.conflict
    assert [one_.price for one_ in back.explanation.left_out] == pytest.approx(
        [one_.price for one_ in one.explanation.left_out]
    )
    assert compared(one, back).is_same_data


def test_altered_result_is_not_read() -> None:
    one = computed(made({"id": "c1"}))
    data = kept.written(one)

    with pytest.raises(KeyError):
        kept.read(instance=as_data(one.instance), result={"status": "optimal"})
    with pytest.raises(ValueError, match="parfait"):
        kept.read(instance=as_data(one.instance), result=data | {"status": "parfait"})
    with pytest.raises(Refusal):
        kept.read(instance={}, result=data)


@pytest.mark.parametrize("seed", SEEDS)
def test_price_of_a_departure_is_the_price_or_the_margin(seed) -> None:
    one = computed(drawn(seed))

    for code, out in one.left_out().items():
        bound = out.price is None or out.price == float("inf")
        assert one.price_of(code, is_in=True) == (None if bound else out.price)
        assert one.price_of(code, is_in=False) is None
    for code, held in one.held().items():
        assert one.price_of(code, is_in=True) is None
        bound = held.margin is None or held.margin == float("inf")
        assert one.price_of(code, is_in=False) == (None if bound else held.margin)


INFINITE = float("inf")
KEPT = Computed(
    made(*({"id": f"c{n}"} for n in range(1, 6))),
    Choice(ChoiceStatus.OPTIMAL, 31.5, 31.75, ("c1", "c2")),
    Explanation(
        left_out=(
            LeftOut("c3", Why.THEME_FULL, 1.25, ("c1", "c2")),
            LeftOut("c4", Why.SCORE, INFINITE, ()),
            LeftOut("c5", Why.NOT_ELIGIBLE, None, ()),
        ),
        held=(
            Held("c1", margin=0.5, reviews=3, falls_without=(0, 2), falls_lowered=True),
            Held("c2", margin=INFINITE, is_imposed=True),
        ),
        reserves={"T": ("c3", "c4")},
        conflict=(
            Rule(RuleKind.THEME_MIN, ("T",), 6),
            Rule(RuleKind.INCOMPATIBLE, ("c1", "c2")),
        ),
    ),
    (GroupEffect(EffectGroup.OVERSEAS, 5, 2, 1),),
)
WRITTEN = {
    "status": "optimal",
    "objective": 31.5,
    "bound": 31.75,
    "retained": ["c1", "c2"],
    "left_out": [
        {
            "id": "c3",
            "why": "theme_full",
            "price": 1.25,
            "is_bound": False,
            "displaces": ["c1", "c2"],
        },
        {"id": "c4", "why": "score", "price": None, "is_bound": True, "displaces": []},
        {"id": "c5", "why": "not_eligible", "price": None, "is_bound": False, "displaces": []},
    ],
    "held": [
        {
            "id": "c1",
            "margin": 0.5,
            "is_bound": False,
            "is_imposed": False,
            "reviews": 3,
            "falls_without": [0, 2],
            "falls_lowered": True,
        },
        {
            "id": "c2",
            "margin": None,
            "is_bound": True,
            "is_imposed": True,
            "reviews": 0,
            "falls_without": [],
            "falls_lowered": False,
        },
    ],
    "reserves": {"T": ["c3", "c4"]},
    "conflict": [
        {"rule": "theme_min", "subjects": ["T"], "limit": 6},
        {"rule": "incompatible", "subjects": ["c1", "c2"], "limit": 0},
    ],
    "effects": [{"group": "overseas", "applications": 5, "with_rules": 2, "without_rules": 1}],
}


def test_kept_choice_is_written_as_these_plain_values_and_read_from_them() -> None:
    assert kept.written(KEPT) == WRITTEN
    assert kept.read(instance=as_data(KEPT.instance), result=WRITTEN) == KEPT


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.1234567894, 0.123456789), (0.1234567896, 0.12345679), (None, None), (INFINITE, None)],
)
def test_number_is_kept_to_the_billionth_and_what_has_no_end_is_not(value, expected) -> None:
    data = kept.written(replace(KEPT, choice=replace(KEPT.choice, objective=value, bound=value)))

    assert (data["objective"], data["bound"]) == (expected, expected)


def test_nothing_is_kept_as_less_than_nothing() -> None:
    data = kept.written(replace(KEPT, choice=replace(KEPT.choice, objective=-0.0)))

    assert json.dumps(data["objective"]) == "0.0"


def test_price_is_what_is_lost_against_the_choice_and_none_where_nothing_is_left() -> None:
    codes = ("c1", "c2", "c3", "c4", "c5", "c9")

    assert [KEPT.price_of(code, is_in=True) for code in codes] == [
        None,
        None,
        1.25,
        None,
        None,
        None,
    ]
    assert [KEPT.price_of(code, is_in=False) for code in codes] == [0.5, *[None] * 5]


def test_sentence_says_why_it_is_out_or_how_firmly_it_is_in() -> None:
    names = Names(applications={"c1": "Lille", "c2": "Nantes"})

    assert [KEPT.sentence(code, names=names) for code in ("c1", "c2", "c3", "c9")] == [
        "Fragile : sans le 1er avis, sans le 3e avis ou avec un demi-point de moins, elle ne "
        "serait peut-être plus retenue.",
        "Retenue d’office.",
        "Le thème est complet ; la retenir coûterait 1,25 point et écarterait « Lille », "
        "« Nantes ».",
        "",
    ]
    assert KEPT.sentence("c3") == (
        "Le thème est complet ; la retenir coûterait 1,25 point et écarterait « c1 », « c2 »."
    )


def test_contradiction_is_said_rule_by_rule_with_the_names_of_the_screen() -> None:
    names = Names(themes={"T": "Le vivant"}, applications={"c1": "Lille"})

    assert KEPT.contradiction(names=names) == [
        "Le thème « Le vivant » demande au moins 6 candidatures ; 5 y répondent.",
        "Les candidatures « Lille » et « c2 » ne peuvent être retenues ensemble.",
    ]
    assert KEPT.contradiction()[0] == (
        "Le thème « T » demande au moins 6 candidatures ; 5 y répondent."
    )


def test_reserve_of_a_theme_is_in_the_order_of_the_calls() -> None:
    assert KEPT.reserve("T") == ("c3", "c4")
    assert KEPT.reserve("U") == ()


@pytest.mark.parametrize(
    ("status", "is_possible", "is_proven"),
    [("optimal", True, True), ("stopped", True, False), ("infeasible", False, False)],
)
def test_choice_is_proven_when_optimal_and_possible_even_when_stopped(
    status, is_possible, is_proven
) -> None:
    one = replace(KEPT, choice=replace(KEPT.choice, status=ChoiceStatus(status)))

    assert (one.is_possible, one.is_proven) == (is_possible, is_proven)


def retaining(instance, *codes: str) -> Computed:
    return Computed(instance, Choice(ChoiceStatus.OPTIMAL, 0.0, 0.0, codes), UNEXPLAINED)


def test_two_choices_are_compared_by_who_is_retained_and_by_what_was_known() -> None:
    rows = [{"id": f"c{n}"} for n in range(1, 7)]
    first = retaining(made(*rows), "c5", "c1", "c3", "c2")
    changed = [rows[0] | {"score": 11.0}, *rows[1:4], {"id": "c7"}]
    second = retaining(made(*changed), "c4", "c2", "c1", "c7")

    assert compared(first, second) == Comparison(
        only_first=("c3", "c5"),
        only_second=("c4", "c7"),
        both=("c1", "c2"),
        changed=("c1", "c5", "c6", "c7"),
        is_same_data=False,
    )


def test_same_applications_in_another_order_are_the_same_data() -> None:
    rows = [{"id": f"c{n}"} for n in range(1, 4)]

    found = compared(retaining(made(*rows), "c1"), retaining(made(*reversed(rows)), "c1"))

    assert found == Comparison((), (), ("c1",), (), is_same_data=True)
