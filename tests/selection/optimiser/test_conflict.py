"""A contradiction is one, and none of its rules is in excess."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.selection.optimiser.instances import choices, drawn, made
from traam.selection.optimiser.conflict import conflict
from traam.selection.optimiser.constraints import Rule, RuleKind
from traam.selection.optimiser.instance import Academy, Instance, LockKind, Theme

SEEDS = range(500)


def with_these_alone(instance: Instance, rules: list[Rule]) -> Instance:
    """The instance with no other hard rule than these."""
    bare = replace(
        instance,
        themes=tuple(Theme(id=row.id) for row in instance.themes),
        academies=tuple(replace(row, maximum=None) for row in instance.academies),
        applications=tuple(
            replace(row, eligible=True, lock=None, continuing=False)
            for row in instance.applications
        ),
        incompatible=(),
    )
    for rule in rules:
        bare = _with_rule(bare, rule)
    return bare


def _with_rule(bare: Instance, rule: Rule) -> Instance:
    changes = {
        RuleKind.THEME_MIN: ("themes", {"minimum": rule.limit}),
        RuleKind.THEME_MAX: ("themes", {"maximum": rule.limit}),
        RuleKind.ACADEMY_MAX: ("academies", {"maximum": rule.limit}),
        RuleKind.CONTINUING: ("applications", {"continuing": True}),
        RuleKind.LOCKED_IN: ("applications", {"lock": LockKind.IN}),
        RuleKind.LOCKED_OUT: ("applications", {"lock": LockKind.OUT}),
        RuleKind.NOT_ELIGIBLE: ("applications", {"eligible": False}),
    }
    if rule.kind is RuleKind.INCOMPATIBLE:
        return replace(bare, incompatible=(*bare.incompatible, rule.subjects))
    rows, change = changes[rule.kind]
    changed = tuple(
        replace(row, **change) if row.id == rule.subjects[0] else row for row in getattr(bare, rows)
    )
    return replace(bare, **{rows: changed})


def is_possible(instance: Instance, rules: list[Rule]) -> bool:
    return next(choices(with_these_alone(instance, rules)), None) is not None


def test_conflict_contradicts_itself_and_no_longer_without_any_one_rule() -> None:
    kinds: Counter[RuleKind] = Counter()
    for seed in SEEDS:
        instance = drawn(seed)
        found = list(conflict(instance))
        if not found:
            assert next(choices(instance), None) is not None, seed
            continue
        kinds.update(rule.kind for rule in found)
        assert not is_possible(instance, found), seed
        for rule in found:
            assert is_possible(instance, [one for one in found if one != rule]), (seed, rule)

    assert min(kinds[kind] for kind in RuleKind) >= 2


def test_conflict_is_found_where_only_whole_numbers_contradict() -> None:
    rows = [{"id": f"c{number}", "academy": name} for number, name in enumerate("ABC")]
    pairs = (("c0", "c1"), ("c0", "c2"), ("c1", "c2"))
    instance = made(*rows, themes=(Theme(id="T", minimum=2),), incompatible=pairs)

    found = conflict(instance)

    assert [rule.kind for rule in found] == [RuleKind.THEME_MIN] + [RuleKind.INCOMPATIBLE] * 3


def test_conflict_is_the_same_whatever_the_order_of_the_rows() -> None:
    rows = [{"id": f"c{number}", "lock": LockKind.IN} for number in range(4)]
    academies = (Academy(id="A", maximum=2),)

    assert conflict(made(*rows, academies=academies)) == conflict(
        made(*reversed(rows), academies=academies)
    )


@pytest.mark.parametrize("lock", list(LockKind))
def test_conflict_of_a_lock_with_a_rule_of_its_own_names_both(lock: LockKind) -> None:
    row = {
        "id": "c1",
        "lock": lock,
        "continuing": lock is LockKind.OUT,
        "eligible": lock is LockKind.OUT,
    }

    kinds = {rule.kind for rule in conflict(made(row))}

    assert kinds == (
        {RuleKind.LOCKED_IN, RuleKind.NOT_ELIGIBLE}
        if lock is LockKind.IN
        else {RuleKind.CONTINUING, RuleKind.LOCKED_OUT}
    )
