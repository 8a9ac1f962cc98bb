"""What the soft rules change, group by group."""

from tests.selection.optimiser.instances import made
from traam.selection.optimiser.effects import EffectGroup, GroupEffect, effects
from traam.selection.optimiser.instance import Academy, Theme, Weights
from traam.selection.optimiser.solve import solve

ROWS = (
    {"id": "c1", "academy": "A", "score": 18.0},
    {"id": "c2", "academy": "A", "score": 17.0, "rank": 2, "eligible": False},
    {"id": "c3", "academy": "B", "score": 16.0, "school_types": ("LP",)},
    {"id": "c4", "academy": "C", "score": 9.0, "newcomer": True, "school_types": ("LP", "CLG")},
)
ACADEMIES = (
    Academy(id="A", size=900),
    Academy(id="B", size=300),
    Academy(id="C", size=20, overseas=True),
)


def test_effects_count_each_group_with_the_rules_and_without() -> None:
    instance = made(
        *ROWS, academies=ACADEMIES, themes=(Theme(id="T", maximum=1),), weights=Weights(overseas=20)
    )

    shown = effects(
        instance=instance,
        with_rules=solve(instance),
        without_rules=solve(instance.with_scores_alone()),
    )

    assert shown == (
        GroupEffect(EffectGroup.SMALL, 1, 1, 0),
        GroupEffect(EffectGroup.MIDDLING, 1, 0, 0),
        GroupEffect(EffectGroup.LARGE, 1, 0, 1),
        GroupEffect(EffectGroup.OVERSEAS, 1, 1, 0),
        GroupEffect(EffectGroup.VOCATIONAL, 2, 1, 0),
        GroupEffect(EffectGroup.NEWCOMERS, 1, 1, 0),
        GroupEffect(EffectGroup.ALL, 3, 1, 1),
    )


def test_effects_measure_an_academy_without_size_by_its_applications() -> None:
    instance = made(*ROWS[:3])
    choice = solve(instance)

    shown = effects(instance=instance, with_rules=choice, without_rules=choice)

    # C has no application, B has one, A has two of which one is open.
    assert [(one.group, one.applications) for one in shown[:3]] == [
        (EffectGroup.SMALL, 0),
        (EffectGroup.MIDDLING, 1),
        (EffectGroup.LARGE, 1),
    ]


def test_effects_put_academies_of_one_size_in_one_group() -> None:
    academies = tuple(Academy(id=name, size=1) for name in "ABC")
    instance = made(*ROWS, academies=academies)
    choice = solve(instance)

    shown = effects(instance=instance, with_rules=choice, without_rules=choice)

    assert [one.applications for one in shown[:3]] == [3, 0, 0]
