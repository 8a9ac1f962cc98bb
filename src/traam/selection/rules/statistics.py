"""What the reviews of a file say together: mean, spread, disagreement, and ranking with ties."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Score = float | Decimal

DISCUSS_FROM = 4.0  # points on 20
PLACES = 2  # decimals: what is shown, hence what makes a tie


@dataclass(frozen=True, slots=True)
class Summary:
    """The submitted reviews of one file, in points on 20."""

    count: int
    mean: float
    median: float
    deviation: float | None  # None with one review
    lowest: float
    highest: float

    @property
    def range(self) -> float:
        return self.highest - self.lowest


def summary(scores: Sequence[Score]) -> Summary | None:
    """None without a review.

    The deviation is the sample's, √(Σ (score − mean)² / (n − 1)): the reviews are a sample of those
    one could have asked for. Source: ISO 3534-1:2006, 1.10 and 1.11.
    """
    values = [float(score) for score in scores]
    if not values:
        return None
    return Summary(
        count=len(values),
        mean=statistics.fmean(values),
        median=statistics.median(values),
        deviation=statistics.stdev(values) if len(values) > 1 else None,
        lowest=min(values),
        highest=max(values),
    )


def is_to_discuss(scores: Sequence[Score], *, threshold: float = DISCUSS_FROM) -> bool:
    """« À discuter »: do the reviews disagree by `threshold` points of standard deviation or more?

    The standard deviation, not the range, which grows with the number of reviews alone. The default
    of 4 points on 20 *(ours)* is two reviews 5.7 points apart; where severity has a deviation of
    1.5 and noise of 2, it flags one file in thirteen read three times. Never with one review.
    """
    said = summary(scores)
    return said is not None and said.deviation is not None and said.deviation >= threshold


@dataclass(frozen=True, slots=True)
class Ranked:
    """A file and its place; `tied_with`: the others of the same place."""

    key: int
    value: float
    rank: int
    tied_with: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """« 1re », « 2e », « 2e ex æquo » (a candidature is feminine)."""
        place = "1re" if self.rank == 1 else f"{self.rank}e"
        return f"{place} ex æquo" if self.tied_with else place


def ranking(values: Mapping[int, Score], *, places: int = PLACES) -> tuple[Ranked, ...]:
    """The files from the highest value, tied ones by key: 1, 2, 2, 4 (« competition » ranking).

    Values equal once rounded to `places` decimals are tied: what nobody can see decides nothing.
    """
    shown = {key: round(float(value), places) for key, value in values.items()}
    groups: dict[float, list[int]] = {}
    for key in sorted(shown):
        groups.setdefault(shown[key], []).append(key)
    found: list[Ranked] = []
    for value in sorted(groups, reverse=True):
        keys, rank = groups[value], len(found) + 1
        found += [
            Ranked(key, value, rank, tuple(other for other in keys if other != key)) for key in keys
        ]
    return tuple(found)
