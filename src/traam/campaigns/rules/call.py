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


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the rules: the name of the field, "" for the whole, and a sentence."""

    field: str
    sentence: str


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

    def faults(self) -> list[Fault]:
        """Everything that forbids a call by these rules, in French."""
        return [
            *_number_faults(self),
            *_weight_faults(self.weights),
            *(Fault("grid", sentence) for sentence in self.grid.faults()),
            *_commitment_faults(self.commitments),
        ]


# The least and the most that each number may be, and how it is named.
BOUNDS: Mapping[str, tuple[str, float, float]] = {
    "academies_min": ("Académies par thème, au moins", 1, 60),
    "academies_max": ("Académies par thème, au plus", 1, 60),
    "themes_per_academy_max": ("Thèmes par académie, au plus", 1, 50),
    "duration_years": ("Durée des travaux", 1, 3),
    "reviews_per_application": ("Avis par candidature", 1, 10),
    "reviews_per_reviewer_max": ("Avis par personne, au plus", 1, 500),
    "disagreement": ("Écart qui met en discussion", 0.5, 20),
    "grace_hours": ("Délai après la clôture", 0, 240),
    "piece_max_mb": ("Poids d’une pièce, au plus", 1, 100),
    "pieces_max": ("Pièces par candidature, au plus", 0, 50),
    "team_min": ("Enseignants par équipe, au moins", 1, 20),
    "reply_days": ("Droit de réponse", 0, 90),
    "acceptance_days": ("Délai d’une académie en réserve", 1, 60),
}
WEIGHT_LABELS: Mapping[str, str] = {
    "score": "La note de la candidature",
    "rank": "L’ordre donné par l’académie",
    "served": "Une académie qui n’a encore aucun thème",
    "region": "Les régions académiques représentées",
    "overseas": "L’outre-mer",
    "newcomer": "Les académies nouvelles venues",
    "balance": "L’équilibre des niveaux et des établissements",
}
WEIGHT_MAX = 100


def shown(value: float) -> str:
    """« 0,5 », « 4 »: a number as French writes it."""
    return f"{value:.12g}".replace(".", ",")


def _number_faults(rules: CallRules) -> list[Fault]:
    found = []
    for name, (label, least, most) in BOUNDS.items():
        value = getattr(rules, name)
        if not least <= value <= most:
            found.append(
                Fault(
                    name,
                    f"« {label} » (reçu : {shown(value)}) va de {shown(least)} à {shown(most)}.",
                )
            )
    if rules.academies_min > rules.academies_max:
        found.append(
            Fault(
                "academies_max",
                f"Le nombre maximal d’académies par thème (reçu : {rules.academies_max}) est sous "
                f"le nombre minimal ({rules.academies_min}).",
            )
        )
    return found


def _weight_faults(weights: Weights) -> list[Fault]:
    given = asdict(weights)
    found = [
        Fault(
            f"weight_{name}",
            f"« {WEIGHT_LABELS[name]} » : le poids (reçu : {shown(value)}) va de 0 à {WEIGHT_MAX}.",
        )
        for name, value in given.items()
        if not 0 <= value <= WEIGHT_MAX
    ]
    if not any(given.values()):
        found.append(
            Fault("weight_score", "Tous les poids du choix sont nuls : au moins un doit compter.")
        )
    return found


def _commitment_faults(commitments: tuple[Commitment, ...]) -> list[Fault]:
    keys = [one.key for one in commitments]
    found = [
        Fault("commitments", f"L’engagement « {key} » est donné deux fois.")
        for key in dict.fromkeys(keys)
        if keys.count(key) > 1
    ]
    if any(not one.label.strip() for one in commitments):
        found.append(Fault("commitments", "Un engagement n’a pas de texte."))
    return found
