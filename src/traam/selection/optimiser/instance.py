"""What a choice is computed from: themes, academies, applications, weights, incompatible pairs.

Frozen values and the writer of the file's format; `reading` is the reader.
"""

from dataclasses import dataclass, replace
from typing import Any

from traam.kit.labels import Labelled

Id = str | int  # as given, and given back as it came; two ids of a kind never read the same
SCALE = 20.0  # points: what the total of a grid is out of, unless the instance says otherwise


class LockKind(Labelled):
    """What the pilot imposes on one application, whatever its value."""

    IN = "in", "retenue d’office"
    OUT = "out", "écartée d’office"


@dataclass(frozen=True, kw_only=True)
class Theme:
    """`minimum` and `maximum`: how many applications it retains; None: no maximum."""

    id: Id
    minimum: int = 0
    maximum: int | None = None


@dataclass(frozen=True, kw_only=True)
class Academy:
    """`maximum`: the most themes it works on; None: no maximum.

    `size` serves the effects only, in any unit (teachers, schools); None: its applications count.
    """

    id: Id
    maximum: int | None = None
    region: Id | None = None
    overseas: bool = False
    size: float | None = None


@dataclass(frozen=True, kw_only=True)
class Application:
    """An academy's answer to a theme: one seat of the theme, one of the academy's themes.

    `score` and `reviews` (the score of each review) in points of the instance's scale; `rank`: the
    academy's own order, 1 = first. `continuing`: a two-year team already in, which stays: the same
    as `LockKind.IN`, but named apart where rules contradict each other.
    """

    id: Id
    theme: Id
    academy: Id
    score: float
    rank: int
    eligible: bool = True
    lock: LockKind | None = None
    continuing: bool = False
    newcomer: bool = False
    levels: tuple[str, ...] = ()
    school_types: tuple[str, ...] = ()
    reviews: tuple[float, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the choice may take it: eligible and not locked out."""
        return self.eligible and self.lock != LockKind.OUT

    @property
    def is_imposed(self) -> bool:
        return self.continuing or self.lock == LockKind.IN


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What each term of the objective counts (`objective` says how); 0: not at all."""

    score: float = 1.0
    rank: float = 0.0
    served: float = 0.0
    region: float = 0.0
    overseas: float = 0.0
    newcomer: float = 0.0
    balance: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Instance:
    """All that a choice depends on; the order of the rows never matters."""

    themes: tuple[Theme, ...]
    academies: tuple[Academy, ...]
    applications: tuple[Application, ...]
    weights: Weights
    incompatible: tuple[tuple[Id, Id], ...] = ()
    scale: float = SCALE

    def ordered(self) -> "Instance":
        """The same instance, its rows by id: what makes a choice independent of their order."""
        pairs = {tuple(sorted(pair, key=str)) for pair in self.incompatible}
        return replace(
            self,
            themes=tuple(sorted(self.themes, key=by_id)),
            academies=tuple(sorted(self.academies, key=by_id)),
            applications=tuple(sorted(self.applications, key=by_id)),
            incompatible=tuple(
                sorted(((one, other) for one, other in pairs), key=lambda p: (str(p[0]), str(p[1])))
            ),
        )

    def with_scores_alone(self) -> "Instance":
        """The same instance without its soft rules."""
        return replace(self, weights=Weights(score=self.weights.score))


def by_id(row: Theme | Academy | Application) -> str:
    """The order of everything that is listed."""
    return str(row.id)


def as_data(instance: Instance) -> dict[str, Any]:
    """The instance as the file's format writes it; `reading.read` gives it back."""
    return {
        "themes": [
            {"id": row.id, "min": row.minimum, "max": row.maximum} for row in instance.themes
        ],
        "academies": [_academy(row) for row in instance.academies],
        "applications": [_application(row) for row in instance.applications],
        "weights": vars(instance.weights).copy(),
        "incompatible": [list(pair) for pair in instance.incompatible],
        "scale": instance.scale,
    }


def _academy(row: Academy) -> dict[str, Any]:
    return {
        "id": row.id,
        "max": row.maximum,
        "region": row.region,
        "overseas": row.overseas,
        "size": row.size,
    }


def _application(row: Application) -> dict[str, Any]:
    lists = {name: list(getattr(row, name)) for name in ("levels", "school_types", "reviews")}
    return vars(row) | {"lock": row.lock.value if row.lock else None} | lists
