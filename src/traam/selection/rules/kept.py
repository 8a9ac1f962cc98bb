"""A computed choice as it is kept: plain values that any program reads, and back.

JSON has no infinity: a price or a margin without end is null beside `is_bound`, which says that no
choice keeps every rule otherwise. Numbers are kept to the billionth of a point.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from traam.selection.optimiser.constraints import Rule, RuleKind
from traam.selection.optimiser.effects import EffectGroup, GroupEffect
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.explain import Explanation, Held, LeftOut, Why
from traam.selection.optimiser.instance import Instance
from traam.selection.optimiser.reading import read as read_instance
from traam.selection.optimiser.solve import Choice
from traam.selection.optimiser.wording import (
    BY_ID,
    Names,
    held_sentence,
    rule_sentence,
    why_sentence,
)

PLACES = 9  # decimals
UNEXPLAINED = Explanation((), (), {}, ())


@dataclass(frozen=True)
class Computed:
    """A choice, why, and what its soft rules change; applications by their codes."""

    instance: Instance
    choice: Choice
    explanation: Explanation
    effects: tuple[GroupEffect, ...] = ()

    @property
    def is_possible(self) -> bool:
        return self.choice.status is not ChoiceStatus.INFEASIBLE

    @property
    def is_proven(self) -> bool:
        return self.choice.status is ChoiceStatus.OPTIMAL

    def left_out(self) -> dict[str, LeftOut]:
        return {str(one.id): one for one in self.explanation.left_out}

    def held(self) -> dict[str, Held]:
        return {str(one.id): one for one in self.explanation.held}

    def reserve(self, theme: str) -> tuple[str, ...]:
        """The codes that may be called on this theme, the first first."""
        return tuple(map(str, self.explanation.reserves.get(theme, ())))

    def price_of(self, code: str, *, is_in: bool) -> float | None:
        """Points that the choice loses when this one is in, or out, against it; None when it is
        already so, when no choice would be left, or when the computation was stopped."""
        out, held = self.left_out().get(code), self.held().get(code)
        price = (out.price if out else None) if is_in else (held.margin if held else None)
        return None if price is None or math.isinf(price) else price

    def sentence(self, code: str, *, names: Names = BY_ID) -> str:
        """Why it is out, or how firmly it is in; "" when it was not there."""
        out, held = self.left_out().get(code), self.held().get(code)
        if out is not None:
            return why_sentence(out, names=names)
        return held_sentence(held) if held is not None else ""

    def contradiction(self, *, names: Names = BY_ID) -> list[str]:
        """The rules that contradict each other, in French."""
        return [
            rule_sentence(rule, instance=self.instance, names=names)
            for rule in self.explanation.conflict
        ]


def written(computed: Computed) -> dict[str, Any]:
    """The result as it is kept; the instance is kept beside."""
    choice, explanation = computed.choice, computed.explanation
    return {
        "status": choice.status.value,
        "objective": _number(choice.objective),
        "bound": _number(choice.bound),
        "retained": list(choice.retained),
        "left_out": [_left_out(one) for one in explanation.left_out],
        "held": [_held(one) for one in explanation.held],
        "reserves": {str(theme): list(rows) for theme, rows in explanation.reserves.items()},
        "conflict": [
            {"rule": rule.kind.value, "subjects": list(rule.subjects), "limit": rule.limit}
            for rule in explanation.conflict
        ],
        "effects": [
            {
                "group": one.group.value,
                "applications": one.applications,
                "with_rules": one.with_rules,
                "without_rules": one.without_rules,
            }
            for one in computed.effects
        ],
    }


def _number(value: float | None) -> float | None:
    """None for what JSON cannot say; never −0, which PostgreSQL does not keep."""
    return None if value is None or math.isinf(value) else round(value, PLACES) + 0.0


def _left_out(one: LeftOut) -> dict[str, Any]:
    return {
        "id": one.id,
        "why": one.why.value,
        "price": _number(one.price),
        "is_bound": one.price == math.inf,
        "displaces": list(one.displaces),
    }


def _held(one: Held) -> dict[str, Any]:
    return {
        "id": one.id,
        "margin": _number(one.margin),
        "is_bound": one.margin == math.inf,
        "is_imposed": one.is_imposed,
        "reviews": one.reviews,
        "falls_without": list(one.falls_without),
        "falls_lowered": one.falls_lowered,
    }


def read(*, instance: Mapping[str, Any], result: Mapping[str, Any]) -> Computed:
    """What `written` gave, with its instance (`optimiser.instance.as_data`). Raises KeyError,
    ValueError or `Refusal` on anything else."""
    choice = Choice(
        ChoiceStatus(result["status"]),
        result["objective"],
        result["bound"],
        tuple(result["retained"]),
    )
    explanation = Explanation(
        tuple(_read_left_out(one) for one in result["left_out"]),
        tuple(_read_held(one) for one in result["held"]),
        {theme: tuple(rows) for theme, rows in result["reserves"].items()},
        tuple(_read_rule(one) for one in result["conflict"]),
    )
    effects = tuple(_read_effect(one) for one in result["effects"])
    return Computed(read_instance(dict(instance)), choice, explanation, effects)


def _read_left_out(one: Mapping[str, Any]) -> LeftOut:
    price = math.inf if one["is_bound"] else one["price"]
    return LeftOut(one["id"], Why(one["why"]), price, tuple(one["displaces"]))


def _read_held(one: Mapping[str, Any]) -> Held:
    return Held(
        one["id"],
        margin=math.inf if one["is_bound"] else one["margin"],
        is_imposed=one["is_imposed"],
        reviews=one["reviews"],
        falls_without=tuple(one["falls_without"]),
        falls_lowered=one["falls_lowered"],
    )


def _read_rule(one: Mapping[str, Any]) -> Rule:
    return Rule(RuleKind(one["rule"]), tuple(one["subjects"]), one["limit"])


def _read_effect(one: Mapping[str, Any]) -> GroupEffect:
    return GroupEffect(
        EffectGroup(one["group"]), one["applications"], one["with_rules"], one["without_rules"]
    )


@dataclass(frozen=True)
class Comparison:
    """Two kept choices: who is retained by one alone, and what each is worth."""

    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    both: tuple[str, ...]
    changed: tuple[str, ...]  # codes whose data are not the same in the two
    is_same_data: bool


def compared(first: Computed, second: Computed) -> Comparison:
    """What differs, each code in order."""
    one, other = _retained(first), _retained(second)
    return Comparison(
        only_first=tuple(sorted(one - other)),
        only_second=tuple(sorted(other - one)),
        both=tuple(sorted(one & other)),
        changed=_changed(first.instance, second.instance),
        is_same_data=first.instance.ordered() == second.instance.ordered(),
    )


def _retained(one: Computed) -> set[str]:
    return {str(code) for code in one.choice.retained}


def _changed(first: Instance, second: Instance) -> tuple[str, ...]:
    one = {str(row.id): row for row in first.applications}
    other = {str(row.id): row for row in second.applications}
    return tuple(sorted(code for code in one | other if one.get(code) != other.get(code)))
