"""select: the computed choice of a file or of a campaign, explained. It advises; people decide."""

import json
import math
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traam.kit.refusals import Refusal

if TYPE_CHECKING:
    from traam.campaigns.models import Campaign
    from traam.selection.optimiser.explain import Explanation
    from traam.selection.optimiser.instance import Instance
    from traam.selection.optimiser.solve import Choice
    from traam.selection.optimiser.wording import Names

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
    what = one.add_mutually_exclusive_group(required=True)
    what.add_argument("--instance", type=Path, metavar="FICHIER", help="ce qui est à choisir")
    what.add_argument("--campaign", metavar="ANNÉES", help="une campagne à l’étude : 2026-2027")
    one.add_argument(
        "--keep", metavar="NOM", help="garde le choix de la campagne comme variante, sous ce nom"
    )
    one.add_argument("--json", action="store_true", help="écrit le choix en JSON")
    one.add_argument(
        "--seconds",
        type=_seconds,
        default=SECONDS,
        metavar="S",
        help=f"temps de calcul par question posée au solveur ({SECONDS:g})",
    )
    one.set_defaults(run=select, needs_django=False, takes_rest=False, refuse=one.error)


def select(options: Namespace, _rest: list[str]) -> int:
    if options.campaign:
        return _of_campaign(options)
    if options.keep is not None:
        options.refuse("--keep demande --campaign")
    from traam.selection.optimiser.explain import explain  # noqa: PLC0415 (the solver is heavy)
    from traam.selection.optimiser.solve import solved  # noqa: PLC0415 (idem)
    from traam.selection.optimiser.wording import BY_ID  # noqa: PLC0415 (idem)

    instance = _instance(options.instance)
    done = solved(instance, seconds=options.seconds)
    return _say(instance, done.choice, explain(done), BY_ID, as_json=options.json)


def _of_campaign(options: Namespace) -> int:
    """The choice of a campaign as it stands now; nothing is written, unless it is kept."""
    import django  # noqa: PLC0415 (a file needs neither settings nor data)

    django.setup()
    from traam.config.cli.data import prepared  # noqa: PLC0415 (Django is set up above)
    from traam.selection import actions  # noqa: PLC0415 (idem)
    from traam.selection.queries.instance import gathered  # noqa: PLC0415 (idem)
    from traam.selection.queries.variants import reading  # noqa: PLC0415 (idem)

    now = prepared()
    campaign = _campaign(options.campaign)
    if options.keep is not None:
        variant = actions.compute(
            campaign=campaign, name=options.keep, now=now, actor=None, seconds=options.seconds
        )
        made = reading(variant)
    else:
        made = actions.computed(campaign=campaign, seconds=options.seconds)
    names = gathered(campaign=campaign).names()
    return _say(made.instance, made.choice, made.explanation, names, as_json=options.json)


def _campaign(year: str) -> "Campaign":
    from traam.campaigns.models import Campaign  # noqa: PLC0415 (Django is set up by the caller)
    from traam.campaigns.rules.life import CALL_CLOSED_ON  # noqa: PLC0415 (idem)

    rows = Campaign.objects.prepared().filter(state__in=sorted(CALL_CLOSED_ON))
    found = rows.filter(year=year).first()
    if found is None:
        known = ", ".join(f"« {one.year} »" for one in rows.latest_first()) or "aucune"
        raise Refusal(f"La campagne « {year} » n’est pas à l’étude (à l’étude : {known}).")
    return found


def _say(
    instance: "Instance",
    choice: "Choice",
    explanation: "Explanation",
    names: "Names",
    *,
    as_json: bool,
) -> int:
    from traam.selection.optimiser import wording, writing  # noqa: PLC0415 (the solver is heavy)

    if as_json:
        data = writing.choice_data(
            instance=instance, choice=choice, explanation=explanation, names=names
        )
        print(json.dumps(data, ensure_ascii=False, indent=1))  # noqa: T201 (the result)
        return 0
    lines = wording.summary(instance=instance, choice=choice, explanation=explanation, names=names)
    print("\n".join(lines))  # noqa: T201 (the result)
    return 0


def _instance(path: Path) -> "Instance":
    from traam.selection.optimiser.reading import parse  # noqa: PLC0415 (idem)

    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refusal(f"Le fichier « {path} » ne se lit pas : {error.strerror}.") from None
    return parse(content)
