"""How severe each reviewer is, and scores corrected for it, within connected parts only.

The model. The score that reviewer j gives to application i is y_ij = q_i − s_j + e_ij: the quality
of the application, less the severity of the reviewer (mean 0, variance σs²), and noise (variance
σe²). Quality is left free: nothing is assumed of it, so that a reviewer who was given good files
is not taken for a lenient one. Severity shows only where files are shared: two reviewers joined by
no chain of common files cannot be compared. The *parts* are the connected components of the graph
of reviewers and applications; nothing is corrected from one part to another.

Severity is estimated by shrunken least squares, which is the best linear unbiased prediction of
a random effect (Robinson, « That BLUP is a good thing », Statistical Science 6(1), 1991):
    minimise Σ (y_ij − q_i + s_j)² + λ Σ s_j²,   λ = σe² / σs².
The less is known of a reviewer, the nearer to 0 the estimate. Moving every s and q of a part by one
constant changes the first sum by nothing: the least second sum has Σ s_j = 0 over each part, so the
severities come out centred. The corrected score is the mean, over the reviews of the file, of
y_ij + s_j; it may leave the scale by a little and is not cut, which would make ties.

The variances are estimated on all the parts together by Henderson's method III (« Estimation of
variance and covariance components », Biometrics 9, 1953; Searle, Casella & McCulloch, Variance
Components, 1992, §5.5). With N reviews, I files, J reviewers, C parts, W the sum of squares within
files and R what unshrunken severities explain of it:
    σe² = (W − R) / (N − I − J + C),   σs² = (R − (J − C) σe²) / (N − I), or 0 if negative.
The use of such a model for reviews: Kuhlisch, Roos, Rothe, Rudolph, Scheuermann & Stoyan,
« A statistical approach to calibrating the scores of biased reviewers », Metrika 79(1), 2016.

Where every reviewer of a part read every file of it, each file loses the same mean severity, which
is 0: the correction is « sans effet », and said so.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum, inf, sqrt

from traam.kit.labels import Labelled

Pair = tuple[int, int]  # a reviewer's and an application's keys
Score = float | Decimal
Vector = list[float]

FREEDOM_MIN = 10  # degrees: under it, severity and noise cannot be told apart
_PRECISION = 1e-12  # of the residual, relative to the right-hand side
_TURNS = 5_000  # never met: some dozens suffice


class Effect(Labelled):
    """What the correction did to a part, and why when it did nothing."""

    CORRECTED = "corrected", "notes corrigées de la sévérité estimée"
    COMPLETE = "complete", "sans effet : chaque évaluateur a lu chaque candidature"
    ALIKE = "alike", "sans effet : aucune différence de sévérité n’apparaît"
    UNKNOWN = "unknown", "sans effet : trop peu de lectures communes pour estimer la sévérité"


@dataclass(frozen=True, slots=True)
class Part:
    """Reviewers and applications that chains of common readings join; comparable among them only.

    `severities`: points on 20 that the reviewer takes away, positive when severe; their sum is 0.
    """

    effect: Effect
    severities: Mapping[int, float]
    raw: Mapping[int, float]  # each application's mean
    corrected: Mapping[int, float]

    @property
    def is_without_effect(self) -> bool:
        return self.effect is not Effect.CORRECTED


@dataclass(frozen=True, slots=True)
class Correction:
    """The parts, the largest first; the two deviations in points on 20, None when unknown."""

    parts: tuple[Part, ...]
    severity_deviation: float | None
    noise_deviation: float | None

    @property
    def raw(self) -> dict[int, float]:
        return {key: value for part in self.parts for key, value in part.raw.items()}

    @property
    def corrected(self) -> dict[int, float]:
        return {key: value for part in self.parts for key, value in part.corrected.items()}


def correct(
    scores: Mapping[Pair, Score], *, owed: Collection[Pair] = (), freedom: int = FREEDOM_MIN
) -> Correction:
    """Corrects the totals of submitted reviews, (reviewer, application) → points on 20.

    The order of `scores` changes nothing. With fewer than `freedom` degrees of freedom for the
    noise, no severity is estimated and every score stays as it is. `owed`: the reviews still to
    come, for which nothing may be called complete.
    """
    design = _Design(scores)
    components = _connected(design)
    variances = _variances(design, len(components), freedom)
    severities = _severities(design, variances)
    parts = [
        _part(design, files, severities, owed, is_known=variances is not None)
        for files in components
    ]
    parts.sort(key=lambda part: (-len(part.raw), min(part.raw)))
    return Correction(
        parts=tuple(parts),
        severity_deviation=variances and sqrt(variances[0]),
        noise_deviation=variances and sqrt(variances[1]),
    )


class _Design:
    """Who read what, by places in sorted lists so that sums are made in one order.

    `rows`: for each application, the reviewers' places and their scores.
    """

    def __init__(self, scores: Mapping[Pair, Score]) -> None:
        self.reviewers = sorted({reviewer for reviewer, _ in scores})
        self.applications = sorted({application for _, application in scores})
        place = {key: index for index, key in enumerate(self.reviewers)}
        found: dict[int, list[tuple[int, float]]] = {key: [] for key in self.applications}
        for reviewer, application in sorted(scores):
            score = float(scores[reviewer, application])
            found[application].append((place[reviewer], score))
        self.rows = list(found.values())
        self.means = [_mean([score for _, score in row]) for row in self.rows]
        self.size = len(scores)

    def gaps(self) -> Iterator[tuple[int, float]]:
        """For each review, its reviewer's place and the points under the mean of its file."""
        for row, mean in zip(self.rows, self.means, strict=True):
            for reader, score in row:
                yield reader, mean - score

    def within(self, severities: Sequence[float]) -> Vector:
        """The normal matrix, files swept out, times `severities`: Σ over files (s_j − mean s)."""
        found = [0.0] * len(severities)
        for row in self.rows:
            mean = self.mean_severity(row, severities)
            for reader, _ in row:
                found[reader] += severities[reader] - mean
        return found

    @staticmethod
    def mean_severity(row: list[tuple[int, float]], severities: Sequence[float]) -> float:
        return sum([severities[reader] for reader, _ in row]) / len(row)


