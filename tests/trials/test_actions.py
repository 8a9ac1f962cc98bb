"""A trial from its protocol to its verdict, by its real acts."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.groups.factories import DueFactory, TeamFactory, member
from tests.productions.factories import ProductionFactory
from tests.trials.factories import SessionFactory
from tests.trials.setting import EVALUATION, LATER, NOW, PROTOCOL, seen, setting
from tests.vocabularies import vocabularies
from traam.access.roles import Role
from traam.groups.models import Done, Member
from traam.journal.models import Entry
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message
from traam.trials import actions
from traam.trials.actions.trials import data_of
from traam.trials.models import Amendment, Indicator, Session, Trial, TrialEvent
from traam.trials.rules import protocol as rules
from traam.trials.rules.life import TrialState
from traam.trials.rules.protocol import Protocol, Sought

pytestmark = pytest.mark.django_db
DAY = NOW.date()


@pytest.fixture
def words() -> None:
    vocabularies(now=NOW)


def at_work(place):
    actions.record_session(trial=place.trial, held_on=DAY, minutes=55, now=NOW, actor=place.teacher)
    return Trial.objects.get(pk=place.trial.pk)


def closed(place):
    trial = at_work(place)
    actions.note(trial=trial, noted=seen(), key=key(1), now=NOW, actor=place.teacher)
    return actions.close(trial=trial, evaluation=EVALUATION, now=LATER, actor=place.teacher)


def key(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def test_trial_is_begun_of_a_shared_production_of_another_team() -> None:
    place = setting()
    shared = ProductionFactory(team=TeamFactory(group=place.group), shared=True)

    made = actions.begin(production=shared, team=place.team, now=NOW, actor=place.teacher)

    assert (made.state, made.teacher_id, made.team, made.code) == (
        TrialState.PLANNED,
        place.teacher.person,
        place.team,
        f"{place.team.code[:70]}-e2",
    )


def test_trial_of_a_draft_of_another_team_is_refused() -> None:
    place = setting()
    draft = ProductionFactory(team=TeamFactory(group=place.group))

    with pytest.raises(NotAllowed, match="n’est pas partagée"):
        actions.begin(production=draft, team=place.team, now=NOW, actor=place.teacher)


@pytest.mark.parametrize("who", ["stranger", "neighbour", "inspector", "expert"])
def test_trial_is_begun_by_nobody_else_than_the_team(who) -> None:
    place = setting()

    with pytest.raises(NotAllowed):
        actions.begin(
            production=place.trial.production, team=place.team, now=NOW, actor=getattr(place, who)
        )


def test_protocol_is_written_again_while_no_session_is_recorded() -> None:
    place = setting()

    trial = actions.write_protocol(
        trial=place.trial, protocol=PROTOCOL, version=0, now=NOW, actor=place.teacher
    )

    kept = Indicator.objects.filter(trial=trial).order_by("position")
    assert [(one.key, one.text) for one in kept] == [
        ("i3", "Un élève corrige une mesure"),
        ("i4", "Un groupe explique un écart"),
    ]
    assert (trial.version, trial.protocol_digest) == (1, "")


def test_protocol_written_by_another_meanwhile_is_not_overwritten() -> None:
    place = setting()
    write = {"trial": place.trial, "protocol": PROTOCOL, "version": 0, "now": NOW}
    actions.write_protocol(**write, actor=place.teacher)

    with pytest.raises(Refusal, match="a changé entre-temps"):
        actions.write_protocol(**write, actor=place.teacher)


def test_first_session_digests_the_protocol_and_puts_the_trial_to_work() -> None:
    place = setting()

    trial = at_work(place)

    assert trial.state == TrialState.AT_WORK
    assert trial.protocol_at == NOW
    assert trial.protocol_digest == rules.digest(data_of(trial))
    assert [one.verb for one in Entry.objects.order_by("pk")] == [
        "trial.start",
        "trial.record_session",
    ]


def test_first_session_says_all_that_the_protocol_lacks() -> None:
    place = setting(indicators=0, hypothesis="", success="")

    with pytest.raises(Refusal) as refused:
        at_work(place)

    assert len(refused.value.reasons) == 3
    assert Session.objects.count() == 0


def test_second_session_leaves_the_digest_as_it_was() -> None:
    place = setting()
    first = at_work(place).protocol_digest

    actions.record_session(trial=place.trial, held_on=DAY, now=LATER, actor=place.teacher)

    assert Trial.objects.get().protocol_digest == first
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 8, 31), "la campagne va du 1er septembre 2026"),
        (date(2026, 11, 11), "pas encore venu"),
    ],
)
def test_session_outside_the_campaign_or_to_come_is_refused(day, said) -> None:
    place = setting()

    with pytest.raises(Refusal, match=said):
        actions.record_session(trial=place.trial, held_on=day, now=NOW, actor=place.teacher)


def test_change_of_a_digested_protocol_is_an_amendment_with_its_reason() -> None:
    place = setting()
    trial = at_work(place)
    other = Protocol("Une autre hypothèse.", trial.success, (Sought("i1", "Indicateur 1"),))

    with pytest.raises(Refusal, match="faites un avenant"):
        actions.write_protocol(
            trial=trial, protocol=other, version=0, now=LATER, actor=place.teacher
        )
    with pytest.raises(Refusal, match="motif"):
        actions.amend(
            trial=trial, protocol=other, reason=" ", version=0, now=LATER, actor=place.teacher
        )
    made = actions.amend(
        trial=trial,
        protocol=other,
        reason="La classe a changé de salle.",
        version=0,
        now=LATER,
        actor=place.teacher,
    )

    trial = Trial.objects.get()
    assert (made.before["hypothesis"], made.after["hypothesis"]) == (
        place.trial.hypothesis,
        "Une autre hypothèse.",
    )
    assert made.digest == rules.digest(data_of(trial)) != trial.protocol_digest
    assert Indicator.objects.get(key="i2").withdrawn_at == LATER


def test_amendment_that_changes_nothing_is_refused() -> None:
    place = setting()
    trial = at_work(place)
    same = Protocol(
        trial.hypothesis, trial.success, tuple(Sought(o.key, o.text) for o in place.sought)
    )

    with pytest.raises(Refusal, match="ne change rien"):
        actions.amend(
            trial=trial, protocol=same, reason="Pour voir.", version=0, now=LATER,
            actor=place.teacher,
        )  # fmt: skip

    assert Amendment.objects.count() == 0


def test_empty_evaluation_is_refused_with_all_that_is_missing(words) -> None:
    place = setting(level="", school_type="")
    trial = at_work(place)

    with pytest.raises(Refusal) as refused:
        actions.close(trial=trial, now=LATER, actor=place.teacher)

    said = " ".join(refused.value.reasons)
    assert len(refused.value.reasons) == 9
    for word in ("observation", "verdict", "montre", "plus-value", "transférable", "niveau"):
        assert word in said
    assert Trial.objects.get().state == TrialState.AT_WORK


def test_negative_result_closes_the_trial_as_any_other(words) -> None:
    place = setting()

    trial = closed(place)

    assert (trial.state, trial.verdict, trial.closed_at) == ("closed", "not_confirmed", LATER)
    assert actions.close(trial=trial, now=LATER, actor=place.teacher).pk == trial.pk
    leaders = Message.objects.filter(kind="trials/trial_closed").values_list("to", flat=True)
    assert list(leaders) == [place.inspector.person]


def test_closing_refuses_what_is_in_no_vocabulary(words) -> None:
    place = setting()
    trial = at_work(place)

    with pytest.raises(Refusal, match="Niveau « 5e bis »"):
        actions.evaluate(
            trial=trial,
            evaluation=replace(EVALUATION, level="5e bis"),
            version=0,
            now=LATER,
            actor=place.teacher,
        )


def test_abandoned_trial_stays_with_its_reason_and_is_prepared_again() -> None:
    place = setting()

    trial = actions.abandon(
        trial=place.trial, reason="La classe a fermé.", now=NOW, actor=place.teacher
    )
    assert (trial.state, trial.reason) == ("abandoned", "La classe a fermé.")
    trial = actions.reopen(trial=trial, reason="Elle a rouvert.", now=LATER, actor=place.teacher)

    assert (trial.state, trial.reason) == ("planned", "")
    assert [(one.kind, one.reason) for one in TrialEvent.objects.order_by("pk")] == [
        ("trial.abandon", "La classe a fermé."),
        ("trial.reopen", "Elle a rouvert."),
    ]


def test_closed_trial_reopens_at_work_with_a_reason(words) -> None:
    place = setting()
    trial = closed(place)

    with pytest.raises(Refusal, match="motif"):
        actions.reopen(trial=trial, reason="", now=LATER, actor=place.teacher)
    trial = actions.reopen(
        trial=trial, reason="Une séance de plus.", now=LATER, actor=place.teacher
    )

    assert (trial.state, trial.closed_at) == ("at_work", None)
    with pytest.raises(MoveRefused):
        actions.reopen(trial=trial, reason="Encore.", now=LATER, actor=place.teacher)


def test_session_recorded_by_mistake_goes_but_not_one_that_was_observed() -> None:
    place = setting()
    trial = at_work(place)
    extra = SessionFactory(trial=trial, held_on=DAY - timedelta(days=1))
    actions.note(trial=trial, noted=seen(), key=key(1), now=NOW, actor=place.teacher)

    actions.remove_session(session=extra, now=LATER, actor=place.teacher)
    with pytest.raises(Refusal, match="observations ont été notées"):
        actions.remove_session(session=Session.objects.get(), now=LATER, actor=place.teacher)


def test_nobody_but_the_teacher_writes_the_trial() -> None:
    place = setting()
    others = [place.colleague, place.inspector, place.expert, place.neighbour, place.stranger]

    for actor in [*others, member(place.team, Role.REFERENT)]:
        with pytest.raises(NotAllowed):
            actions.write_protocol(
                trial=place.trial, protocol=PROTOCOL, version=0, now=NOW, actor=actor
            )
        with pytest.raises(NotAllowed):
            actions.abandon(trial=place.trial, reason="Non.", now=NOW, actor=actor)


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (
            "write_protocol",
            {"protocol": replace(PROTOCOL, success="m.d@ac-lille.fr"), "version": 0},
        ),
        ("record_session", {"held_on": DAY, "note": "Appeler le 06 12 34 56 78."}),
        ("abandon", {"reason": "Écrire à m.d (at) ac-lille.fr"}),
    ],
)
def test_contacts_are_refused_in_every_free_text(act, given) -> None:
    place = setting()

    with pytest.raises(Refusal, match="ressemble à"):
        getattr(actions, act)(trial=place.trial, now=NOW, actor=place.teacher, **given)

    assert Trial.objects.get().state == TrialState.PLANNED


def test_closing_meets_the_due_date_that_asks_for_it(words) -> None:
    place = setting()
    due = DueFactory(group=place.group, key="tested")

    closed(place)

    assert [one.team for one in Done.objects.filter(due=due)] == [place.team]


@pytest.mark.parametrize(
    ("taught", "written_for", "discipline"),
    [("SVT", ["MATHS"], "SVT"), ("", ["MATHS"], "MATHS"), ("", ["MATHS", "SVT"], ""), ("", [], "")],
)
def test_trial_is_in_the_discipline_of_its_teacher_or_of_its_production(
    taught, written_for, discipline
) -> None:
    place = setting()
    production = place.trial.production
    Member.objects.filter(team=place.team, person=place.teacher.person).update(discipline=taught)
    for code in written_for:
        production.terms.create(scheme="disciplines", code=code, label=code)

    made = actions.begin(production=production, team=place.team, now=NOW, actor=place.teacher)

    assert made.discipline == discipline
