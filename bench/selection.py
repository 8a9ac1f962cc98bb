"""The computed choice: processor time to a proven optimum, beside the greedy choice it improves on.

A size is academies × themes. Every academy answers so many themes, ranked at random, and works on
so many at most (its cap); every theme has so many seats. Scores are in halves, so that ties abound;
one application in twenty is not eligible, one in a hundred is locked in, one in fifty locked out,
one pair in fifty applications is incompatible; all the soft rules weigh. Three seeds, the worst of
the three is kept. Goals: 0.5, 2 and 10 s of processor; memory linear. What a price costs (one
application forced in, solved again) is the median of thirty. Floor: the greedy choice, by score.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from traam.selection.optimiser import objective
from traam.selection.optimiser.constraints import broken
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.explain import price
from traam.selection.optimiser.greedy import greedy
from traam.selection.optimiser.instance import (
    Academy,
    Application,
    Instance,
    LockKind,
    Theme,
    Weights,
)
from traam.selection.optimiser.solve import solved

SEEDS = (1, 2, 3)
PRICES = 30
WEIGHTS = Weights(score=1, rank=2, served=10, region=5, overseas=3, newcomer=1, balance=2)
LEVELS = ("cycle 3", "cycle 4", "2de", "1re", "Tle")
SCHOOL_TYPES = ("CLG", "CLG", "CLG", "LGT", "LGT", "LP")


@dataclass(frozen=True)
class Size:
    """`answers`: themes that an academy answers; `cap`: those it may work on; `goal` in seconds."""

    academies: int
    themes: int
    answers: int
    cap: int
    seats: int
    goal: float

    def __str__(self) -> str:
        return f"{self.academies} × {self.themes}"


SIZES = (
    Size(academies=30, themes=40, answers=15, cap=4, seats=4, goal=0.5),
    Size(academies=30, themes=200, answers=60, cap=15, seats=3, goal=2),
    Size(academies=300, themes=1000, answers=20, cap=10, seats=4, goal=10),
)
TINY = Size(academies=3, themes=3, answers=2, cap=2, seats=2, goal=1)


def run(*, large: bool) -> dict[str, float]:
    solved(_instance(SIZES[0], 0))  # what opens once
    figures: dict[str, float] = {}
    for size in SIZES:
        figures |= _figures(size)
    *_, middling, great = (figures[f"{size}, memory, ko by application"] for size in SIZES)
    return figures | {
        "memory by application, last size / the one before": round(great / middling, 2)
    }


def _figures(size: Size) -> dict[str, float]:
    tries = [_try(_instance(size, seed)) for seed in SEEDS]
    spent = max(one["proof"] for one in tries)
    instance, memory = _instance(size, SEEDS[0]), _memory(size)
    return {
        f"{size}, applications": len(instance.applications),
        f"{size}, seats": size.seats,
        f"{size}, cap": size.cap,
        f"{size}, choices": size.answers,
        f"{size}, retained": tries[0]["retained"],
        f"{size}, proven, s of CPU, worst of 3": round(spent, 3),
        f"{size}, proven / goal of {size.goal:g} s": round(spent / size.goal, 3),
        f"{size}, memory, Mo": round(memory, 1),
        f"{size}, memory, ko by application": round(1000 * memory / len(instance.applications), 1),
        f"{size}, a price, ms of CPU": _price(instance),
        f"{size}, greedy, ms of CPU": round(1000 * max(one["greedy"] for one in tries), 2),
        f"{size}, proven / greedy, CPU": round(spent / max(one["greedy"] for one in tries), 1),
        f"{size}, greedy's loss, points, mean": round(_mean(tries, "loss"), 1),
        f"{size}, greedy's loss, % of the optimum": round(_mean(tries, "share"), 2),
        f"{size}, greedy's loss on scores alone, %": round(_mean(tries, "share alone"), 2),
        f"{size}, greedy breaks a rule, of 3": sum(one["broken"] for one in tries),
    }


def _mean(tries: list[dict[str, float]], name: str) -> float:
    return statistics.fmean(one[name] for one in tries)


def _try(instance: Instance) -> dict[str, float]:
    start = time.process_time()
    choice = solved(instance).choice
    proof = time.process_time() - start
    assert choice.status is ChoiceStatus.OPTIMAL
    assert choice.objective is not None
    assert not broken(instance, choice.retained)
    start = time.process_time()
    greedy(instance)
    by_hand = time.process_time() - start
    loss, share, is_broken = _loss(instance)
    return {
        "proof": proof,
        "greedy": by_hand,
        "retained": len(choice.retained),
        "loss": loss,
        "share": share,
        "share alone": _loss(instance.with_scores_alone())[1],
        "broken": is_broken,
    }


def _loss(instance: Instance) -> tuple[float, float, bool]:
    """Points and percent that the greedy choice loses. Where it breaks a rule, it is
    measured without the minima, against an optimum that keeps them."""
    kept = greedy(instance)
    is_broken = kept is None
    if kept is None:
        themes = tuple(replace(theme, minimum=0) for theme in instance.themes)
        kept = greedy(replace(instance, themes=themes))
    optimum = solved(instance).choice.objective
    assert kept is not None
    assert optimum is not None
    loss = optimum - objective.value(instance, kept)
    return loss, 100 * loss / optimum, is_broken


def _memory(size: Size) -> float:
    """What solving adds to the most that a process of its own holds, HiGHS included, in Mo."""
    return max(0.1, _peak(size, "solved") - _peak(size, "greedy"))


def _peak(size: Size, name: str) -> float:
    lines = (
        "import re, pathlib",
        "from bench import selection as s",
        "s.solved(s._instance(s.TINY, 1))",  # what opens once
        f"s.{name}(s._instance(s.SIZES[{SIZES.index(size)}], {SEEDS[0]}))",
        r"print(re.search(r'VmHWM:\s+(\d+)', pathlib.Path('/proc/self/status').read_text())[1])",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        check=True,
    )
    return int(done.stdout) / 1000


def _price(instance: Instance) -> float:
    """Milliseconds to force one application in, and to find whom it displaces."""
    done, spent = solved(instance), []
    kept = set(done.choice.retained)
    waiting = [row for row in instance.applications if row.is_open and row.id not in kept]
    for row in random.Random("prices").sample(waiting, PRICES):
        start = time.process_time()
        price(done, row.id)
        spent.append(time.process_time() - start)
    return round(1000 * statistics.median(spent), 1)


def _instance(size: Size, seed: int) -> Instance:
    draw = random.Random(f"{size} {seed}")
    rows = tuple(
        _application(draw, academy, theme, rank)
        for academy in range(size.academies)
        for rank, theme in enumerate(draw.sample(range(size.themes), size.answers), 1)
    )
    rows = tuple(_first_locked(draw, rows, size))
    able = Counter(row.theme for row in rows if row.is_open)
    pairs = [draw.sample(rows, 2) for _ in range(len(rows) // 50)]
    return Instance(
        themes=tuple(
            Theme(id=f"t{theme}", minimum=min(1, able[f"t{theme}"] // 3), maximum=size.seats)
            for theme in range(size.themes)
        ),
        academies=tuple(
            Academy(
                id=f"a{academy}",
                maximum=size.cap,
                region=f"r{academy * 18 // size.academies}",
                overseas=academy % 6 == 0,
            )
            for academy in range(size.academies)
        ),
        applications=rows,
        weights=WEIGHTS,
        incompatible=tuple((one.id, other.id) for one, other in pairs if not _imposed(one, other)),
    )


def _imposed(one: Application, other: Application) -> bool:
    return one.is_imposed and other.is_imposed


def _first_locked(
    draw: random.Random, rows: tuple[Application, ...], size: Size
) -> Iterator[Application]:
    """Locks that never contradict each other: one in for an academy and a theme at most."""
    academies: set[object] = set()
    themes: set[object] = set()
    for row in rows:
        chance = draw.random()
        if (
            row.eligible
            and chance < 0.01
            and row.academy not in academies
            and row.theme not in themes
        ):
            academies.add(row.academy)
            themes.add(row.theme)
            yield replace(row, lock=LockKind.IN)
        elif chance > 0.98:
            yield replace(row, lock=LockKind.OUT)
        else:
            yield row


def _application(draw: random.Random, academy: int, theme: int, rank: int) -> Application:
    return Application(
        id=f"c{academy}-{theme}",
        theme=f"t{theme}",
        academy=f"a{academy}",
        score=round(2 * min(20, max(0, draw.gauss(12, 3)))) / 2,
        rank=rank,
        eligible=draw.random() > 0.05,
        newcomer=draw.random() < 0.2,
        levels=tuple(draw.sample(LEVELS, draw.randint(1, 2))),
        school_types=(draw.choice(SCHOOL_TYPES),),
    )
