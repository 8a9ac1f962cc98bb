"""Who of an application becomes a member of its team, and as what. Pure.

The application names people in two blocks (its référents, its teachers) and has authors, who have
accounts. A name that the blocks share with an account is that account; the others stay names, read
in the application, until someone invites them.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from traam.access.roles import Role
from traam.campaigns.rules.default_form import DISCIPLINE, REFERENTS, SCHOOL, TEAM

REFERENTS_MAX = 2  # of a team, at its launch
NAME, SCHOOL_TYPE = "name", "level"
# The types of school that an application offers, as the vocabulary codes them.
SCHOOL_TYPES = {
    "primary": "ELEM",
    "middle": "COL",
    "high": "LGT",
    "vocational": "LP",
    "higher": "SUP",
}


@dataclass(frozen=True, slots=True)
class Known:
    """Someone with an account; `submits`: who began the application."""

    person: int
    name: str
    submits: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """A member to be: an account, or (None) a name to read at `source`: « team:3 », from 0."""

    role: Role
    person: int | None = None
    source: str = ""
    discipline: str = ""  # as typed
    school: str = ""
    school_type: str = ""  # a code


@dataclass(frozen=True, slots=True)
class _Item:
    name: frozenset[str]
    carried: Carried


def folded(name: str) -> frozenset[str]:
    """The words of a name, in no order, without accents or capitals: « DUPONT Zoé »."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    kept = (one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return frozenset("".join(kept).split())


def members(
    answers: Mapping[str, Any], *, authors: Sequence[Known], past: Iterable[Known] = ()
) -> list[Carried]:
    """The members of the team of an application, référents first; each person once.

    `past`: the members of the same team the year before, when the project goes on.
    """
    referents = _items(answers, REFERENTS, Role.REFERENT)
    known = {folded(one.name): one.person for one in (*past, *authors)}
    found = [*_authors(authors, referents)]
    taken = {one.person for one in found}
    met = {folded(one.name) for one in authors if one.person in taken}
    for item in (*referents, *_items(answers, TEAM, Role.TEACHER)):
        if item.name in met:
            continue
        met.add(item.name)
        found.append(replace(item.carried, person=known.get(item.name)))
    detailed = {item.name: item.carried for item in _items(answers, TEAM, Role.TEACHER)}
    names = {one.person: folded(one.name) for one in authors}
    return [_filled(one, detailed.get(names.get(one.person or 0, frozenset()))) for one in found]


def _authors(authors: Sequence[Known], referents: Sequence[_Item]) -> list[Carried]:
    """The authors: two référents at most, those so named first, then who submits."""
    named = {item.name: item.carried for item in referents}
    order = sorted(authors, key=lambda one: (folded(one.name) not in named, not one.submits))
    return [
        replace(
            named.get(folded(one.name), Carried(Role.REFERENT)),
            role=Role.REFERENT if place < REFERENTS_MAX else Role.TEACHER,
            person=one.person,
        )
        for place, one in enumerate(order)
    ]


def _filled(one: Carried, more: Carried | None) -> Carried:
    """What the block of teachers adds: the type of school, mostly."""
    if more is None:
        return one
    return replace(
        one,
        source=one.source or more.source,
        discipline=one.discipline or more.discipline,
        school=one.school or more.school,
        school_type=one.school_type or more.school_type,
    )


def _items(answers: Mapping[str, Any], field: str, role: Role) -> list[_Item]:
    found = []
    given = answers.get(field)
    for place, item in enumerate(given if isinstance(given, list) else []):
        name = folded(_text(item, NAME))
        if name:
            carried = Carried(
                role=role,
                source=f"{field}:{place}",
                discipline=_text(item, DISCIPLINE),
                school=_text(item, SCHOOL),
                school_type=SCHOOL_TYPES.get(_text(item, SCHOOL_TYPE), ""),
            )
            found.append(_Item(name, carried))
    return found


def _text(item: Any, key: str) -> str:
    value = item.get(key, "") if isinstance(item, Mapping) else ""
    return value.strip() if isinstance(value, str) else ""


def name_at(answers: Mapping[str, Any], source: str) -> str:
    """The name that stands at « team:3 »; empty when the application says none there any more."""
    field, _, place = source.partition(":")
    given = answers.get(field)
    if not (isinstance(given, list) and place.isdecimal() and int(place) < len(given)):
        return ""
    return _text(given[int(place)], NAME)
