"""The choice as the file's format writes it."""

import math
from typing import Any

from traam.selection.optimiser.constraints import Rule
from traam.selection.optimiser.explain import Explanation
from traam.selection.optimiser.instance import Instance
from traam.selection.optimiser.solve import Choice
from traam.selection.optimiser.wording import BY_ID, Names, rule_sentence


def choice_data(
    *, instance: Instance, choice: Choice, explanation: Explanation, names: Names = BY_ID
) -> dict[str, Any]:
    """`status`, `objective`, `bound`, `retained`, `left_out`, `conflict`."""
    return {
        "status": choice.status.value,
        "objective": choice.objective,
        "bound": choice.bound,
        "retained": list(choice.retained),
        "left_out": [
            {
                "id": one.id,
                "why": one.why.value,
                "price": None if one.price == math.inf else one.price,
                "displaces": list(one.displaces),
            }
            for one in explanation.left_out
        ],
        "conflict": [_rule(one, instance, names) for one in explanation.conflict],
    }


def _rule(rule: Rule, instance: Instance, names: Names) -> dict[str, Any]:
    """`limit`: of a minimum or a maximum; null for the others."""
    return {
        "rule": rule.kind.value,
        "subjects": list(rule.subjects),
        "limit": rule.limit if rule.kind.is_bound else None,
        "sentence": rule_sentence(rule, instance=instance, names=names),
    }
