"""What the soft rules change: who is retained with them and without, by kind of academy.

Academies are small, middling or large by thirds, in the order of their size, then their id; of an
academy without a size, its applications are counted.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from traam.kit.labels import Labelled
from traam.selection.optimiser.instance import Academy, Application, Id, Instance
from traam.selection.optimiser.solve import Choice

VOCATIONAL = "LP"  # the kind of school


class EffectGroup(Labelled):
    """The groups in which the effect of the rules is read; an application may be in several."""

    SMALL = "small", "petites académies"
    MIDDLING = "middling", "académies moyennes"
    LARGE = "large", "grandes académies"
    OVERSEAS = "overseas", "académies d’outre-mer"
    VOCATIONAL = "vocational", "lycées professionnels"
    NEWCOMERS = "newcomers", "académies ou équipes nouvelles"
    ALL = "all", "ensemble"


SIZES = (EffectGroup.SMALL, EffectGroup.MIDDLING, EffectGroup.LARGE)


@dataclass(frozen=True)
class GroupEffect:
    """Of a group: its open applications, and how many are retained with the rules and without."""

    group: EffectGroup
    applications: int
    with_rules: int
    without_rules: int


def effects(
    *, instance: Instance, with_rules: Choice, without_rules: Choice
) -> tuple[GroupEffect, ...]:
    """One for each group; `without_rules` is the choice of `instance.with_scores_alone()`."""
    belongs = _groups(instance)
    return tuple(
        _effect(group, instance, belongs[group], with_rules.retained, without_rules.retained)
        for group in EffectGroup
    )


def _effect(
    group: EffectGroup,
    instance: Instance,
    belongs: Callable[[Application], bool],
    with_rules: Collection[Id],
    without_rules: Collection[Id],
) -> GroupEffect:
    rows = [row for row in instance.applications if belongs(row)]
    kept, kept_without = set(with_rules), set(without_rules)
    return GroupEffect(
        group,
        sum(row.is_open for row in rows),
        sum(row.id in kept for row in rows),
        sum(row.id in kept_without for row in rows),
    )


def _groups(instance: Instance) -> dict[EffectGroup, Callable[[Application], bool]]:
    sizes = _sizes(instance)
    overseas = {row.id for row in instance.academies if row.overseas}
    return {
        EffectGroup.SMALL: lambda row: sizes[row.academy] is EffectGroup.SMALL,
        EffectGroup.MIDDLING: lambda row: sizes[row.academy] is EffectGroup.MIDDLING,
        EffectGroup.LARGE: lambda row: sizes[row.academy] is EffectGroup.LARGE,
        EffectGroup.OVERSEAS: lambda row: row.academy in overseas,
        EffectGroup.VOCATIONAL: lambda row: VOCATIONAL in row.school_types,
        EffectGroup.NEWCOMERS: lambda row: row.newcomer,
        EffectGroup.ALL: lambda _row: True,
    }


def _sizes(instance: Instance) -> dict[Id, EffectGroup]:
    """The third in which each academy is; those of the same size are in the smaller."""
    counts = Counter(row.academy for row in instance.applications)

    def size(row: Academy) -> float:
        return float(counts[row.id]) if row.size is None else row.size

    ordered = sorted(size(row) for row in instance.academies)
    return {
        row.id: SIZES[3 * ordered.index(size(row)) // len(ordered)] for row in instance.academies
    }
