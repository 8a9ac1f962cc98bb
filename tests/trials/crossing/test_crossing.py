"""Cross-tests from the plan to the report: who is asked, answers, gives back; who may not."""

from datetime import timedelta

import pytest

from tests.groups.factories import (
    NOW,
    TODAY,
    DueFactory,
    MemberFactory,
    NationalGroupFactory,
    TeamFactory,
    leader,
    member,
)
from tests.productions.factories import ProductionFactory, ProductionTermFactory
from tests.trials.factories import CrossTestFactory, TrialFactory
from traam.access.roles import Role
from traam.groups.models import Done, NationalGroup
from traam.groups.rules.life import TeamState
from traam.kit.machines import MoveRefused
from traam.kit.refusals import NotAllowed, Refusal
from traam.post.models import Message
from traam.trials.actions import cross_testing as actions
from traam.trials.models import CrossTest, Trial
from traam.trials.queries.coverage import coverage
from traam.trials.queries.plan import panel
from traam.trials.rules.life import CROSS_TEST_LIFE, CrossTestState, TrialState, Verdict

pytestmark = pytest.mark.django_db
S = CrossTestState
ELSEWHERE = "trials/cross_test_elsewhere"
DUE = TODAY + timedelta(days=60)


@pytest.fixture
def group():
    """Three teams of maths, each with a teacher of 5e and two shared scenarios for 5e."""
    made = NationalGroupFactory()
    for _ in range(3):
        team = TeamFactory(group=made)
        MemberFactory(team=team, discipline="MATHS", level="5E")
        for _ in range(2):
            _scenario(team)
    return made


def _scenario(team, level="5E"):
    production = ProductionFactory(team=team, shared=True)
    ProductionTermFactory(production=production, scheme="disciplines", code="MATHS")
    ProductionTermFactory(production=production, scheme="levels", code=level)
    return production


def _plan(group, **given):
    return actions.compute_plan(group=group, now=NOW, actor=leader(group), **given)


def _teacher(test):
    return test.tester.members.get(role=Role.TEACHER).person


def _accepted(group):
    tests = actions.adopt_plan(plan=_plan(group), due_on=DUE, now=NOW, actor=leader(group))
    test = tests[0]
    actions.accept(
        test=test, teacher=_teacher(test), now=NOW, actor=member(test.tester, Role.REFERENT)
    )
    test.refresh_from_db()
    return test


def test_plan_covers_every_production_twice_and_is_kept_with_what_it_was_computed_from(group):
    plan = _plan(group)

    assert plan.result["is_proven"] is True
    assert plan.result["score"]["covered"] == 6
    assert len(plan.result["pairs"]) == 12
    assert plan.result["shortages"] == []
    assert plan.number == 1
    assert CrossTest.objects.count() == 0


def test_plan_names_what_it_cannot_cover_with_its_reason(group):
    alone = _scenario(group.teams.first(), level="TLE-G")

    plan = _plan(group)

    assert [(one["production"], one["sentence"]) for one in plan.result["shortages"]] == [
        (
            alone.code,
            "Il manque 2 tests : aucune équipe d’une autre académie n’enseigne à ce niveau cette "
            "discipline.",
        )
    ]


def test_plan_leaves_out_drafts_withdrawn_teams_and_own_academies(group):
    gone = TeamFactory(group=group, state=TeamState.WITHDRAWN, reason="Plus personne.")
    MemberFactory(team=gone, discipline="MATHS", level="5E")
    ProductionFactory(team=group.teams.first())

    found = panel(group)

    assert len(found.productions) == 6
    assert gone.code not in found.teams
    teams = {one.code: one.team.code for one in found.productions.values()}
    assert all(teams[production] != team for production, team in found.instance().suits)


