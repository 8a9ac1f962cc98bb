"""The pages of cross-tests: what each person sees, what they may do, what bad input gets."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests.groups.factories import (
    NOW,
    TODAY,
    MemberFactory,
    NationalGroupFactory,
    TeamBondFactory,
    TeamFactory,
    leader,
    member,
    national,
)
from tests.productions.factories import ProductionFactory
from tests.trials.factories import CrossTestFactory, TrialFactory
from traam.access.roles import Role
from traam.trials.actions import cross_testing as actions
from traam.trials.models import CrossTest, CrossTestPlan
from traam.trials.rules.life import CrossTestState

pytestmark = pytest.mark.django_db
S = CrossTestState
DUE = TODAY + timedelta(days=60)


@pytest.fixture
def group():
    """Three teams, each with a teacher and a shared scenario."""
    made = NationalGroupFactory()
    for _ in range(3):
        team = TeamFactory(group=made)
        MemberFactory(team=team)
        ProductionFactory(team=team, shared=True)
    return made


def _page(name, **kwargs):
    return reverse(name, kwargs=kwargs)


def test_coverage_page_shows_a_square_for_each_production_and_what_each_team_owes(group, enter):
    CrossTestFactory(production__team__group=group, due_on=DUE)

    answer = enter(leader(group)).get(_page("cross_tests", code=group.code))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count('class="crossing-square" aria-hidden') == 1 + 4
    assert "que personne n’est invité à tester" in text
    assert "Composer le plan de tests" in text


def test_group_without_production_teaches_what_will_come(enter):
    group = TeamFactory().group

    answer = enter(leader(group)).get(_page("cross_tests", code=group.code))

    assert "Aucune production n’est encore partagée" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_coverage_page_takes_as_many_queries_whatever_the_tests(
    group, count, enter, django_assert_num_queries
):
    for _ in range(count):
        CrossTestFactory(production__team__group=group, due_on=DUE)
    client = enter(leader(group))

    # session, user, mandates, delegations; group, its teams, bonds;
    # tests, productions; those that may be opened, of both; the disciplines of the theme
    with django_assert_num_queries(11):
        client.get(_page("cross_tests", code=group.code))


@pytest.mark.parametrize("count", [1, 3])
def test_plan_page_takes_as_many_queries_whatever_the_tests(
    group, count, enter, django_assert_num_queries
):
    actions.compute_plan(group=group, now=NOW, actor=leader(group))  # reads the vocabulary, once
    for _ in range(count):
        CrossTestFactory(production__team__group=group, due_on=DUE)
    client = enter(leader(group))

    # session, user, mandates, delegations; group, its teams, bonds; the calendar, the plan;
    # productions, their terms, vocabulary's version, trials, members, tests
    with django_assert_num_queries(14):
        client.get(_page("cross_test_plan", code=group.code))


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_test_takes_as_many_queries_whatever_its_group(
    group, count, enter, django_assert_num_queries
):
    test = CrossTestFactory(production__team__group=group, due_on=DUE)
    test.trial = TrialFactory(closed=True, production=test.production, team=test.tester)
    test.state = S.CLOSED
    test.save(update_fields=["state", "trial"])
    for team in (test.tester, test.production.team):
        TeamBondFactory.create_batch(count, team=team)
    TeamFactory.create_batch(count, group=group)
    client = enter(leader(group))

    # session, user, mandates, delegations; the test; of both its teams, bonds, group, disciplines
    with django_assert_num_queries(10):
        answer = client.get(_page("cross_test", key=test.pk))

    assert test.trial.code in answer.content.decode()


def test_a_team_asks_for_its_own_productions_and_who_only_plans_asks_for_none(group, enter):
    own, other = (CrossTestFactory(production__team__group=group).production for _ in range(2))
    page = _page("cross_tests", code=group.code)

    of_team = enter(member(own.team, Role.REFERENT)).get(page).content.decode()
    of_pilot = enter(national()).get(page).content.decode()

    assert _page("cross_test_ask", code=own.code) in of_team
    assert _page("cross_test_ask", code=other.code) not in of_team
    assert "Composer le plan de tests" in of_pilot
    assert "Demander un test" not in of_pilot


def test_strangers_and_other_groups_find_nothing(group, enter, client):
    address = _page("cross_tests", code=group.code)

    assert client.get(address).status_code == 302
    assert enter(leader(NationalGroupFactory())).get(address).status_code == 404


def test_plan_is_computed_read_and_adopted(group, enter):
    client = enter(leader(group))
    plan, adopt = (
        _page("cross_test_plan", code=group.code),
        _page("cross_test_adopt", code=group.code),
    )

    computed = client.post(plan, {"wanted": "2", "maximum": ""}, follow=True)
    adopted = client.post(adopt, {"due_on": DUE.isoformat()}, follow=True)

    assert "Ce que le calcul propose" in computed.content.decode()
    assert "optimum prouvé" in computed.content.decode()
    assert "Le plan est adopté : 6 tests sont demandés." in adopted.content.decode()
    assert CrossTest.objects.filter(state=S.ASKED).count() == 6


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"wanted": "0"}, "Tests par production"),
        ({"wanted": "deux"}, "Tests par production"),
        ({"wanted": "2", "maximum": "-1"}, "Tests qu’une équipe donne au plus"),
    ],
)
def test_plan_refuses_numbers_without_sense_and_keeps_them(group, enter, given, said):
    answer = enter(leader(group)).post(_page("cross_test_plan", code=group.code), given)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert f'value="{given.get("maximum") or given["wanted"]}"' in answer.content.decode()
    assert CrossTestPlan.objects.count() == 0


@pytest.mark.parametrize("due", ["", "2026-02-30", "2020-01-01"])
def test_plan_is_not_adopted_for_a_day_that_is_none_or_is_past(group, enter, due):
    actor = leader(group)
    actions.compute_plan(group=group, now=NOW, actor=actor)

    answer = enter(actor).post(_page("cross_test_adopt", code=group.code), {"due_on": due})

    assert answer.status_code == 400
    assert CrossTest.objects.count() == 0


def test_members_read_the_coverage_but_do_not_plan(group, enter):
    client = enter(member(group.teams.first()))

    assert client.get(_page("cross_tests", code=group.code)).status_code == 200
    refused = client.post(_page("cross_test_plan", code=group.code), {"wanted": "2"})
    assert refused.status_code == 403
    assert CrossTestPlan.objects.count() == 0


def test_pilot_plans_too(group, enter):
    answer = enter(national()).get(_page("cross_test_plan", code=group.code))

    assert answer.status_code == 200


def test_referent_accepts_for_a_colleague(group, enter):
    test = CrossTestFactory(production__team__group=group)
    teacher = MemberFactory(team=test.tester).person
    client = enter(member(test.tester, Role.REFERENT))

    shown = client.get(_page("cross_test", key=test.pk)).content.decode()
    answer = client.post(_page("cross_test_accept", key=test.pk), {"teacher": teacher.pk})

    assert "Qui l’essaiera" in shown
    assert answer.status_code == 302
    test.refresh_from_db()
    assert (test.state, test.trial.teacher) == (S.ACCEPTED, teacher)


def test_accepting_without_saying_who_is_refused(group, enter):
    test = CrossTestFactory(production__team__group=group)

    answer = enter(member(test.tester, Role.REFERENT)).post(
        _page("cross_test_accept", key=test.pk), {"teacher": ""}
    )

    assert answer.status_code == 400
    assert "Dites qui essaiera cette production." in answer.content.decode()


@pytest.mark.parametrize(("act", "state"), [("decliner", S.DECLINED), ("annuler", S.CANCELLED)])
def test_acts_ask_why_and_do_it(group, enter, act, state):
    test = CrossTestFactory(production__team__group=group)
    actor = (
        member(test.tester, Role.REFERENT) if act == "decliner" else member(test.production.team)
    )
    client, address = enter(actor), _page("cross_test_act", key=test.pk, act=act)

    empty = client.post(address, {"reason": " "})
    done = client.post(address, {"reason": "La classe a changé."})

    assert empty.status_code == 400
    assert "Dites pourquoi, en une phrase." in empty.content.decode()
    assert done.status_code == 302
    test.refresh_from_db()
    assert (test.state, test.reason) == (state, "La classe a changé.")


def test_page_of_an_accepted_test_lets_its_referent_decline_it(group, enter):
    test = CrossTestFactory(production__team__group=group, state=S.ACCEPTED)

    page = enter(member(test.tester, Role.REFERENT)).get(_page("cross_test", key=test.pk))

    assert _page("cross_test_act", key=test.pk, act="decliner") in page.content.decode()
    assert _page("cross_test_accept", key=test.pk) not in page.content.decode()


def test_unknown_act_is_not_found(group, enter):
    test = CrossTestFactory(production__team__group=group)

    client = enter(member(test.tester, Role.REFERENT))

    assert client.get(_page("cross_test_act", key=test.pk, act="voler")).status_code == 404


def test_report_is_read_beside_the_original_once_closed(group, enter):
    test = CrossTestFactory(production__team__group=group)
    trial = TrialFactory(
        closed=True, production=test.production, team=test.tester, adaptations="Une heure de plus."
    )
    CrossTest.objects.filter(pk=test.pk).update(state=S.CLOSED, trial=trial)

    text = (
        enter(member(test.production.team)).get(_page("cross_test", key=test.pk)).content.decode()
    )

    assert trial.conclusion in text
    assert "Une heure de plus." in text
    assert test.production.hook in text


def test_trial_at_work_is_not_shown_to_the_authors(group, enter):
    test = CrossTestFactory(production__team__group=group)
    trial = TrialFactory(at_work=True, production=test.production, team=test.tester)
    CrossTest.objects.filter(pk=test.pk).update(state=S.ACCEPTED, trial=trial)

    text = (
        enter(member(test.production.team)).get(_page("cross_test", key=test.pk)).content.decode()
    )

    assert "le groupe le lira une fois clos" in text
    assert trial.hypothesis not in text
    assert reverse("trial", kwargs={"code": trial.code}) not in text


def test_a_test_is_asked_by_hand(group, enter):
    first, second = group.teams.all()[:2]
    production = ProductionFactory(team=first, shared=True)
    address = _page("cross_test_ask", code=production.code)

    client = enter(leader(group))
    own = client.post(address, {"tester": first.pk})
    done = client.post(address, {"tester": second.pk, "due_on": DUE.isoformat()})

    assert own.status_code == 400
    assert done.status_code == 302
    assert CrossTest.objects.get().tester == second


@pytest.mark.parametrize("more", [0, 5])
def test_page_where_one_asks_takes_as_many_queries_whatever_the_teams(
    group, enter, more, django_assert_num_queries
):
    """Teams are named in the order of their academies."""
    TeamFactory.create_batch(more, group=group)
    first, *others = group.teams.all()
    address = _page("cross_test_ask", code=ProductionFactory(team=first, shared=True).code)
    client = enter(leader(group))
    client.get(address)

    with django_assert_num_queries(11):
        text = client.get(address).content.decode()

    names = sorted(one.named for one in others)
    assert re.findall(r'<option value="\d+">([^<]+)', text) == [escape(name) for name in names]


def test_sheet_has_a_row_for_each_test(group, enter):
    for _ in range(3):
        CrossTestFactory(production__team__group=group)

    answer = enter(leader(group)).get(_page("cross_tests", code=group.code) + "?format=csv")

    assert len(answer.content.decode().strip().splitlines()) == 1 + 3
