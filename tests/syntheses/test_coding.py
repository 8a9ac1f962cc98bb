"""Observations support, qualify or contradict findings; the counts follow, and equal plain SQL."""

import pytest
from django.db import connection

from tests.syntheses.world import referent, world
from traam.kit.refusals import NotAllowed, Refusal
from traam.syntheses import actions
from traam.syntheses.models import Evidence, Sought
from traam.syntheses.queries.evidence import stated
from traam.syntheses.rules.life import FindingKind, Support, SynthesisState

pytestmark = pytest.mark.django_db

COUNTS = """
SELECT
  COUNT(DISTINCT CASE WHEN e.support = 'supports' THEN t.id END),
  (SELECT COUNT(*) FROM syntheses_sought s JOIN trials_trial st ON st.id = s.trial_id
    WHERE s.finding_id = f.id AND st.state = 'closed'),
  COUNT(DISTINCT CASE WHEN e.support = 'supports' THEN g.academy_id END),
  COUNT(DISTINCT CASE WHEN e.support = 'supports' AND x.id IS NOT NULL THEN t.id END),
  COUNT(DISTINCT CASE WHEN e.support = 'contradicts' THEN t.id END),
  (SELECT COUNT(*) FROM syntheses_sought s JOIN trials_trial st ON st.id = s.trial_id
    WHERE s.finding_id = f.id AND st.state = 'abandoned')
FROM syntheses_finding f
LEFT JOIN syntheses_evidence e ON e.finding_id = f.id
LEFT JOIN trials_observation o ON o.id = e.observation_id AND o.version = e.observation_version
  AND o.withdrawn_at IS NULL AND o.kept_at IS NULL
LEFT JOIN trials_trial t ON t.id = o.trial_id AND t.state = 'closed'
LEFT JOIN groups_team g ON g.id = t.team_id
LEFT JOIN trials_crosstest x ON x.trial_id = t.id
WHERE f.id = %s
GROUP BY f.id
"""


def by_sql(finding) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [finding.pk])
        return cursor.fetchone()


def counted(finding) -> tuple[int, ...]:
    found = stated([finding])[finding.pk].counts
    return (
        *(found.seen, found.sought, found.academies, found.cross_tests),
        *(found.contrary, found.abandoned),
    )


def test_counts_equal_an_independent_sql() -> None:
    here = world(teams=3, trials=3, cross_tests=2)
    finding = here.finding(0, 1, 3, 4, 6, contrary=(7,), sought=9)
    here.trials[8].state, here.trials[8].reason = "abandoned", "La classe a déménagé."
    here.trials[8].save(update_fields=["state", "reason"])
    here.observations[0].version = 2
    here.observations[0].save(update_fields=["version"])

    assert counted(finding) == by_sql(finding) == (4, 8, 3, 1, 1, 1)


def test_coding_says_that_the_finding_was_sought_there() -> None:
    here = world(teams=1, trials=1)

    finding = here.finding(0)

    assert list(Sought.objects.values_list("finding", "trial")) == [(finding.pk, here.trials[0].pk)]


def test_coding_twice_is_once_and_changing_ones_mind_replaces() -> None:
    here = world(teams=1, trials=1)
    finding = here.finding(0)
    given = {"finding": finding, "observation": here.observations[0], "now": here.now}

    actions.code(**given, support=Support.SUPPORTS, actor=here.expert)
    actions.code(**given, support=Support.CONTRADICTS, note="Relu.", actor=here.expert)

    assert list(Evidence.objects.values_list("support", "note")) == [("contradicts", "Relu.")]


@pytest.mark.parametrize("state", ["planned", "at_work", "abandoned"])
def test_observation_of_a_trial_that_is_not_closed_is_no_evidence(state) -> None:
    here = world(teams=1, trials=1)
    finding = here.finding()
    type(here.trials[0]).objects.update(state=state, reason="Rien.")

    with pytest.raises(Refusal, match="doit être clos"):
        actions.code(
            finding=finding,
            observation=here.observations[0],
            support=Support.SUPPORTS,
            now=here.now,
            actor=here.expert,
        )


