"""What findings rest on: the trials where they were sought, the observations, what is stale."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, Value, When

from traam.syntheses.models import Evidence, Finding, Sought
from traam.syntheses.models.finding import STALE
from traam.syntheses.rules.content import Cited, Stated
from traam.syntheses.rules.counts import Proof, SoughtIn, counts
from traam.syntheses.rules.life import FindingKind, Support
from traam.trials.rules.life import TrialState

GONE = 0  # the trial of a deleted observation: none


def with_state(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """With `is_stale`: must it be read again?"""
    return rows.annotate(
        is_stale=Case(
            When(STALE, then=Value(True)),  # noqa: FBT003 (SQL's own)
            default=Value(False),  # noqa: FBT003
            output_field=BooleanField(),
        )
    )


def stated(findings: Collection[Finding]) -> dict[int, Stated]:
    """By key, each finding with its counts and evidence: two queries for all."""
    keys = [one.pk for one in findings]
    trials, proofs = _trials(keys), _proofs(keys)
    return {
        one.pk: Stated(
            code=one.code,
            kind=FindingKind(one.kind),
            text=one.text,
            scope=one.scope,
            counts=counts(
                trials=trials[one.pk],
                proofs=[each.proof for each in proofs[one.pk]],
                author=one.created_by_id,
            ),
            evidence=tuple(each.cited for each in proofs[one.pk]),
        )
        for one in findings
    }


@dataclass(frozen=True, slots=True)
class _Row:
    proof: Proof
    cited: Cited


def _proofs(keys: Collection[int]) -> dict[int, list[_Row]]:
    rows = with_state(Evidence.objects.filter(finding__in=keys)).order_by("added_at", "pk")
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    for finding, trial, key, version, effect, is_stale in rows.values_list(
        *("finding", "observation__trial", "observation_key", "observation_version"),
        *("support", "is_stale"),
    ):
        support = Support(effect)
        found[finding].append(
            _Row(
                Proof(trial or GONE, support, is_stale),
                Cited(str(key), version, support, is_stale),
            )
        )
    return found


def _trials(keys: Collection[int]) -> dict[int, list[SoughtIn]]:
    rows = Sought.objects.filter(finding__in=keys).values_list(
        *("finding", "trial", "trial__team__academy__code", "trial__team__participant"),
        *("trial__state", "trial__cross_test", "trial__teacher"),
        "trial__production__authors__person",  # a row for each who writes it
    )
    writers: defaultdict[tuple[Any, ...], set[int]] = defaultdict(set)
    for *one, writer in rows.order_by("pk"):
        writers[tuple(one)] |= {writer} - {None}
    found: defaultdict[int, list[SoughtIn]] = defaultdict(list)
    for (
        finding,
        trial,
        academy,
        participant,
        state,
        cross_test,
        teacher,
    ), people in writers.items():
        found[finding].append(
            SoughtIn(
                trial=trial,
                academy=academy or participant,
                is_closed=state == TrialState.CLOSED,
                is_abandoned=state == TrialState.ABANDONED,
                is_cross_test=cross_test is not None,
                teacher=teacher,
                writers=frozenset(people),
            )
        )
    return found
