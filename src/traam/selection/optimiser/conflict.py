"""Where no choice is possible: a set of rules that contradict each other, none of them in excess.

Junker's QuickXplain (AAAI 2004): halves the rules until only those are left without which a choice
would be possible; some k × log(n / k) questions to the solver for k of n rules.
"""

from collections.abc import Sequence

from traam.selection.optimiser.constraints import Rule, hard_rules
from traam.selection.optimiser.engine import ChoiceStatus, Engine
from traam.selection.optimiser.instance import Instance
from traam.selection.optimiser.model import Model

Rules = tuple[Rule, ...]


def conflict(instance: Instance) -> Rules:
    """Rules that no choice keeps together, and that one keeps as soon as any of them is removed.

    Empty where a choice keeps every rule. The same for the same rows in another order.
    """
    ordered = instance.ordered()
    question = _Question(ordered)
    rules = hard_rules(ordered)
    if question.is_possible(rules):
        return ()
    found = set(_explained(question, (), rules, grew=False))
    return tuple(rule for rule in rules if rule in found)


class _Question:
    """Whether a choice keeps these rules: the same model, other bounds."""

    def __init__(self, instance: Instance) -> None:
        self._model = Model(instance)
        self._engine = Engine(self._model)
        self._free = [0.0] * len(self._model.costs)

    def is_possible(self, rules: Sequence[Rule]) -> bool:
        found = self._engine.best(self._model.bounds(rules), self._free)
        return found.status is ChoiceStatus.OPTIMAL


def _explained(question: _Question, kept: Rules, rules: Rules, *, grew: bool) -> Rules:
    """The rules among `rules` that contradict each other once `kept` are kept."""
    if grew and not question.is_possible(kept):
        return ()
    if len(rules) <= 1:
        return rules
    first, second = rules[: len(rules) // 2], rules[len(rules) // 2 :]
    from_second = _explained(question, kept + first, second, grew=bool(first))
    from_first = _explained(question, kept + from_second, first, grew=bool(from_second))
    return from_first + from_second
