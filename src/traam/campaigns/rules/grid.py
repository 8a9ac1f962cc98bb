"""The grid by which applications are reviewed: criteria, each with its scale and weight."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

TOTAL = 20  # what a whole grid is worth, in points


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a reviewer scores from 0 to `maximum`; `key` never changes once the call has opened."""

    key: str
    label: str
    weight: int
    maximum: int = 5
    help: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The criteria, in the order of the form."""

    criteria: tuple[Criterion, ...]

    @classmethod
    def read(cls, data: Sequence[Mapping[str, Any]]) -> "Grid":
        """From its stored form."""
        return cls(tuple(Criterion(**one) for one in data))

    def as_data(self) -> list[dict[str, Any]]:
        """What `read` reads back."""
        return [asdict(one) for one in self.criteria]

    def faults(self) -> list[str]:
        """What forbids to review by this grid, in French."""
        found = []
        keys = [one.key for one in self.criteria]
        if not keys:
            found.append("La grille est vide : donnez au moins un critère.")
        found += [
            f"Le critère « {key} » est donné deux fois."
            for key in dict.fromkeys(keys)
            if keys.count(key) > 1
        ]
        for one in self.criteria:
            found += _criterion_faults(one)
        if keys and not any(one.weight > 0 for one in self.criteria):
            found.append("Tous les poids de la grille sont nuls : au moins un doit compter.")
        return found


def _criterion_faults(one: Criterion) -> list[str]:
    found = []
    if not one.label.strip():
        found.append(f"Le critère « {one.key} » n’a pas d’intitulé.")
    if one.weight < 0:
        found.append(f"« {one.label} » : le poids (reçu : {one.weight}) ne peut être négatif.")
    if one.maximum < 1:
        found.append(f"« {one.label} » : la note la plus haute (reçu : {one.maximum}) vaut 1 ou +.")
    return found


DEFAULT_GRID = Grid(
    (
        Criterion("fit", "Adéquation au thème et à sa problématique", 3),
        Criterion("protocol", "Protocole : ce qui est essayé, ce qui est observé", 3),
        Criterion("mutualisation", "Mutualisation avec les autres académies", 3),
        Criterion("team", "Équipe et faisabilité", 2),
        Criterion("diffusion", "Potentiel de généralisation et de diffusion", 2),
    )
)
