"""What is asked of the plan: productions, testers, the pairs that may be, those settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from traam.kit.refusals import Refusal

Id = str
Pair = tuple[Id, Id]  # a production, a team that tests it


@dataclass(frozen=True, slots=True)
class Work:
    """A production to be tested; `team` wrote it."""

    id: Id
    team: Id


@dataclass(frozen=True, slots=True)
class Team:
    """A team that tests; `maximum`: how many tests it may give, what it gives already included."""

    id: Id
    academy: Id
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Suits:
    """How well a pair suits (`closeness`): both 0-3."""

    fit: int
    difference: int = 0


@dataclass(frozen=True)
class Instance:
    """`wanted`: tests for each production. `suits`: the pairs that may be made, none between teams
    of one academy. `kept`: pairs already asked, accepted or given back; they count, and stay.
    `refused`: pairs that were declined, never proposed again.
    """

    productions: tuple[Work, ...]
    testers: tuple[Team, ...]
    suits: Mapping[Pair, Suits] = field(default_factory=dict)
    kept: frozenset[Pair] = frozenset()
    refused: frozenset[Pair] = frozenset()
    wanted: int = 2

    def check(self) -> Self:
        """Itself. Raises `Refusal` on what makes no sense."""
        faults = []
        if self.wanted < 1:
            faults.append(
                f"Le nombre de tests par production (reçu : {self.wanted}) doit être au moins 1."
            )
        faults += [
            f"Le nombre de tests au plus de « {one.id} » (reçu : {one.maximum}) est négatif."
            for one in self.testers
            if one.maximum is not None and one.maximum < 0
        ]
        known = {one.id for one in self.productions}, {one.id for one in self.testers}
        faults += [
            f"Le couple « {production} » et « {tester} » nomme ce qui n’est pas dans le plan."
            for production, tester in sorted({*self.suits, *self.kept})
            if production not in known[0] or tester not in known[1]
        ]
        if faults:
            raise Refusal(*faults)
        return self

    @property
    def team_of(self) -> dict[Id, Id]:
        """The team that wrote each production."""
        return {one.id: one.team for one in self.productions}

    def free(self) -> list[Pair]:
        """The pairs that may still be made, sorted."""
        academy = {one.id: one.academy for one in self.testers}
        team_of = self.team_of
        return sorted(
            pair
            for pair in self.suits
            if pair not in self.kept
            and pair not in self.refused
            and academy[pair[1]] != academy.get(team_of[pair[0]])
        )

    def as_data(self) -> dict[str, Any]:
        """Plain JSON values; `from_data` gives it back."""
        return {
            "productions": [[one.id, one.team] for one in self.productions],
            "testers": [[one.id, one.academy, one.maximum] for one in self.testers],
            "suits": [[*pair, how.fit, how.difference] for pair, how in sorted(self.suits.items())],
            "kept": sorted(map(list, self.kept)),
            "refused": sorted(map(list, self.refused)),
            "wanted": self.wanted,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """What `as_data` wrote."""
        return cls(
            productions=tuple(Work(*one) for one in data["productions"]),
            testers=tuple(Team(*one) for one in data["testers"]),
            suits={(p, t): Suits(fit, away) for p, t, fit, away in data["suits"]},
            kept=frozenset((p, t) for p, t in data["kept"]),
            refused=frozenset((p, t) for p, t in data["refused"]),
            wanted=data["wanted"],
        )
