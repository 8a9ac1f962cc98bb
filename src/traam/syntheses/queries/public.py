"""What a publication counts and may show: observations with their context, classes by cycle."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from traam.kit.clock import PARIS
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary
from traam.syntheses.models import Counted, Evidence, Finding, Sought, Synthesis
from traam.syntheses.models.finding import STALE
from traam.syntheses.rules.anonymity import Context, View
from traam.syntheses.rules.life import Support, SynthesisState
from traam.trials.models import Observation
from traam.trials.rules.life import TrialState

OTHER = "autres niveaux"  # a level of no cycle, or not known


@dataclass(frozen=True, slots=True)
class Behind:
    """An observation behind a finding: what it does, at which version, where it was made."""

    context: Context
    version: int
    support: Support


def cycle_of(level: str, words: Vocabulary) -> str:
    """The code of the cycle of a level, "" where it has none."""
    facts = words.facts(scheme="levels", code=level)
    return str(facts.facts.get("cycle", "")) if facts is not None else ""


def behind(findings: Collection[Finding]) -> dict[int, list[Behind]]:
    """By finding (its key), the standing observations it rests on, in the order they were coded."""
    words = vocabulary()
    rows = Evidence.objects.filter(finding__in=findings).exclude(STALE)
    found: defaultdict[int, list[Behind]] = defaultdict(list)
    trial = "observation__trial"
    for row in rows.order_by("added_at", "pk").values_list(
        *("finding", "observation_key", "observation_version", "support"),
        *(trial, f"{trial}__team__academy__code", f"{trial}__team__academy__region__code"),
        *(f"{trial}__team__participant", f"{trial}__level", f"{trial}__discipline"),
        *(f"{trial}__school_type", "observation__seen_at"),
    ):
        finding, key, version, support, number, academy, region, participant = row[:8]
        level, discipline, school_type, seen_at = row[8:]
        context = Context(
            observation=str(key),
            trial=number,
            academy=academy or participant,
            region=region or "",
            level=level,
            cycle=cycle_of(level, words),
            discipline=discipline,
            school_type=school_type,
            month=seen_at.astimezone(PARIS).strftime("%Y-%m"),
        )
        found[finding].append(Behind(context, version, Support(support)))
    return found


def shown_elsewhere(synthesis: Synthesis) -> dict[str, View]:
    """By observation, the description that it bears already on the pages of other syntheses."""
    rows = Counted.objects.exclude(published__synthesis=synthesis).filter(
        view__isnull=False, published__synthesis__state=SynthesisState.PUBLISHED
    )
    pairs = rows.order_by("pk").values_list("observation_key", "view")
    return {str(key): View(**view) for key, view in pairs}


def classes_behind(findings: Collection[Finding]) -> int:
    """How many closed trials these findings were sought in, together."""
    rows = Sought.objects.filter(finding__in=findings, trial__state=TrialState.CLOSED)
    return rows.values("trial").distinct().count()


def by_cycle(findings: Collection[Finding]) -> dict[int, dict[str, tuple[int, int]]]:
    """By finding, by cycle (its label): in how many classes it was seen, and sought."""
    words = vocabulary()
    rows = Sought.objects.filter(finding__in=findings, trial__state=TrialState.CLOSED)
    seen = set(
        Evidence.objects.filter(finding__in=findings, support=Support.SUPPORTS)
        .exclude(STALE)
        .values_list("finding", "observation__trial")
    )
    found: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for finding, trial, level in rows.order_by("pk").values_list(
        "finding", "trial", "trial__level"
    ):
        label = label_of("cycles", cycle_of(level, words), words) or OTHER
        before = found[finding].get(label, (0, 0))
        found[finding][label] = (before[0] + ((finding, trial) in seen), before[1] + 1)
    return found


def label_of(scheme: str, code: str, words: Vocabulary) -> str:
    """The label of a code; "" for none, the code itself where the vocabulary has forgotten it."""
    term = words.term(scheme=scheme, code=code) if code else None
    return term.label if term is not None else code


def texts_of(keys: Collection[str]) -> dict[str, tuple[int, str]]:
    """By observation, its present version and its words, of those that a person has proof-read and
    that still stand."""
    rows = Observation.objects.standing().filter(
        key__in=[uuid.UUID(key) for key in keys],
        proofread_at__isnull=False,
        kept_at=None,
        trial__state=TrialState.CLOSED,
    )
    found = rows.order_by("pk").values_list("key", "version", "seen")
    return {str(key): (version, seen) for key, version, seen in found}