def test_adopting_asks_each_team_and_twice_is_once(group):
    plan = _plan(group)
    for team in group.teams.all():
        member(team, Role.REFERENT)
    before = Message.objects.count()

    asked = actions.adopt_plan(plan=plan, due_on=DUE, now=NOW, actor=leader(group))
    again = actions.adopt_plan(plan=plan, due_on=DUE, now=NOW, actor=leader(group))

    assert again == asked
    assert len(asked) == 12
    assert {one.state for one in asked} == {S.ASKED}
    assert Message.objects.count() - before == 3


def test_plan_is_not_adopted_once_the_group_has_changed(group):
    plan = _plan(group)
    _scenario(group.teams.first())

    with pytest.raises(Refusal) as refused:
        actions.adopt_plan(plan=plan, due_on=DUE, now=NOW, actor=leader(group))

    assert refused.value.reasons == [actions.STALE]
    assert CrossTest.objects.count() == 0


def test_second_plan_keeps_what_is_asked_and_never_asks_again_who_declined(group):
    tests = actions.adopt_plan(plan=_plan(group, wanted=1), due_on=DUE, now=NOW, actor=None)
    actions.decline(test=tests[0], reason="Pas de 5e cette année.", now=NOW, actor=None)

    plan = _plan(group, wanted=1)

    declined = [tests[0].production.code, tests[0].tester.code]
    assert declined not in plan.result["pairs"]
    assert [one[0] for one in plan.result["pairs"]] == [tests[0].production.code]


def test_accepting_begins_the_trial_of_a_member_and_twice_is_once(group):
    test = _accepted(group)

    again = actions.accept(test=test, teacher=_teacher(test), now=NOW, actor=None)

    assert test.state == S.ACCEPTED
    assert again == test.trial
    assert Trial.objects.get().teacher == _teacher(test)
    assert test.trial.team == test.tester
    assert test.trial.level == "5E"


def test_accepting_for_someone_outside_the_team_is_refused(group):
    test = CrossTestFactory(production__team__group=group)
    stranger = MemberFactory().person

    with pytest.raises(Refusal) as refused:
        actions.accept(test=test, teacher=stranger, now=NOW, actor=None)

    assert refused.value.reasons == [f"{stranger.name} n’est pas membre de l’équipe qui teste."]


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.PARTNER])
def test_accepting_for_a_member_who_leads_no_trial_in_class_is_refused(group, role):
    test = CrossTestFactory(production__team__group=group)
    one = MemberFactory(team=test.tester, role=role).person

    with pytest.raises(Refusal) as refused:
        actions.accept(test=test, teacher=one, now=NOW, actor=None)

    assert refused.value.reasons == [
        f"{one.name} ne mène pas d’essai en classe : choisissez un·e référent·e ou un·e "
        "enseignant·e de l’équipe qui teste."
    ]
    test.refresh_from_db()
    assert (test.state, test.trial) == (S.ASKED, None)


def test_accepted_test_is_entrusted_to_someone_else_until_its_trial_has_begun(group):
    test = _accepted(group)
    former, referent = test.trial.teacher, member(test.tester, Role.REFERENT)
    other = MemberFactory(team=test.tester, level="4E", discipline="SVT").person

    for _ in range(2):
        actions.entrust(test=test, teacher=other, now=NOW, actor=referent)

    trial = Trial.objects.get()
    assert (trial.teacher, trial.level, trial.discipline) == (other, "4E", "SVT")
    told = Message.objects.filter(kind__in=("trials/cross_test_yours", ELSEWHERE))
    assert list(told.order_by("pk").values_list("kind", "to")) == [
        ("trials/cross_test_yours", former.pk),
        ("trials/cross_test_yours", other.pk),
        (ELSEWHERE, former.pk),
    ]
    Trial.objects.update(state=TrialState.AT_WORK)
    with pytest.raises(Refusal, match="L’essai est commencé"):
        actions.entrust(test=test, teacher=former, now=NOW, actor=referent)
    with pytest.raises(NotAllowed):
        actions.entrust(test=test, teacher=former, now=NOW, actor=member(test.tester))


