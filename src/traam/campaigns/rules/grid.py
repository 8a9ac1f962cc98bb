"""The review grid: its criteria as data, what is wrong with it or with scores, the total on 20."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from traam.kit.refusals import Refusal

SCALE = 20  # the total is on 20
KEY_MAX = 40  # characters
LABEL_MAX = 200  # characters
HELP_MAX = 1_000  # characters
WEIGHT_MAX = 100
MAXIMUM_MAX = 100
CRITERIA_MAX = 30
_HUNDREDTH = Decimal("0.01")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_KEY_WORDS = "des lettres sans accent, des chiffres et « _ », comme « protocol »"
_ASKED = ("key", "label", "weight")
_FIELDS = (*_ASKED, "maximum", "help")
_BOUNDS = {"weight": ("poids", 0, WEIGHT_MAX), "maximum": ("maximum", 1, MAXIMUM_MAX)}
_TEXTS = {"label": ("l’intitulé", LABEL_MAX), "help": ("le texte d’aide", HELP_MAX)}


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a reviewer scores with a whole number from 0 to `maximum`.

    `key` is its stable identity; `weight` is relative to the other criteria, 0 when the score is
    asked but does not count.
    """

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
    def read(cls, data: object) -> "Grid":
        """From its stored form, what `as_data` gives; `maximum` and `help` may be absent.

        Raises `Refusal` with every fault.
        """
        faults = grid_faults(data)
        if faults:
            raise Refusal(*faults)
        return cls(tuple(Criterion(**one) for one in _rows(data)))

    def as_data(self) -> list[dict[str, Any]]:
        """What `read` reads back: plain values, for JSON."""
        return [asdict(one) for one in self.criteria]

    def faults(self) -> list[str]:
        """What forbids to review by this grid, in French: `read` would refuse it."""
        return grid_faults(self.as_data())

    @property
    def weight(self) -> int:
        return sum(one.weight for one in self.criteria)


# The default of `rules.md` §3: 0 to 5 each, weights 3, 3, 3, 2, 2.
DEFAULT_GRID = Grid(
    (
        Criterion(
            "fit",
            "Adéquation au thème et à sa problématique",
            3,
            help="La candidature répond au problème que pose le thème, et dit comment.",
        ),
        Criterion(
            "protocol",
            "Protocole : ce qui est essayé, ce qui est observé",
            3,
            help="On sait ce qui sera essayé, dans quelles classes, et ce qui sera observé.",
        ),
        Criterion(
            "mutualisation",
            "Mutualisation avec les autres académies",
            3,
            help="Les autres académies pourront reprendre, tester ou prolonger le travail.",
        ),
        Criterion(
            "team",
            "Équipe et faisabilité",
            2,
            help="L’équipe, les moyens et le calendrier rendent le projet possible.",
        ),
        Criterion(
            "diffusion",
            "Potentiel de généralisation et de diffusion",
            2,
            help="Ce qui sera produit pourra servir au-delà des classes de l’équipe.",
        ),
    )
)


def grid_faults(data: object) -> list[str]:
    """What is wrong with a grid given as plain data, in French; empty when nothing is."""
    rows = _rows(data)
    if not 1 <= len(rows) <= CRITERIA_MAX:
        return [f"La grille demande une liste de 1 à {CRITERIA_MAX} critères (reçu : {len(rows)})."]
    faults = [fault for place, row in enumerate(rows, 1) for fault in _row_faults(place, row)]
    if faults:
        return faults
    return [*_repeated_faults([row["key"] for row in rows]), *_weight_faults(rows)]


def _rows(data: object) -> list[Any]:
    return list(data) if isinstance(data, list | tuple) else []


