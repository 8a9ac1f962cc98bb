"""What a mandate is limited to, and where it would then stand for `access`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from traam.access.place import Flag, Place
from traam.access.roles import Role
from traam.people.models import Mandate, ScopeKind
from traam.people.rules import ACADEMIC_ROLES
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a mandate is limited to, by codes."""

    academies: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()

    def rows(self) -> Iterator[tuple[ScopeKind, str]]:
        """The pairs (kind, code), in a stable order."""
        kinds = {
            ScopeKind.ACADEMY: self.academies,
            ScopeKind.DISCIPLINE: self.disciplines,
            ScopeKind.THEME: self.themes,
            ScopeKind.TEAM: self.teams,
        }
        for kind, codes in kinds.items():
            for code in sorted(codes):
                yield kind, code


NO_LIMITS = Limits()


def academy_places(academies: frozenset[str]) -> list[Place]:
    """One place for each academy: a right over one of them gives none over the others."""
    return [Place(academies=frozenset({code})) for code in sorted(academies)] or [Place()]


def places(role: Role, limits: Limits) -> list[Place]:
    """Where a mandate would stand; over a theme or a team, outside any academy's own."""
    if role not in ACADEMIC_ROLES or limits.themes or limits.teams:
        return [Place()]
    flags = frozenset({Flag.ACADEMIC})
    found = academy_places(limits.academies)
    return [Place(academies=place.academies, flags=flags) for place in found]


def places_of(mandate: Mandate) -> list[Place]:
    """Where a mandate stands, for whoever would end it."""
    return places(
        Role(mandate.role),
        Limits(
            academies=mandate.codes(ScopeKind.ACADEMY),
            themes=mandate.codes(ScopeKind.THEME),
            teams=mandate.codes(ScopeKind.TEAM),
        ),
    )


def named(place: Place, words: Vocabulary | None = None) -> Place:
    """The same place with its academies' names, for a refusal to say; `words`: read already."""
    words = words or vocabulary()
    found = (words.academy(code) for code in sorted(place.academies))
    return replace(place, academy_names=tuple(entry.name for entry in found if entry))