def test_test_is_entrusted_once_accepted_and_to_whoever_leads_a_trial(group):
    asked = CrossTestFactory(production__team__group=group)
    test = _accepted(group)
    inspector = MemberFactory(team=test.tester, role=Role.INSPECTOR).person

    with pytest.raises(Refusal, match="Ce test n’est pas accepté"):
        actions.entrust(test=asked, teacher=inspector, now=NOW, actor=None)
    with pytest.raises(Refusal, match="ne mène pas d’essai en classe"):
        actions.entrust(test=test, teacher=inspector, now=NOW, actor=None)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.INSPECTOR, Role.PARTNER])
def test_only_the_referent_of_the_team_that_tests_answers(group, role):
    test = CrossTestFactory(production__team__group=group)

    with pytest.raises(NotAllowed):
        actions.decline(test=test, reason="Non.", now=NOW, actor=member(test.tester, role))
    author = member(test.production.team, Role.REFERENT)
    with pytest.raises(NotAllowed):
        actions.decline(test=test, reason="Non.", now=NOW, actor=author)


def test_declining_needs_a_reason_and_tells_who_asked(group):
    asker = leader(group)
    production, tester = _scenario(group.teams.first()), group.teams.last()
    test = actions.ask(production=production, tester=tester, now=NOW, actor=asker)
    referent = member(tester, Role.REFERENT)

    with pytest.raises(Refusal):
        actions.decline(test=test, reason=" ", now=NOW, actor=referent)
    actions.decline(test=test, reason="Aucune classe de 5e.", now=NOW, actor=referent)

    test.refresh_from_db()
    assert (test.state, test.reason) == (S.DECLINED, "Aucune classe de 5e.")
    told = Message.objects.filter(kind="trials/cross_test_declined")
    assert list(told.values_list("to", flat=True)) == [asker.person]


def test_accepted_test_that_cannot_be_made_is_declined_and_one_given_back_is_not(group):
    test = CrossTestFactory(production__team__group=group, state=S.ACCEPTED)
    given = CrossTestFactory(production__team__group=group, state=S.CLOSED, trial=TrialFactory())
    referents = [member(one.tester, Role.REFERENT) for one in (test, given)]

    actions.decline(test=test, reason="La classe a changé.", now=NOW, actor=referents[0])
    with pytest.raises(NotAllowed):
        actions.decline(test=given, reason="Trop tard.", now=NOW, actor=referents[1])

    test.refresh_from_db()
    assert test.state == S.DECLINED


def test_asking_refuses_a_draft_its_own_academy_a_team_that_left_and_a_past_day(group):
    own, other = group.teams.all()[:2]
    draft = ProductionFactory(team=own)
    gone = TeamFactory(group=group, state=TeamState.WITHDRAWN, reason="Plus personne.")

    for production, tester, said in (
        (draft, other, actions.NOT_SHARED),
        (_scenario(own), own, actions.OWN),
        (_scenario(own), gone, actions.ENDED.format(gone.named)),
    ):
        with pytest.raises(Refusal) as refused:
            actions.ask(production=production, tester=tester, now=NOW, actor=None)
        assert said in refused.value.reasons
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Refusal):
        actions.ask(production=_scenario(own), tester=other, due_on=yesterday, now=NOW, actor=None)
    assert CrossTest.objects.count() == 0


def test_asked_twice_is_once(group):
    production, tester = _scenario(group.teams.first()), group.teams.last()

    first = actions.ask(production=production, tester=tester, now=NOW, actor=None)
    second = actions.ask(production=production, tester=tester, now=NOW, actor=None)

    assert first == second