def _row_faults(place: int, row: object) -> list[str]:
    """The faults of one criterion, each opened by its place in the grid."""
    if not isinstance(row, Mapping):
        return [f"Critère {place} : des champs nommés sont attendus (reçu : « {_short(row)} »)."]
    faults = [f"le champ « {_short(name)} » est inconnu." for name in row if name not in _FIELDS]
    faults += [f"le champ « {name} » manque." for name in _ASKED if name not in row]
    faults += _key_faults(row["key"]) if "key" in row else []
    for name, (word, longest) in _TEXTS.items():
        faults += _text_faults(word, row[name], longest) if name in row else []
    for name, (word, lowest, highest) in _BOUNDS.items():
        faults += _number_faults(word, row[name], lowest, highest) if name in row else []
    if not faults and not str(row["label"]).strip():
        faults.append("l’intitulé est vide.")
    return [f"Critère {place} : {fault}" for fault in faults]


def _key_faults(value: object) -> list[str]:
    if isinstance(value, str) and len(value) <= KEY_MAX and _KEY.fullmatch(value):
        return []
    return [
        f"l’identifiant (reçu : « {_short(value)} ») doit tenir en {KEY_MAX} caractères : "
        f"{_KEY_WORDS}."
    ]


def _text_faults(word: str, value: object, longest: int) -> list[str]:
    if isinstance(value, str) and len(value) <= longest:
        return []
    return [
        f"{word} (reçu : « {_short(value)} ») doit être un texte de {longest} caractères au plus."
    ]


def _number_faults(word: str, value: object, lowest: int, highest: int) -> list[str]:
    if _is_whole(value, lowest, highest):
        return []
    return [
        f"le {word} (reçu : « {_short(value)} ») doit être un nombre entier de {lowest} à "
        f"{highest}."
    ]


def _repeated_faults(keys: Iterable[str]) -> list[str]:
    return [
        f"L’identifiant « {key} » sert à {count} critères : donnez à chacun le sien."
        for key, count in Counter(keys).items()
        if count > 1
    ]


def _weight_faults(rows: Iterable[Mapping[str, object]]) -> list[str]:
    if any(row["weight"] for row in rows):
        return []
    return ["Tous les poids sont nuls : donnez à un critère au moins un poids supérieur à 0."]


def _is_whole(value: object, lowest: int, highest: int) -> bool:
    return type(value) is int and lowest <= value <= highest


def _short(value: object) -> str:
    """What was received, short enough for a sentence."""
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def total(grid: Grid, scores: Mapping[str, int | None]) -> Decimal | None:
    """The total on 20, to the hundredth (half up); None while a criterion that counts has no score.

    20 × Σ (weight × score / maximum) / Σ weight, over the criteria of the grid, computed exactly
    then rounded once. `scores`: criterion's key → score, without fault (`score_faults`).
    """
    counted = [one for one in grid.criteria if one.weight]
    got = [(one, scores.get(one.key)) for one in counted]
    parts = [Fraction(one.weight * score, one.maximum) for one, score in got if score is not None]
    if len(parts) < len(counted):
        return None
    exact = SCALE * sum(parts, Fraction(0)) / grid.weight
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return quotient.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def score_faults(grid: Grid, scores: Mapping[str, object]) -> list[str]:
    """What forbids to submit these scores, each fault named; empty when the total can be told."""
    return [*scale_faults(grid, scores), *missing_faults(grid, scores)]


def scale_faults(grid: Grid, scores: Mapping[str, object]) -> list[str]:
    """What forbids to keep them even in a draft: unknown criterion, score outside the scale."""
    known = {one.key: one for one in grid.criteria}
    faults = [
        f"Le critère « {_short(key)} » n’est pas dans la grille."
        for key in scores
        if key not in known
    ]
    for key, one in known.items():
        value = scores.get(key)
        if value is not None and not _is_whole(value, 0, one.maximum):
            faults.append(
                f"« {one.label} » (reçu : « {_short(value)} ») : donnez un nombre entier de 0 à "
                f"{one.maximum}."
            )
    return faults


def missing_faults(grid: Grid, scores: Mapping[str, object]) -> list[str]:
    """A sentence for each criterion that still has no score."""
    return [
        f"« {one.label} » n’a pas de note : donnez un nombre entier de 0 à {one.maximum}."
        for one in grid.criteria
        if scores.get(one.key) is None
    ]
