"""Correcting, withdrawing or deleting any observation flags exactly what rests on it."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.syntheses.factories import BlockFactory, FindingFactory, SynthesisFactory
from tests.syntheses.world import World, world
from traam.syntheses.models import (
    Counted,
    Evidence,
    Finding,
    PublishedFinding,
    Sought,
    Synthesis,
)
from traam.syntheses.queries.contents import content_of
from traam.syntheses.queries.evidence import stated
from traam.syntheses.rules.life import Mark
from traam.trials.models import Observation

CHANGES = ("correct", "withdraw", "delete", "keep aside", "reopen")
links = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), unique=True, max_size=12)


def linked(here: World, rows: list[tuple[int, int]]) -> list[Finding]:
    """Four findings, each stated by a synthesis of its own and counted as published."""
    findings = [FindingFactory(group=here.group) for _ in range(4)]
    for finding in findings:
        synthesis = SynthesisFactory(group=here.group, kind="academic")
        BlockFactory(synthesis=synthesis, finding=finding, mark=Mark.FINDING, text="")
        PublishedFinding.objects.create(synthesis=synthesis, finding=finding, number=1)
    for rank, (finding, observation) in enumerate(rows, start=1):
        seen = here.observations[observation]
        Evidence.objects.create(
            finding=findings[finding],
            observation=seen,
            observation_key=seen.key,
            observation_version=seen.version,
            support="supports",
            added_at=here.now,
        )
        Sought.objects.get_or_create(
            finding=findings[finding], trial=seen.trial, defaults={"added_at": here.now}
        )
        Counted.objects.create(
            published=PublishedFinding.objects.get(finding=findings[finding]),
            rank=rank,
            observation_key=seen.key,
            observation_version=seen.version,
            trial=seen.trial,
            support="supports",
        )
    return findings


def change(observation: Observation, how: str, here: World) -> None:
    """What may become of an observation once it has been read."""
    rows = Observation.objects.filter(pk=observation.pk)
    if how == "correct":
        rows.update(version=2, seen="Autre chose.")
    elif how == "withdraw":
        rows.update(withdrawn_at=here.now, reason="Mal notée.")
    elif how == "keep aside":
        rows.update(kept_at=here.now)
    elif how == "reopen":
        type(observation.trial).objects.filter(pk=observation.trial_id).update(state="at_work")
    else:
        observation.delete()


class TestAnyChange(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(rows=links, changes=st.dictionaries(st.integers(0, 5), st.sampled_from(CHANGES)))
    def test_any_change_flags_exactly_what_rests_on_it(self, rows, changes) -> None:
        here = world(teams=2, trials=3)
        findings = linked(here, rows)

        for rank, how in changes.items():
            change(here.observations[rank], how, here)

        touched = {finding for finding, observation in rows if observation in changes}
        expected = {findings[rank].pk for rank in touched}
        said = stated(findings)
        assert {key for key, one in said.items() if one.counts.stale} == expected
        assert set(Evidence.objects.stale().values_list("finding", flat=True)) == expected
        resting = Counted.objects.with_state().filter(is_stale=True)
        assert set(resting.values_list("published__finding", flat=True)) == expected
        flagged = {
            one.blocks.get().finding_id
            for one in Synthesis.objects.all()
            if any(each.is_stale for found in content_of(one).findings for each in found.evidence)
        }
        assert flagged == expected
        keys = [str(here.observations[rank].key) for rank in changes]
        stale = {
            (each.key, one.code) for one in said.values() for each in one.evidence if each.is_stale
        }
        assert stale == {
            (str(here.observations[seen].key), findings[finding].code)
            for finding, seen in rows
            if str(here.observations[seen].key) in keys
        }


@pytest.mark.django_db
def test_key_of_a_deleted_observation_is_kept_for_ever() -> None:
    here = world(teams=1, trials=1)
    finding = here.finding(0)
    key = here.observations[0].key

    here.observations[0].delete()

    assert Evidence.objects.get(finding=finding).observation_key == uuid.UUID(str(key))
    assert stated([finding])[finding.pk].counts.stale == 1