@pytest.mark.parametrize(
    ("trial", "expected"),
    [
        (TrialState.PLANNED, S.ACCEPTED),
        (TrialState.AT_WORK, S.ACCEPTED),
        (TrialState.CLOSED, S.CLOSED),
        (TrialState.ABANDONED, S.DECLINED),
    ],
)
def test_cross_test_follows_its_trial(group, trial, expected):
    test = _accepted(group)
    facts = {"protocol_at": NOW, "protocol_digest": "0" * 64, "closed_at": NOW}
    values = {"state": trial, "verdict": Verdict.PARTLY, "reason": "Plus de classe.", **facts}
    Trial.objects.filter(pk=test.trial_id).update(**values)
    test.trial.refresh_from_db()

    found = actions.follow(trial=test.trial, now=NOW, actor=None)
    again = actions.follow(trial=test.trial, now=NOW, actor=None)

    assert found.state == again.state == expected


def test_reopened_trial_is_owed_again(group):
    test = _accepted(group)
    for state, expected in (
        (TrialState.CLOSED, S.CLOSED),
        (TrialState.AT_WORK, S.ACCEPTED),
        (TrialState.ABANDONED, S.DECLINED),
        (TrialState.AT_WORK, S.ACCEPTED),
    ):
        test.trial.state, test.trial.reason = state, "Une raison."
        assert actions.follow(trial=test.trial, now=NOW, actor=None).state == expected


def test_trial_that_is_no_cross_test_moves_nothing():
    assert actions.follow(trial=TrialFactory(), now=NOW, actor=None) is None


def test_cancelled_test_may_be_asked_again(group):
    test = CrossTestFactory(production__team__group=group)
    author = member(test.production.team)

    actions.cancel(test=test, reason="Le scénario change.", now=NOW, actor=author)
    again = actions.ask_again(test=test, now=NOW, actor=author)

    assert (again.state, again.reason) == (S.ASKED, "")


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("move", sorted(CROSS_TEST_LIFE.moves))
def test_every_move_starts_only_where_the_table_says(state, move):
    if state in CROSS_TEST_LIFE.moves[move].sources:
        assert CROSS_TEST_LIFE.after(state, move) is CROSS_TEST_LIFE.moves[move].target
    else:
        with pytest.raises(MoveRefused):
            CROSS_TEST_LIFE.after(state, move)


def test_coverage_counts_what_is_given_awaited_and_late(group):
    tests = actions.adopt_plan(plan=_plan(group), due_on=DUE, now=NOW, actor=None)
    trial = TrialFactory(closed=True, production=tests[0].production, team=tests[0].tester)
    CrossTest.objects.filter(pk=tests[0].pk).update(state=S.CLOSED, trial=trial)

    seen = coverage(group, today=DUE + timedelta(days=1))

    assert [seen.count(square) for square in ("0", "1", "2+")] == [5, 1, 0]
    assert seen.uncovered == 0
    assert sum(one.given for one in seen.teams) == 1
    assert sum(one.late for one in seen.teams) == 11


@pytest.mark.parametrize("teams", [1, 3])
def test_coverage_takes_as_many_queries_whatever_the_group(group, teams, django_assert_num_queries):
    for _ in range(teams):
        CrossTestFactory(production__team__group=group)

    with django_assert_num_queries(4):  # productions, tests; teams, their bonds
        coverage(group, today=TODAY)


@pytest.mark.parametrize("more", [1, 3])
def test_panel_takes_as_many_queries_whatever_the_group(group, more, django_assert_num_queries):
    panel(group)  # the vocabulary, once
    for _ in range(more):
        MemberFactory(team=TeamFactory(group=group))

    # the group; teams, their bonds; productions, their terms, vocabulary's version, trials,
    # members, tests
    with django_assert_num_queries(9):
        found = panel(NationalGroup.objects.get(pk=group.pk))

    assert len(found.teams) == 3 + more


def test_giving_back_meets_the_due_date_of_the_team_that_tests(group):
    due = DueFactory(group=group, key="cross_tested")
    test = _accepted(group)
    test.trial.state = TrialState.CLOSED

    actions.follow(trial=test.trial, now=NOW, actor=None)

    assert [one.team for one in Done.objects.filter(due=due)] == [test.tester]
