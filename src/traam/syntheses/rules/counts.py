"""The counts of a finding, and how they are said: numbers of trials, never an inference."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from traam.kit.text import plural
from traam.syntheses.rules.life import Support

ACADEMIES_MIN = 2
CLASSES_MIN = 3
ISOLATED = "constat isolé"
OWN = "appuyé seulement par les classes de son auteur"
WRITERS = "appuyé seulement par les classes de qui a écrit la production essayée"
UNSUPPORTED = "sans observation à l’appui"


@dataclass(frozen=True, slots=True)
class SoughtIn:
    """A trial where the finding was sought; one trial is one class. `writers`: of what is tried."""

    trial: int
    academy: str  # its code, or the participant that is not an academy
    is_closed: bool = True
    is_abandoned: bool = False
    is_cross_test: bool = False
    teacher: int = 0
    writers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Proof:
    """What one observation of a trial does to the finding; a stale one counts nowhere."""

    trial: int
    support: Support
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of trials, but for `academies` (where it was seen) and `stale` (observations).

    `sought`: closed trials; `abandoned`: those where it was to be sought, beside them.
    """

    seen: int = 0
    sought: int = 0
    academies: int = 0
    cross_tests: int = 0
    qualified: int = 0
    contrary: int = 0
    abandoned: int = 0
    stale: int = 0
    is_own: bool = False
    is_of_writers: bool = False

    @property
    def is_supported(self) -> bool:
        return self.seen > 0

    @property
    def is_isolated(self) -> bool:
        return self.academies < ACADEMIES_MIN or self.seen < CLASSES_MIN

    @property
    def sentence(self) -> str:
        """« vu dans 7 essais sur 11 où il était recherché, 4 académies, 2 tests croisés… »"""
        parts = [
            f"vu dans {plural(self.seen, 'essai')} sur {self.sought} où il était recherché",
            plural(self.academies, "académie"),
            plural(self.cross_tests, "test croisé", "tests croisés"),
            plural(self.contrary, "contraire"),
            plural(self.abandoned, "essai abandonné", "essais abandonnés"),
        ]
        if self.qualified:
            parts.insert(3, plural(self.qualified, "nuancé"))
        return ", ".join(parts)

    @property
    def marks(self) -> tuple[str, ...]:
        """What must be said beside: isolated, supported by its author's own classes only…"""
        if not self.is_supported:
            return (UNSUPPORTED,)
        said = ((self.is_isolated, ISOLATED), (self.is_own, OWN))
        found = [words for is_true, words in said if is_true]
        return tuple(found + [WRITERS] * (self.is_of_writers and not self.is_own))

    def as_data(self) -> dict[str, Any]:
        """Plain values; `Counts(**data)` gives them back."""
        return asdict(self)


def counts(*, trials: Collection[SoughtIn], proofs: Iterable[Proof], author: int | None) -> Counts:
    """The counts of a finding sought in these trials. `author`: whoever wrote the finding."""
    closed = {one.trial: one for one in trials if one.is_closed}
    by: dict[Support, set[int]] = {each: set() for each in Support}
    stale = 0
    for proof in proofs:
        if proof.is_stale or proof.trial not in closed:
            stale += 1
        else:
            by[proof.support].add(proof.trial)
    seen = [closed[key] for key in sorted(by[Support.SUPPORTS])]
    return Counts(
        seen=len(seen),
        sought=len(closed),
        academies=len({one.academy for one in seen}),
        cross_tests=sum(one.is_cross_test for one in seen),
        qualified=len(by[Support.QUALIFIES]),
        contrary=len(by[Support.CONTRADICTS]),
        abandoned=len({one.trial for one in trials if one.is_abandoned}),
        stale=stale,
        is_own=bool(seen) and author is not None and all(one.teacher == author for one in seen),
        is_of_writers=bool(seen) and all(one.teacher in one.writers for one in seen),
    )
