"""The rules of a call: numbers, review grid, weights of the choice, commitments; all data.

Stored as one JSON document on the campaign, copied from year to year, sealed with the choice.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from traam.campaigns.rules.grid import DEFAULT_GRID, Grid


@dataclass(frozen=True, slots=True)
class Commitment:
    """What an academy commits to by depositing; `key` never changes."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the choice, in points for each unit (`selection.optimiser.objective`)."""

    score: float = 1
    rank: float = 0.5
    served: float = 4
    region: float = 1
    overseas: float = 1
    newcomer: float = 1
    balance: float = 0.5


DEFAULT_COMMITMENTS = (
    Commitment("class", "Des séances ont lieu en classe, dans au moins trois classes."),
    Commitment("meetings", "Un·e professeur·e référent·e participe aux réunions nationales."),
    Commitment("tests", "L’équipe essaie des scénarios d’autres académies."),
    Commitment("index", "Les scénarios sont indexés par l’académie dans Édubase."),
    Commitment("synthesis", "Une synthèse académique est rendue à la fin des travaux."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRules:
    """Every number of `rules.md` that a campaign may compose otherwise, with its default."""

    academies_min: int = 4  # per theme
    academies_max: int = 8  # per theme
    themes_per_academy_max: int = 2
    duration_years: int = 1
    reviews_per_application: int = 3
    reviews_per_reviewer_max: int = 20
    disagreement: float = 4.0  # points on 20 of standard deviation: « à discuter »
    grace_hours: int = 48  # after closing, for what awaits an agreement or a visa
    piece_max_mb: int = 20
    pieces_max: int = 10
    team_min: int = 3  # teachers
    reply_days: int = 15  # right of reply after the announcement
    acceptance_days: int = 7  # for a reserve that is called
    grid: Grid = DEFAULT_GRID
    weights: Weights = field(default_factory=Weights)
    commitments: tuple[Commitment, ...] = DEFAULT_COMMITMENTS

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "CallRules":
        """From its stored form; what is absent keeps its default. Raises KeyError or TypeError on
        what `faults` of a form would have refused."""
        given: dict[str, Any] = {
            each.name: data[each.name] for each in fields(cls) if each.name in data
        }
        if "grid" in given:
            given["grid"] = Grid.read(given["grid"])
        if "weights" in given:
            given["weights"] = Weights(**given["weights"])
        if "commitments" in given:
            given["commitments"] = tuple(Commitment(**one) for one in given["commitments"])
        return cls(**given)

    def as_data(self) -> dict[str, Any]:
        """What `read` reads back: plain values, for JSON."""
        made = {each.name: getattr(self, each.name) for each in fields(self)}
        made["grid"] = self.grid.as_data()
        made["weights"] = asdict(self.weights)
        made["commitments"] = [asdict(one) for one in self.commitments]
        return made