def _mean(scores: Sequence[float]) -> float:
    """Never out of its scores: those who agree are given no gap by rounding."""
    return min(max(fsum(scores) / len(scores), min(scores)), max(scores))


def _connected(design: _Design) -> list[list[int]]:
    """The places of the files of each connected part of the graph of reviewers and files."""
    read: dict[int, list[int]] = {}
    for place, row in enumerate(design.rows):
        for reader, _ in row:
            read.setdefault(reader, []).append(place)
    found, left = [], set(range(len(design.rows)))
    while left:
        part = [left.pop()]
        for place in part:  # it grows while it is read
            for reader, _ in design.rows[place]:
                fresh = left.intersection(read[reader])
                left -= fresh
                part += fresh
        found.append(sorted(part))
    return found


def _variances(design: _Design, parts: int, freedom: int) -> tuple[float, float] | None:
    """σs² and σe² by Henderson's method III; None when too little is left to estimate the noise."""
    ties = len(design.reviewers) - parts
    spare = design.size - len(design.applications)
    if spare - ties < max(freedom, 1):
        return None
    gaps = _gap_sums(design)
    explained = _dot(_solve(design, gaps, 0.0), gaps)
    total = fsum(gap * gap for _, gap in design.gaps())
    noise = max(total - explained, 0.0) / (spare - ties)
    return max(explained - ties * noise, 0.0) / spare, noise


def _gap_sums(design: _Design) -> Vector:
    sums = [0.0] * len(design.reviewers)
    for reader, gap in design.gaps():
        sums[reader] += gap
    return sums


def _severities(design: _Design, variances: tuple[float, float] | None) -> Vector:
    """By reviewer's place; 0 for all when no difference of severity is to be seen."""
    severity, noise = variances or (0.0, inf)
    if not severity:
        return [0.0] * len(design.reviewers)
    return _solve(design, _gap_sums(design), noise / severity)


def _solve(design: _Design, target: Sequence[float], ridge: float) -> Vector:
    """The solution of (within + ridge) s = target, of least norm when there are several.

    By conjugate gradients from 0 (Hestenes & Stiefel, 1952): each turn reads the reviews once.
    """
    solution = [0.0] * len(target)
    residual, direction = list(target), list(target)
    size = first = _dot(residual, residual)
    for _ in range(_TURNS):
        if size <= first * _PRECISION**2:
            break
        image = _moved(design.within(direction), ridge, direction)
        curve = _dot(direction, image)
        if curve <= _PRECISION * _dot(direction, direction):  # rounding alone is left
            break
        step = size / curve
        solution = _moved(solution, step, direction)
        residual = _moved(residual, -step, image)
        size, before = _dot(residual, residual), size
        direction = _moved(residual, size / before, direction)
    return solution


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum([value * other[place] for place, value in enumerate(one)])


def _moved(start: Sequence[float], step: float, direction: Sequence[float]) -> Vector:
    return [value + step * direction[place] for place, value in enumerate(start)]


def _part(
    design: _Design,
    files: list[int],
    severities: Vector,
    owed: Collection[Pair],
    *,
    is_known: bool,
) -> Part:
    readers = sorted({reader for place in files for reader, _ in design.rows[place]})
    effect = _effect(design, files, readers, severities, is_known=is_known)
    if effect is Effect.COMPLETE and _is_awaited(design, files, readers, owed):
        effect = Effect.UNKNOWN
    raw = {design.applications[place]: design.means[place] for place in files}
    corrected = {
        design.applications[place]: design.means[place]
        + design.mean_severity(design.rows[place], severities)
        for place in files
    }
    return Part(
        effect=effect,
        severities={design.reviewers[reader]: severities[reader] for reader in readers},
        raw=raw,
        corrected=corrected if effect is Effect.CORRECTED else raw,
    )


def _is_awaited(
    design: _Design, files: list[int], readers: list[int], owed: Collection[Pair]
) -> bool:
    """Whether a review of one of these files, or by one of these reviewers, is still to come."""
    people = {design.reviewers[reader] for reader in readers}
    read = {design.applications[place] for place in files}
    return any(reviewer in people or file in read for reviewer, file in owed)


def _effect(
    design: _Design, files: list[int], readers: list[int], severities: Vector, *, is_known: bool
) -> Effect:
    if all(len(design.rows[place]) == len(readers) for place in files):
        return Effect.COMPLETE
    if not is_known:
        return Effect.UNKNOWN
    return Effect.CORRECTED if any(severities[reader] for reader in readers) else Effect.ALIKE
