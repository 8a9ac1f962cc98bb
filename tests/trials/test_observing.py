"""Observations: noted once, kept when they come too late, put right, proof-read, with pictures."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from tests.trials.factories import ObservationFactory
from tests.trials.setting import LATER, NOW, SEEN, seen, setting
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message
from traam.trials import actions
from traam.trials.models import Indicator, Observation, Session, Sight, Trial
from traam.trials.rules.life import Observer, Outcome, TrialState

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=1)


def noted(place, actor=None, key=KEY, **more):
    who = actor or place.teacher
    return actions.note(trial=place.trial, noted=seen(**more), key=key, now=NOW, actor=who)


def test_first_observation_stops_the_protocol_and_records_its_session() -> None:
    place = setting()

    made = noted(place, location="salle 12")

    trial = Trial.objects.get()
    assert (trial.state, trial.protocol_at) == (TrialState.AT_WORK, NOW)
    assert (made.session.held_on, made.session.location) == (NOW.date(), "salle 12")
    assert [(one.indicator.key, one.outcome) for one in Sight.objects.order_by("pk")] == [
        ("i1", "seen"),
        ("i2", "contrary"),
    ]


def test_what_is_not_said_of_an_indicator_was_not_sought() -> None:
    place = setting()

    made = noted(place, outcomes={"i2": Outcome.NOT_SEEN})

    assert {one.indicator.key: one.outcome for one in made.sights.all()} == {
        "i1": "not_sought",
        "i2": "not_seen",
    }


def test_two_observations_of_a_day_share_its_session() -> None:
    place = setting()

    noted(place)
    noted(place, key=uuid.UUID(int=2))

    assert Session.objects.count() == 1


def test_same_key_twice_is_one_observation_and_one_message() -> None:
    place = setting()

    first, again = noted(place, place.colleague), noted(place, place.colleague)

    assert first.pk == again.pk
    assert Observation.objects.count() == 1
    assert Message.objects.filter(kind="trials/observation_noted").count() == 1
    assert Entry.objects.filter(verb="observation.note").count() == 1


def test_key_of_another_person_is_refused() -> None:
    place = setting()
    noted(place)

    with pytest.raises(Refusal, match="déjà celle d’une autre"):
        noted(place, place.colleague)


def test_colleague_then_inspector_note_in_the_trial_and_its_teacher_is_told() -> None:
    place = setting(at_work=True)

    by_colleague = noted(place, place.colleague, observer=Observer.NEARBY)
    by_inspector = noted(place, place.inspector, key=uuid.UUID(int=2), observer=Observer.INSPECTOR)

    assert (by_colleague.observer, by_inspector.observer) == ("nearby", "inspector")
    told = Message.objects.values_list("to", flat=True)
    assert list(told) == [place.teacher.person] * 2


@pytest.mark.parametrize("who", ["expert", "neighbour", "stranger"])
def test_others_note_nothing(who) -> None:
    place = setting(at_work=True)

    with pytest.raises(NotAllowed):
        noted(place, getattr(place, who))


@pytest.mark.parametrize("state", ["closed", "abandoned"])
def test_observation_of_an_ended_trial_is_kept_then_taken_with_reopening(state) -> None:
    ended = {"closed": True} if state == "closed" else {"state": state, "reason": "La classe."}
    place = setting(**ended)

    made = noted(place)
    assert (made.kept_at, made.session) == (NOW, None)
    assert Observation.objects.all().counted().count() == 0
    with pytest.raises(Refusal, match="motif"):
        actions.take(observation=made, reason="", now=LATER, actor=place.teacher)
    taken = actions.take(
        observation=made, reason="Elle était juste.", now=LATER, actor=place.teacher
    )

    assert (taken.kept_at, taken.session.held_on) == (None, NOW.date())
    assert Trial.objects.get().state == TrialState.AT_WORK
    assert Observation.objects.all().counted().count() == 1
    assert actions.take(observation=taken, reason="", now=LATER, actor=place.teacher) == taken


def test_observation_of_an_unready_trial_is_kept_until_its_protocol_is_complete() -> None:
    place = setting(indicators=1, hypothesis="")

    made = noted(place, outcomes={})
    with pytest.raises(Refusal, match="hypothèse"):
        actions.take(observation=made, reason="", now=LATER, actor=place.teacher)
    Trial.objects.update(hypothesis="Comparer aide.")
    actions.take(observation=made, reason="", now=LATER, actor=place.teacher)

    assert Trial.objects.get().state == TrialState.AT_WORK
    assert Observation.objects.get().kept_at is None


def test_kept_observation_is_discarded_with_a_reason_and_never_dropped() -> None:
    place = setting(closed=True)
    made = noted(place, place.colleague)

    with pytest.raises(NotAllowed):
        actions.take(observation=made, reason="R.", now=LATER, actor=place.colleague)
    with pytest.raises(Refusal, match="motif"):
        actions.discard(observation=made, reason="", now=LATER, actor=place.teacher)
    actions.discard(observation=made, reason="Une autre classe.", now=LATER, actor=place.teacher)

    kept = Observation.objects.get()
    assert (kept.seen, kept.reason, kept.withdrawn_at) == (SEEN, "Une autre classe.", LATER)
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert kinds == {"trials/observation_kept", "trials/observation_changed"}


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 8, 31, 12, tzinfo=UTC), "la campagne va"),
        (NOW + timedelta(days=1), "pas encore venu"),
        (NOW + timedelta(hours=1), "n’est pas encore venue"),
    ],
)
def test_observation_outside_the_campaign_or_to_come_is_refused(at, said) -> None:
    place = setting()

    with pytest.raises(Refusal, match=said):
        noted(place, at=at)


def test_clock_of_a_device_may_run_a_few_minutes_ahead() -> None:
    place = setting()

    assert noted(place, at=NOW + timedelta(minutes=10)).pk


def test_indicator_withdrawn_meanwhile_is_still_received() -> None:
    place = setting(at_work=True)
    Indicator.objects.filter(key="i2").update(withdrawn_at=NOW)

    made = noted(place)

    assert {one.indicator.key for one in made.sights.all()} == {"i1", "i2"}


def test_correction_keeps_what_was_said_and_undoes_the_proof_reading() -> None:
    place = setting(closed=True)
    made = ObservationFactory(trial=place.trial, proofread_at=NOW)

    corrected = actions.correct(
        observation=made,
        noted=seen("Deux groupes seulement."),
        reason="J’avais mal compté.",
        version=1,
        now=LATER,
        actor=place.teacher,
    )

    assert (corrected.version, corrected.seen) == (2, "Deux groupes seulement.")
    assert corrected.proofread_at is None
    assert corrected.versions.get().content["seen"] == SEEN


def test_correction_of_the_day_joins_the_session_of_that_day() -> None:
    place = setting(at_work=True)
    made = noted(place)
    first, before = made.session, NOW - timedelta(days=3)
    given = {"reason": "", "now": LATER, "actor": place.teacher}

    actions.correct(observation=made, noted=seen(at=before), version=1, **given)

    made.refresh_from_db()
    assert (made.session.held_on, Session.objects.count()) == (before.date(), 2)
    actions.remove_session(session=first, now=LATER, actor=place.teacher)
    same_day = seen(at=before + timedelta(hours=1))
    actions.correct(observation=made, noted=same_day, version=2, **given)
    made.refresh_from_db()
    assert made.session == Session.objects.get()


def test_correction_of_the_day_of_one_set_aside_records_no_session() -> None:
    place = setting(closed=True)
    made = noted(place)
    earlier = seen(at=NOW - timedelta(days=3))

    actions.correct(
        observation=made,
        noted=earlier,
        reason="C’était vendredi.",
        version=1,
        now=LATER,
        actor=place.teacher,
    )

    made.refresh_from_db()
    assert (made.session, Session.objects.count()) == (None, 0)


def test_correction_asks_why_once_others_have_read() -> None:
    place = setting(closed=True)
    made = ObservationFactory(trial=place.trial)
    other = {"noted": seen("Autre."), "version": 1, "now": LATER, "actor": place.teacher}

    with pytest.raises(Refusal, match="motif"):
        actions.correct(observation=made, reason="", **other)


def test_correction_of_an_older_version_overwrites_nothing() -> None:
    place = setting(at_work=True)
    made = noted(place)
    given = {"reason": "", "version": 1, "now": LATER, "actor": place.teacher}
    actions.correct(observation=made, noted=seen("Une."), **given)

    with pytest.raises(Refusal, match="a changé entre-temps"):
        actions.correct(observation=made, noted=seen("Deux."), **given)


def test_withdrawn_observation_counts_no_more_and_is_restored() -> None:
    place = setting(at_work=True)
    made = noted(place)

    actions.withdraw(observation=made, reason="Doublon.", now=LATER, actor=place.teacher)
    assert Observation.objects.all().counted().count() == 0
    actions.restore(observation=made, reason="Non.", now=LATER, actor=place.teacher)

    assert Observation.objects.all().counted().count() == 1


def test_proof_reading_is_the_expert_s_of_a_closed_trial() -> None:
    place = setting(closed=True)
    made = ObservationFactory(trial=place.trial)
    act = {"observation": made, "version": 1, "now": LATER}

    for actor in (place.teacher, place.inspector, place.neighbour):
        with pytest.raises(NotAllowed):
            actions.proofread(**act, actor=actor)
    read = actions.proofread(**act, actor=place.expert)
    assert (read.proofread_at, read.proofread_by_id) == (LATER, place.expert.person)
    with pytest.raises(Refusal, match="motif"):
        actions.unread(observation=made, reason="", now=LATER, actor=place.expert)
    actions.unread(observation=made, reason="Un lieu.", now=LATER, actor=place.expert)

    assert Observation.objects.get().proofread_at is None


def test_expert_reads_nothing_before_the_trial_is_closed() -> None:
    place = setting(at_work=True)

    with pytest.raises(NotAllowed):
        actions.proofread(observation=noted(place), version=1, now=LATER, actor=place.expert)


def test_nothing_of_what_was_seen_is_in_the_journal_or_in_a_message() -> None:
    place = setting(closed=True)
    made = noted(place, place.colleague)
    actions.discard(observation=made, reason="Une autre classe.", now=LATER, actor=place.teacher)

    written = [str(one) for one in Entry.objects.values_list("before", "after", "subject")]
    written += [str(one) for one in Message.objects.values_list("params", flat=True)]
    for words in (SEEN, "Une autre classe"):
        assert not [one for one in written if words in one]