def test_observation_of_another_group_is_no_evidence() -> None:
    here, there = world(teams=1, trials=1), world(teams=1, trials=1)

    with pytest.raises(Refusal, match="relever de ce groupe"):
        actions.code(
            finding=here.finding(),
            observation=there.observations[0],
            support=Support.SUPPORTS,
            now=here.now,
            actor=here.expert,
        )


def test_only_experts_and_referents_of_the_group_code() -> None:
    here, there = world(teams=1, trials=1), world(teams=1, trials=1)
    given = {
        "group": here.group,
        "kind": FindingKind.LEVER,
        "text": "Une grille commune aide.",
        "now": here.now,
    }

    actions.write_finding(**given, actor=referent(here.teams[0]))
    for actor in (here.inspection, there.expert, referent(there.teams[0])):
        with pytest.raises(NotAllowed):
            actions.write_finding(**given, actor=actor)


def test_trial_stays_sought_until_no_observation_of_it_is_evidence() -> None:
    here = world(teams=1, trials=2)
    finding = here.finding(0, sought=2)
    given = {"finding": finding, "trial": here.trials[0], "now": here.now, "actor": here.expert}

    with pytest.raises(Refusal, match="retirez-la d’abord"):
        actions.unseek(**given)
    actions.uncode(evidence=Evidence.objects.get(), now=here.now, actor=here.expert)
    actions.unseek(**given)

    assert counted(finding) == (0, 1, 0, 0, 0, 0)


def test_reading_again_takes_the_present_version() -> None:
    here = world(teams=1, trials=1)
    finding = here.finding(0)
    here.observations[0].version = 4
    here.observations[0].save(update_fields=["version"])

    actions.read_again(evidence=Evidence.objects.get(), now=here.now, actor=here.expert)

    assert Evidence.objects.get().observation_version == 4
    assert stated([finding])[finding.pk].counts.stale == 0


def test_finding_is_one_sentence() -> None:
    here = world(teams=1, trials=1)

    with pytest.raises(Refusal, match="tient en une phrase"):
        here.finding(text="Comparer aide. Et cela plaît.")


def test_finding_amended_meanwhile_shows_what_it_says_now() -> None:
    here = world(teams=1, trials=1)
    finding = here.finding(0)
    given = {"kind": FindingKind.LEVER, "scope": "", "now": here.now, "actor": here.expert}
    actions.amend_finding(finding=finding, text="Premier.", version=1, **given)

    with pytest.raises(Refusal, match=r"Il dit maintenant : « Premier\. »"):
        actions.amend_finding(finding=finding, text="Second.", version=1, **given)


def test_finding_that_a_synthesis_states_is_not_withdrawn() -> None:
    here = world(teams=1, trials=1)
    finding, free = here.finding(0), here.finding(0)
    here.synthesis(finding)
    given = {"reason": "Redit un autre.", "now": here.now, "actor": here.expert}

    with pytest.raises(Refusal, match="« Mesurer à plusieurs »"):
        actions.withdraw_finding(finding=finding, **given)
    withdrawn = actions.withdraw_finding(finding=free, **given)
    assert withdrawn.withdrawn_at == here.now
    restored = actions.restore_finding(finding=free, **(given | {"reason": "Il dit autre chose."}))
    assert (restored.withdrawn_at, restored.reason) == (None, "Il dit autre chose.")


@pytest.mark.parametrize("change", ["code", "uncode", "seek", "amend"])
def test_change_of_a_finding_reopens_what_was_signed_and_voids_signatures(change) -> None:
    here = world(teams=2, trials=3)
    finding = here.finding(0, 3)
    synthesis = here.signed(here.synthesis(finding))
    who = {"now": here.now, "actor": here.expert}

    if change == "code":
        given = {"observation": here.observations[1], "support": Support.QUALIFIES}
        actions.code(finding=finding, **given, **who)
    elif change == "uncode":
        actions.uncode(evidence=Evidence.objects.order_by("pk").first(), **who)
    elif change == "seek":
        actions.seek(finding=finding, trials=here.trials, **who)
    else:
        given = {"kind": finding.kind, "text": "Autre.", "scope": "", "version": 1}
        actions.amend_finding(finding=finding, **given, **who)

    synthesis.refresh_from_db()
    assert synthesis.state == SynthesisState.CORRECTIONS_ASKED
    assert synthesis.digest == ""
    assert not synthesis.signatures.filter(voided_at=None).exists()
