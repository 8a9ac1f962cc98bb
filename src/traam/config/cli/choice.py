"""select: the computed choice of a file, explained. It advises; people decide."""

import json
import math
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traam.kit.refusals import Refusal

if TYPE_CHECKING:
    from traam.selection.optimiser.instance import Instance

WORDS = "calcule le choix des candidatures, le prouve et l’explique"
SECONDS = 60.0
FORMAT = """
Le fichier (JSON, UTF-8) donne les thèmes, les académies, les candidatures et les poids :
  {"themes": [{"id", "min", "max"}],
   "academies": [{"id", "max", "region", "overseas", "size"}],
   "applications": [{"id", "theme", "academy", "score", "rank", "eligible",
                     "lock": null, "in" ou "out", "continuing", "newcomer",
                     "levels": […], "school_types": […], "reviews": [notes…]}],
   "weights": {"score", "rank", "served", "region", "overseas", "newcomer", "balance"},
   "incompatible": [[id, id]…], "scale": 20}

Ce que vaut un choix, et comment les égalités sont tranchées, est écrit dans
src/traam/selection/optimiser/objective.py."""


def _seconds(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(text)
    return value


_seconds.__name__ = "seconds"


def add_commands(commands: Any) -> None:
    one = commands.add_parser("select", help=WORDS, description=WORDS, epilog=FORMAT)
    one.add_argument(
        "--instance", type=Path, required=True, metavar="FICHIER", help="ce qui est à choisir"
    )
    one.add_argument("--json", action="store_true", help="écrit le choix en JSON")
    one.add_argument(
        "--seconds",
        type=_seconds,
        default=SECONDS,
        metavar="S",
        help=f"temps de calcul par question posée au solveur ({SECONDS:g})",
    )
    one.set_defaults(run=select, needs_django=False, takes_rest=False)


def select(options: Namespace, _rest: list[str]) -> int:
    from traam.selection.optimiser import wording, writing  # noqa: PLC0415 (the solver is heavy)
    from traam.selection.optimiser.explain import explain  # noqa: PLC0415 (idem)
    from traam.selection.optimiser.solve import solved  # noqa: PLC0415 (idem)

    instance = _instance(options.instance)
    done = solved(instance, seconds=options.seconds)
    explanation = explain(done)
    if options.json:
        data = writing.choice_data(instance=instance, choice=done.choice, explanation=explanation)
        print(json.dumps(data, ensure_ascii=False, indent=1))  # noqa: T201 (the result)
        return 0
    lines = wording.summary(instance=instance, choice=done.choice, explanation=explanation)
    print("\n".join(lines))  # noqa: T201 (the result)
    return 0


def _instance(path: Path) -> "Instance":
    from traam.selection.optimiser.reading import parse  # noqa: PLC0415 (idem)

    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refusal(f"Le fichier « {path} » ne se lit pas : {error.strerror}.") from None
    return parse(content)
