"""What the plan cannot cover, each production with its reason, in French."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from traam.kit.labels import Labelled
from traam.kit.text import plural
from traam.trials.matching.instance import Id, Instance, Pair


class ShortageKind(Labelled):
    """Why a production has fewer tests than wanted."""

    ALONE = "alone", "aucune équipe d’une autre académie dans le groupe"
    NOBODY = "nobody", "aucune équipe d’une autre académie n’enseigne à ce niveau cette discipline"
    FEW = "few", "trop peu d’équipes d’autres académies peuvent l’essayer"
    REFUSED = "refused", "les équipes qui pourraient l’essayer ont décliné"
    FULL = "full", "les équipes qui pourraient l’essayer donnent déjà tous leurs tests"


@dataclass(frozen=True, slots=True)
class Shortage:
    """A production that lacks tests; the sentence does not name it."""

    production: Id
    tests: int  # what is kept included
    kind: ShortageKind
    sentence: str


def shortages(instance: Instance, made: Collection[Pair]) -> tuple[Shortage, ...]:
    """The productions with fewer tests than wanted, in the instance's order."""
    tests = Counter(production for production, _ in {*made, *instance.kept})
    return tuple(
        _told(instance, one.id, tests[one.id])
        for one in instance.productions
        if tests[one.id] < instance.wanted
    )


def _told(instance: Instance, production: Id, tests: int) -> Shortage:
    kind = _why(instance, production)
    lacking = plural(instance.wanted - tests, "test")
    return Shortage(production, tests, kind, f"Il manque {lacking} : {kind.label}.")


def _why(instance: Instance, production: Id) -> ShortageKind:
    team = instance.team_of[production]
    academy = {one.id: one.academy for one in instance.testers}
    elsewhere = {one.id for one in instance.testers if one.academy != academy.get(team)} - {team}
    if not elsewhere:
        return ShortageKind.ALONE
    suited = {t for p, t in instance.suits if p == production and t in elsewhere}
    given = {t for p, t in instance.kept if p == production}
    if not suited | given:
        return ShortageKind.NOBODY
    declined = {t for p, t in instance.refused if p == production}
    if len(suited | given) < instance.wanted:
        return ShortageKind.FEW
    if len((suited - declined) | given) < instance.wanted:
        return ShortageKind.REFUSED
    return ShortageKind.FULL
