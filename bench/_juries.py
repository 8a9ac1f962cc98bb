"""Simulated juries: who reads what, what each would give, and how near a ranking is to the truth.

Quality has a mean of 12 and a deviation of 2.5 points on 20, severity 1.5, noise 2; each score is
cut to the scale and rounded to the tenth, as a grid gives it. Nobody knows the quality but here.
"""

import random
import statistics
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import comb, sqrt

from traam.selection.rules.severity import Pair, correct

FILES, READINGS = 126, 3
MEAN, QUALITY, SEVERITY, NOISE = 12.0, 2.5, 1.5, 2.0  # points on 20
SEEDS = 200
_T_95 = 1.972  # Student's, 199 degrees of freedom

Design = Callable[[random.Random], list[Pair]]


def complete(_draw: random.Random) -> list[Pair]:
    """Three reviewers read every file."""
    return [(reader, file) for reader in range(READINGS) for file in range(FILES)]


def sparse(draw: random.Random) -> list[Pair]:
    """Forty reviewers, three drawn for each file: nine or ten files each on average."""
    return [(reader, file) for file in range(FILES) for reader in draw.sample(range(40), READINGS)]


def disjoint(_draw: random.Random) -> list[Pair]:
    """Fourteen juries of three, who each read all nine files of their theme."""
    return [
        (file // 9 * READINGS + seat, file) for file in range(FILES) for seat in range(READINGS)
    ]


def disjoint_sparse(draw: random.Random) -> list[Pair]:
    """Fourteen juries of five, three of whom are drawn for each of the nine files of the theme."""
    return [
        (file // 9 * 5 + seat, file)
        for file in range(FILES)
        for seat in draw.sample(range(5), READINGS)
    ]


def thin(draw: random.Random) -> list[Pair]:
    """As many reviewers as files, three files each (or two): little is known of any."""
    orders = [draw.sample(range(FILES), FILES) for _ in range(READINGS)]
    pairs = {(order[file], file) for order in orders for file in range(FILES)}
    return sorted(pairs)


DESIGNS: Mapping[str, Design] = {
    "complete": complete,
    "sparse": sparse,
    "disjoint": disjoint,
    "disjoint_sparse": disjoint_sparse,
    "thin": thin,
}


@dataclass(frozen=True)
class Jury:
    """The true quality of each file, and the scores given."""

    quality: dict[int, float]
    scores: dict[Pair, float]


def simulate(design: Design, seed: int, *, severity: float = SEVERITY) -> Jury:
    """One jury, the same for the same seed."""
    draw = random.Random(seed)
    pairs = design(draw)
    quality = {file: draw.gauss(MEAN, QUALITY) for file in range(FILES)}
    severities = [draw.gauss(0, severity) for _ in range(max(reader for reader, _ in pairs) + 1)]
    scores = {}
    for reader, file in pairs:
        score = quality[file] - severities[reader] + draw.gauss(0, NOISE)
        scores[reader, file] = round(min(max(score, 0.0), 20.0), 1)
    return Jury(quality, scores)


def kendall(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """Kendall's τ-b between two sets of values of the same keys.

    (concordant − discordant) / √((n₀ − ties of one) (n₀ − ties of the other)). Source: Kendall,
    « The treatment of ties in ranking problems », Biometrika 33(3), 1945.
    """
    rows: dict[float, list[float]] = {}
    for key in one:
        rows.setdefault(one[key], []).append(other[key])
    balance, before = 0, list[float]()
    for value in sorted(rows):
        for seen in rows[value]:
            balance += bisect_left(before, seen) + bisect_right(before, seen) - len(before)
        before = sorted(before + rows[value])
    count = comb(len(one), 2)
    apart = [count - _ties(values.values()) for values in (one, other)]
    return balance / sqrt(apart[0] * apart[1])


def _ties(values: Iterable[float]) -> int:
    return sum(comb(count, 2) for count in Counter(values).values())


@dataclass(frozen=True)
class Gain:
    """Corrected τ less raw τ over the seeds: mean, its 95 % interval, worst seed; and both τ."""

    raw: float
    corrected: float
    mean: float
    low: float
    high: float
    worst: float


def gain(design: Design, *, seeds: int = SEEDS, severity: float = SEVERITY) -> Gain:
    raw, corrected = [], []
    for seed in range(seeds):
        jury = simulate(design, seed, severity=severity)
        found = correct(jury.scores)
        raw.append(kendall(jury.quality, found.raw))
        corrected.append(kendall(jury.quality, found.corrected))
    gains = [after - before for before, after in zip(raw, corrected, strict=True)]
    mean = statistics.fmean(gains)
    half = _T_95 * statistics.stdev(gains) / sqrt(seeds)
    return Gain(
        raw=statistics.fmean(raw),
        corrected=statistics.fmean(corrected),
        mean=mean,
        low=mean - half,
        high=mean + half,
        worst=min(gains),
    )
