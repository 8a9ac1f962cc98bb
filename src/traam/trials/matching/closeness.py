"""How well a team suits a production to test, and how far its context is from the author's."""

from dataclasses import dataclass

Codes = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Where a production was written for, or where a team teaches. Codes of vocabularies.

    `disciplines` empty: any (a transversal production, a team that teaches several).
    `is_priority` and `equipment` None or empty: not known.
    """

    disciplines: Codes = frozenset()
    levels: Codes = frozenset()
    cycles: Codes = frozenset()
    school_types: Codes = frozenset()
    equipment: str = ""
    is_priority: bool | None = None


def fit(production: Profile, team: Profile) -> int | None:
    """0-3, higher is better: 3 a level in common, 2 a cycle in common, 1 nothing known of the level
    of either. None: the team cannot try it (no discipline, or no level, in common)."""
    taught = production.disciplines and team.disciplines
    if taught and not production.disciplines & team.disciplines:
        return None
    if production.levels & team.levels:
        return 3
    if production.cycles & team.cycles:
        return 2
    known = (production.levels or production.cycles) and (team.levels or team.cycles)
    return None if known else 1


def difference(author: Profile, team: Profile) -> int:
    """0-3: one point for each of school type, equipment and priority education that is known of
    both and differs."""
    other_school = bool(author.school_types and team.school_types) and not (
        author.school_types & team.school_types
    )
    other_equipment = bool(author.equipment and team.equipment) and (
        author.equipment.casefold() != team.equipment.casefold()
    )
    known = author.is_priority is not None and team.is_priority is not None
    other_priority = known and author.is_priority != team.is_priority
    return other_school + other_equipment + other_priority
