"""Instances for the tests of the computed choice: made by hand, or drawn with every rule."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from traam.selection.optimiser import objective
from traam.selection.optimiser.constraints import broken
from traam.selection.optimiser.instance import (
    Academy,
    Application,
    Id,
    Instance,
    LockKind,
    Theme,
    Weights,
)

LEVELS = ("C3", "C4", "2de")
SCHOOL_TYPES = ("CLG", "LGT", "LP")


def made(*rows: dict[str, Any], **others: Any) -> Instance:
    """An instance of these applications; themes T and U, academies A, B, C without limits."""
    applications = tuple(
        Application(**({"theme": "T", "academy": "A", "score": 10.0, "rank": 1} | row))
        for row in rows
    )
    given = {
        "themes": (Theme(id="T"), Theme(id="U")),
        "academies": tuple(Academy(id=name) for name in "ABC"),
        "weights": Weights(),
    }
    return Instance(applications=applications, **(given | others))


def drawn(seed: int) -> Instance:
    """At most 8 applications, tight limits, scores in halves so that ties abound; any rule may be
    there, any weight may be zero."""
    draw = random.Random(seed)
    themes = [f"t{number}" for number in range(draw.randint(1, 3))]
    academies = [f"a{number}" for number in range(draw.randint(1, 4))]
    rows = tuple(
        _application(draw, f"c{number}", draw.choice(themes), draw.choice(academies))
        for number in range(draw.randint(1, 8))
    )
    pairs = [draw.sample([row.id for row in rows], 2) for _ in range(2) if len(rows) > 1]
    return Instance(
        themes=tuple(_theme(draw, name) for name in themes),
        academies=tuple(_academy(draw, name) for name in academies),
        applications=rows,
        weights=_weights(draw),
        incompatible=tuple((one, other) for one, other in pairs if draw.random() < 0.3),
    )


def _theme(draw: random.Random, name: str) -> Theme:
    minimum = draw.choice([0, 0, 0, 1, 2])
    return Theme(id=name, minimum=minimum, maximum=draw.choice([None, minimum, minimum + 1]))


def _academy(draw: random.Random, name: str) -> Academy:
    return Academy(
        id=name,
        maximum=draw.choice([None, 1, 1, 2, 3]),
        region=draw.choice([None, "r0", "r1"]),
        overseas=draw.random() < 0.3,
    )


def _application(draw: random.Random, name: str, theme: str, academy: str) -> Application:
    return Application(
        id=name,
        theme=theme,
        academy=academy,
        score=draw.choice([draw.randint(0, 40), draw.randint(18, 22)]) / 2,
        rank=draw.randint(1, 4),
        eligible=draw.random() < 0.9,
        lock=draw.choice([None] * 12 + [LockKind.IN, LockKind.OUT]),
        continuing=draw.random() < 0.05,
        newcomer=draw.random() < 0.3,
        levels=tuple(draw.sample(LEVELS, draw.randint(0, 2))),
        school_types=tuple(draw.sample(SCHOOL_TYPES, draw.randint(0, 2))),
        reviews=tuple(draw.randint(0, 40) / 2 for _ in range(draw.randint(0, 3))),
    )


def _weights(draw: random.Random) -> Weights:
    def weight() -> float:
        return draw.choice([0.0, 0.0, 0.5, 1.0, 2.5, 7.0, 20.0])

    others = ("rank", "served", "region", "overseas", "newcomer", "balance")
    score = draw.choice([0.0, 0.5, 1.0, 1.0, 1.0])
    if draw.random() < 0.3:
        return Weights(score=score)
    return Weights(score=score, **{name: weight() for name in others})


def choices(instance: Instance) -> Iterator[frozenset[Id]]:
    """Every choice that keeps the hard rules."""
    identifiers = [row.id for row in instance.applications]
    for count in range(len(identifiers) + 1):
        for kept in itertools.combinations(identifiers, count):
            if not broken(instance, kept):
                yield frozenset(kept)


def best(instance: Instance) -> frozenset[Id] | None:
    """The choice by the definition alone: all are tried; ties by the marks. None: there is none."""
    worth = {kept: objective.value(instance, kept) for kept in choices(instance)}
    if not worth:
        return None
    greatest = max(worth.values())
    floor = greatest - objective.tolerance(greatest)
    return max((kept for kept, value in worth.items() if value >= floor), key=marks)


def marks(kept: frozenset[Id]) -> float:
    return sum(objective.mark(one) for one in kept)


def with_row(instance: Instance, identifier: Id, **changes: Any) -> Instance:
    """The instance with one application changed."""
    rows = tuple(
        replace(row, **changes) if row.id == identifier else row for row in instance.applications
    )
    return replace(instance, applications=rows)
