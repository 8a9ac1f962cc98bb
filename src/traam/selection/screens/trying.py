"""What was tried, as the panel « Et si ? » says it: the cost, who leaves and why, who enters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from traam.kit.text import FIXED, plural
from traam.selection.actions import WhatIf
from traam.selection.models import Case
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.instance import LockKind
from traam.selection.optimiser.wording import points, rule_sentence
from traam.selection.queries.deliberation import Deliberation
from traam.selection.rules.trying import RELAX, because

TRIES_MAX = 12
VALUES: Mapping[str, LockKind] = {"in": LockKind.IN, "out": LockKind.OUT}


@dataclass(frozen=True, slots=True)
class Try:
    """One lock that was tried."""

    case: Case
    lock: LockKind
    name: str
    may_lock: bool

    @property
    def value(self) -> str:
        return f"{self.case.pk}:{self.lock.value}"

    @property
    def is_in(self) -> bool:
        return self.lock is LockKind.IN

    @property
    def words(self) -> str:
        return "retenue d’office" if self.is_in else "écartée d’office"


class TryPanel:
    """The panel. `refused`: why nothing could be computed."""

    def __init__(
        self, found: Deliberation, what_if: WhatIf | None, refused: Sequence[str] = ()
    ) -> None:
        self.found = found
        self.what_if = what_if
        self.refused = refused

    @property
    def tries(self) -> list[Try]:
        if self.what_if is None:
            return []
        cases = self.what_if.gathered.cases
        return [
            Try(cases[code], lock, self._name(code), cases[code].pk in self.found.decidable)
            for code, lock in self.what_if.wanted.items()
        ]

    def _name(self, code: str) -> str:
        return self.found.names.applications[code]

    @property
    def is_possible(self) -> bool:
        return self.what_if is not None and self.what_if.found.is_possible

    @property
    def is_known(self) -> bool:
        """Whether the computation ended in time."""
        return self.what_if is not None and self.what_if.found.cost is not None

    @property
    def is_proven(self) -> bool:
        return (
            self.what_if is not None and self.what_if.before.choice.status is ChoiceStatus.OPTIMAL
        )

    @property
    def cost(self) -> str:
        value = self.what_if.found.cost if self.what_if else None
        if value is None:
            return ""
        return points(value) if value else "rien : l’ensemble vaut autant"

    @property
    def leaves(self) -> list[tuple[str, str]]:
        """Who leaves, and why."""
        if self.what_if is None:
            return []
        found = self.what_if.found
        entering = [code for code, lock in self.what_if.wanted.items() if lock is LockKind.IN]
        tried_out = {code for code, lock in self.what_if.wanted.items() if lock is LockKind.OUT}
        instance = self.what_if.before.instance
        return [
            (
                self._name(code),
                "c’est ce que vous essayez"
                if code in tried_out
                else because(instance, code, entering or found.enters),
            )
            for code in found.leaves
        ]

    @property
    def enters(self) -> list[str]:
        """Who enters besides those that are tried in."""
        if self.what_if is None:
            return []
        return [
            self._name(code)
            for code in self.what_if.found.enters
            if self.what_if.wanted.get(code) is not LockKind.IN
        ]

    @property
    def changes_nothing(self) -> bool:
        found = self.what_if.found if self.what_if else None
        return found is not None and found.is_possible and not (found.leaves or found.enters)

    @property
    def contradiction(self) -> list[tuple[str, str]]:
        """The rules that contradict each other, each with what would relax it."""
        if self.what_if is None:
            return []
        instance = self.what_if.before.instance
        return [
            (rule_sentence(rule, instance=instance, names=self.found.names), RELAX[rule.kind])
            for rule in self.what_if.found.conflict
        ]

    @property
    def title(self) -> str:
        tries = self.tries
        if not tries:
            return f"Et si{FIXED}?"
        if len(tries) == 1:
            return f"Et si {tries[0].name} était {tries[0].words}{FIXED}?"
        return f"Et si, avec {plural(len(tries), 'essai')}{FIXED}?"


def read_tries(
    values: Sequence[str], without: Sequence[str], cases: Mapping[int, Case]
) -> dict[str, LockKind]:
    """By application's code, from « 12:in » (the last word on a case wins); what is unknown to the
    reader, or taken away, is left out."""
    found: dict[str, LockKind] = {}
    for value in values:
        key, _, lock = value.partition(":")
        known = cases.get(int(key)) if key.isdecimal() and len(key) < 12 else None
        if known is not None and lock in VALUES and key not in without:
            found.pop(known.application.code, None)
            found[known.application.code] = VALUES[lock]
    return dict(list(found.items())[-TRIES_MAX:])
