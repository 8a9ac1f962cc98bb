"""The words in which the table of rights is written: scopes, conditions, grants, rights.

Each says itself in French (for `docs/rights.md` and for refusals) and answers in memory (`holds`);
`traam.access.sql` reads the same words as SQL.
"""

import re
from dataclasses import dataclass

from traam.access.mandates import Mandate
from traam.access.place import Flag, Place
from traam.access.roles import Role
from traam.kit.labels import Labelled


class Scope(Labelled):
    """What ties a mandate to a thing. The value names the model's path to it (`SCOPE_PATHS`)."""

    ACADEMY = "academy", "de l’académie"
    DISCIPLINE = "discipline", "de la discipline"
    THEME = "theme", "du thème"
    TEAM = "team", "de l’équipe"
    GROUP = "group_team", "du groupe national"


class Tie(Labelled):
    """What ties the person who holds the mandate to a thing."""

    OWN = "author", "l’auteur ou l’autrice"
    SELF = "person", "la personne concernée"
    NAMED = "inspector", "l’inspecteur·rice désigné·e"
    REVIEWER = "reviewer", "la personne à qui l’avis est confié"
    ASKED = "asked", "la personne sollicitée"
    AFTER_OWN_REVIEW = "reviewed_by", "une fois son propre avis rendu"
    CLEARED = "cleared", "hors conflit d’intérêts"


@dataclass(frozen=True)
class InState:
    """The thing is in one of these states; `words` says it: « tant que c’est un brouillon »."""

    states: frozenset[str]
    words: str


@dataclass(frozen=True)
class Is:
    """The fact is true of the thing."""

    flag: Flag

    @property
    def words(self) -> str:
        return self.flag.label


@dataclass(frozen=True)
class IsNot:
    """The fact is not (or not yet) true of the thing; `words` says it."""

    flag: Flag
    words: str


Condition = Scope | Tie | InState | Is | IsNot

_HELD = {
    Scope.ACADEMY: "academies",
    Scope.DISCIPLINE: "disciplines",
    Scope.THEME: "themes",
    Scope.TEAM: "teams",
    Scope.GROUP: "teams",
}
_STATED = {
    Scope.ACADEMY: "academies",
    Scope.DISCIPLINE: "disciplines",
    Scope.THEME: "themes",
    Scope.TEAM: "teams",
    Scope.GROUP: "group_teams",
    Tie.OWN: "authors",
    Tie.SELF: "persons",
    Tie.NAMED: "inspectors",
    Tie.REVIEWER: "reviewers",
    Tie.ASKED: "asked",
    Tie.AFTER_OWN_REVIEW: "reviewed_by",
    Tie.CLEARED: "cleared",
}


def held(scope: Scope, mandate: Mandate) -> frozenset[str]:
    """The codes that the mandate brings to this scope."""
    codes: frozenset[str] = getattr(mandate, _HELD[scope])
    return codes


def holds(
    condition: Condition,
    *,
    holder: int | None,
    person: int | None,
    mandate: Mandate,
    place: Place,
) -> bool:
    """Is this condition met by this mandate, held by `holder`, over this place?

    `person`: who acts with it, the holder or a delegate. A delegate's own conflict bars too.
    """
    match condition:
        case Tie.CLEARED:
            return {holder, person} <= place.cleared
        case Scope():
            return not held(condition, mandate).isdisjoint(getattr(place, _STATED[condition]))
        case Tie():
            return holder in getattr(place, _STATED[condition])
        case InState():
            return place.state in condition.states
        case Is():
            return condition.flag in place.flags
        case IsNot():
            return condition.flag not in place.flags


@dataclass(frozen=True)
class Grant:
    """A mandate of this role opens the right where every condition holds.

    `role` None: everyone, signed in or not. No condition: the whole nation.
    """

    role: Role | None
    conditions: tuple[Condition, ...]

    def covers(
        self, *, holder: int | None, person: int | None, mandate: Mandate, place: Place
    ) -> bool:
        """Does this mandate of theirs, with which `person` acts, open the right over this place?"""
        return mandate.role is self.role and all(
            holds(condition, holder=holder, person=person, mandate=mandate, place=place)
            for condition in self.conditions
        )

    def open_to_all(self, place: Place) -> bool:
        """Does it open the right over this place to everyone?"""
        return self.role is None and all(
            holds(condition, holder=None, person=None, mandate=NO_MANDATE, place=place)
            for condition in self.conditions
        )

    def may_cover(self, mandate: Mandate) -> bool:
        """Could this mandate open the right over something? An empty scope opens nothing."""
        scopes = (condition for condition in self.conditions if isinstance(condition, Scope))
        return mandate.role is self.role and all(held(scope, mandate) for scope in scopes)


NO_MANDATE = Mandate(role=Role.PARTNER)  # read by no condition that a grant to everyone may carry


@dataclass(frozen=True)
class Right:
    """One row of the table: `label` begins with an infinitive, « viser une candidature »."""

    name: str
    label: str
    grants: tuple[Grant, ...]

    @property
    def label_here(self) -> str:
        """The label before the thing itself: « viser cette candidature »."""
        return re.sub(r"\b(d’)?(une|un) (?!nouve)(\w)", _demonstrative, self.label, count=1)


def _demonstrative(found: re.Match[str]) -> str:
    of, article, letter = found.groups()
    masculine = "cet" if letter in "aeiouyéèêh" else "ce"
    return f"{'de ' if of else ''}{'cette' if article == 'une' else masculine} {letter}"


def to(role: Role, *conditions: Condition) -> tuple[Grant, ...]:
    """One grant, to one role."""
    return (Grant(role, conditions),)


def to_each(roles: tuple[Role, ...], *conditions: Condition) -> tuple[Grant, ...]:
    """The same grant to several roles."""
    return tuple(Grant(role, conditions) for role in roles)


def to_public(*conditions: Is | IsNot | InState) -> tuple[Grant, ...]:
    """To everyone, signed in or not: only facts of the thing may limit it."""
    return (Grant(None, conditions),)


def right(name: str, label: str, *grants: tuple[Grant, ...]) -> Right:
    """A row of the table, from its groups of grants."""
    return Right(name, label, tuple(grant for group in grants for grant in group))
