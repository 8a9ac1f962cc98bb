"""The table of rights, said in French: who may do what, for a refusal or for a page."""

import re
from collections.abc import Iterable, Sequence

from traam.access.place import NOWHERE, Place
from traam.access.policy import TABLE
from traam.access.policy.grants import Condition, Grant, InState, Is, IsNot, Scope, Tie
from traam.access.roles import Role
from traam.kit.text import FIXED, of

HOLDERS = {
    Role.PILOT: "le pilotage national (DNE)",
    Role.EXPERT: "l’expert·e DNE",
    Role.GENERAL_INSPECTOR: "l’inspection générale",
    Role.DGESCO: "la DGESCO",
    Role.RECTOR: "le recteur ou la rectrice",
    Role.DIGITAL_DELEGATE: "le DAN",
    Role.INSPECTOR: "l’inspecteur·rice",
    Role.CORRESPONDENT: "l’IAN",
    Role.REFERENT: "le ou la référent·e",
    Role.TEACHER: "l’enseignant·e",
    Role.PARTNER: "le partenaire",
}
EVERYONE = "tout le monde"
ANY_MANDATE = "toute personne qui a un mandat"
_ARTICLE = re.compile(r"^(le ou la |le |la |l’)")
_QUALIFYING = (Tie.CLEARED,)  # said of whoever holds the role: they name nobody
_SAYING_THE_ROLE = (Tie.SELF.label, Tie.NAMED.label)
_FACTS = (InState, Is, IsNot)


def listed(words: Sequence[str], last: str = "et") -> str:
    """« a », « a et b », « a, b et c »."""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def _of_academies(place: Place) -> str:
    if not place.academy_names:
        return "de l’académie concernée" if place.academies else Scope.ACADEMY.label
    names = [of(name) for name in place.academy_names]
    return f"de l’académie {listed(names, 'ou')}"


def is_fact(condition: Condition) -> bool:
    """Does it speak of a moment or a state, rather than of who stands where?"""
    return isinstance(condition, _FACTS) or condition is Tie.AFTER_OWN_REVIEW


def facts(grant: Grant) -> str:
    """What a grant waits for: « une fois l’appel clos »; "" when nothing."""
    words = [
        condition.words if isinstance(condition, _FACTS) else condition.label
        for condition in grant.conditions
        if is_fact(condition)
    ]
    return listed(words) if words else ""


def _roles(grants: Iterable[Grant]) -> list[str]:
    roles = list(dict.fromkeys(grant.role for grant in grants))
    if set(roles) >= set(Role):
        return [ANY_MANDATE]
    return [EVERYONE if role is None else HOLDERS[role] for role in roles]


def subject(grants: Sequence[Grant], place: Place = NOWHERE) -> tuple[str, int]:
    """Whom grants under the same conditions name, and how many: « le DAN de l’académie », 1."""
    conditions = [each for each in grants[0].conditions if not is_fact(each)]
    scopes = [
        _of_academies(place) if scope is Scope.ACADEMY else scope.label
        for scope in conditions
        if isinstance(scope, Scope)
    ]
    ties = [each for each in conditions if isinstance(each, Tie)]
    tie = next((each.label for each in ties if each not in _QUALIFYING), "")
    roles = _roles(grants)
    where = f" {listed(scopes)}" if scopes else ""
    where += "".join(f" {each.label}" for each in ties if each in _QUALIFYING)
    if not tie:
        return f"{listed(roles, 'ou')}{where}", len(roles)
    named = [_ARTICLE.sub("", role) for role in roles if tie not in _SAYING_THE_ROLE]
    return f"{tie}{where}{_in_brackets(named)}", 1


def _in_brackets(words: Sequence[str]) -> str:
    return f" ({listed(words, 'ou')})" if words else ""


def together(grants: Iterable[Grant]) -> list[list[Grant]]:
    """The grants, those under the same conditions side by side, in the table's order."""
    found: dict[tuple[Condition, ...], list[Grant]] = {}
    for grant in grants:
        found.setdefault(grant.conditions, []).append(grant)
    return list(found.values())


def by_fact(grants: Iterable[Grant], place: Place = NOWHERE) -> dict[str, tuple[list[str], int]]:
    """For each fact waited for (""; none), whom it opens the right to, and how many they are."""
    found: dict[str, tuple[list[str], int]] = {}
    for group in together(grants):
        words, count = subject(group, place)
        names, total = found.get(facts(group[0]), ([], 0))
        found[facts(group[0])] = ([*names, words], total + count)
    return found


def who_may(right: str, place: Place = NOWHERE) -> str:
    """« Seul le DAN de l’académie de Lille peut viser cette candidature, tant que … »."""
    row = TABLE[right]
    label = row.label if place == NOWHERE else row.label_here
    (fact, (names, count)), *others = by_fact(row.grants, place).items()
    sentence = _with(f"{_opening(names, count)} {label}", fact)
    for other, (more, _) in others:
        sentence += _with(f"{FIXED}; ainsi que {listed(more)}", other)
    return f"{sentence}."


def _opening(names: list[str], count: int) -> str:
    said = listed(names)
    if said in (EVERYONE, ANY_MANDATE):
        return f"{said.capitalize()} peut"
    if count > 1:
        return f"Seuls {said} peuvent"
    return f"{'Seule' if said.startswith(('la ', 'l’inspection ')) else 'Seul'} {said} peut"


def _with(words: str, fact: str) -> str:
    return f"{words}, {fact}" if fact else words
