"""The objective: what the choice makes as great as possible. Anyone can recompute it from here.

For a set R of retained applications, with the weights w of the instance,

    value(R) =  w.score    × Σ score(i)                 over i in R, in points as given
              + w.rank     × Σ 1 / rank(i)              over i in R: 1, 1/2, 1/3… in the academy's
                                                        own order
              + w.served   × number of academies with at least one application in R
              + w.overseas × number of those academies that are overseas
              + w.region   × number of régions académiques with at least one application in R
              + w.newcomer × number of applications in R marked newcomer
              − w.balance  × (shortage(R, levels) + shortage(R, school_types))

where a shortage is, over the values v met in the open applications (eligible, not locked out),

    shortage(R, d) = Σ over v of max(0, target(v) − number of i in R that have v)
    target(v)      = ⌊ places × open applications that have v / open applications ⌋
    places         = the lesser of Σ over themes and of Σ over academies of
                     min(its maximum, its open applications)

that is, how many applications a level or a kind of school lacks to keep among the places the share
that it has among the open applications, rounded down. An application with several values counts in
each. One more application never costs anything here. An academy without a region counts in none.

Every term is linear or is made so: an academy served is s ≤ 1, s ≤ Σ of its applications; a
shortage is d ≥ 0, d ≥ target − count.

**Ties.** Two choices within a millionth of a point (of the greater of 1 and the value, over a
million) are equal. Among equals the choice is the one with the greatest sum of *marks*: each
retained application brings 1 (so the more are retained, the better) and a fraction drawn from the
SHA-256 of its id (so the draw is open to all, and neither the alphabet nor the order of the rows
decides).
"""

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable

from traam.selection.optimiser.instance import Academy, Application, Id, Instance, Theme

DIMENSIONS = ("levels", "school_types")
_DRAW = 1 << 40


def value(instance: Instance, retained: Collection[Id]) -> float:
    """The value of this choice, in points."""
    return math.fsum(terms(instance, retained).values())


def terms(instance: Instance, retained: Collection[Id]) -> dict[str, float]:
    """What each weight brings to the value, in points."""
    kept, weights = set(retained), instance.weights
    chosen = [row for row in instance.applications if row.id in kept]
    served = {row.academy for row in chosen}
    academies = [row for row in instance.academies if row.id in served]
    regions = {row.region for row in academies if row.region is not None}
    return {
        "score": weights.score * math.fsum(row.score for row in chosen),
        "rank": weights.rank * math.fsum(1 / row.rank for row in chosen),
        "served": weights.served * len(academies),
        "overseas": weights.overseas * sum(row.overseas for row in academies),
        "region": weights.region * len(regions),
        "newcomer": weights.newcomer * sum(row.newcomer for row in chosen),
        "balance": -weights.balance * shortage(instance, chosen),
    }


def own_value(instance: Instance, row: Application) -> float:
    """What an application brings by itself, in points, whatever else is retained."""
    weights = instance.weights
    return weights.score * row.score + weights.rank / row.rank + weights.newcomer * row.newcomer


def shortage(instance: Instance, chosen: Collection[Application]) -> int:
    """How many applications the levels and the kinds of school lack."""
    return sum(
        max(0, target - _counts(chosen, dimension)[word])
        for dimension in DIMENSIONS
        for word, target in targets(instance, dimension).items()
    )


def targets(instance: Instance, dimension: str) -> dict[str, int]:
    """How many of the places each value should have, by value in alphabetical order."""
    rows = [row for row in instance.applications if row.is_open]
    counts, room = _counts(rows, dimension), places(instance)
    return {word: room * counts[word] // len(rows) for word in sorted(counts)}


def places(instance: Instance) -> int:
    """How many applications can be retained at most, as far as maxima alone say."""
    rows = [row for row in instance.applications if row.is_open]
    per_theme = Counter(row.theme for row in rows)
    per_academy = Counter(row.academy for row in rows)
    return min(_room(instance.themes, per_theme), _room(instance.academies, per_academy))


def _room(holders: Iterable[Theme | Academy], counts: Counter[Id]) -> int:
    return sum(
        counts[one.id] if one.maximum is None else min(one.maximum, counts[one.id])
        for one in holders
    )


def _counts(rows: Iterable[Application], dimension: str) -> Counter[str]:
    return Counter(word for row in rows for word in getattr(row, dimension))


def ceiling(instance: Instance) -> float:
    """A value that no choice exceeds: everything open retained, every bonus given."""
    rows = [row for row in instance.applications if row.is_open]
    everything = terms(instance, [row.id for row in rows]) | {"balance": 0.0}
    return math.fsum(everything.values())


def tolerance(reference: float) -> float:
    """How far apart two values are still equal, in points."""
    return 1e-6 * max(1.0, abs(reference) / 1e6)


def mark(identifier: Id) -> float:
    """From 1 (included) to 2 (excluded): what an application brings where choices are equal."""
    digest = hashlib.sha256(str(identifier).encode()).digest()
    return 1 + int.from_bytes(digest[:5]) / _DRAW
