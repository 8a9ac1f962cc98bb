"""« Ma journée » of those who test: what it says, and to whom."""

from datetime import timedelta

import pytest

from tests.desk.reading import items
from tests.groups.factories import NOW, TODAY, MemberFactory, TeamFactory, leader, member
from tests.people.factories import MandateFactory
from tests.productions.factories import ProductionFactory
from tests.trials.factories import CrossTestFactory, TrialFactory
from traam.access.roles import Role
from traam.desk import cross_tests
from traam.kit.text import day
from traam.people.queries import actor_for
from traam.trials.models import CrossTest
from traam.trials.rules.life import CrossTestState

pytestmark = pytest.mark.django_db


def test_referent_is_told_of_requests_to_answer_and_nobody_else():
    test = CrossTestFactory()

    told = items(cross_tests.to_answer, member(test.tester, Role.REFERENT), NOW)

    assert [one.title for one in told] == ["1 test croisé à accepter"]
    assert items(cross_tests.to_answer, member(test.tester), NOW) == []
    assert items(cross_tests.to_answer, member(test.production.team, Role.REFERENT), NOW) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [(20, f"Pour le {day(TODAY + timedelta(days=20))}."), (-1, "En retard : attendu le ")],
)
def test_teacher_is_told_of_tests_to_give_back(days, said):
    test = CrossTestFactory(due_on=TODAY + timedelta(days=days))
    teacher = MemberFactory(team=test.tester)
    trial = TrialFactory(production=test.production, team=test.tester, teacher=teacher.person)
    CrossTest.objects.filter(pk=test.pk).update(state=CrossTestState.ACCEPTED, trial=trial)

    told = items(cross_tests.to_give, actor_for(teacher.person, TODAY), NOW)

    assert [one.title for one in told] == ["1 test croisé à rendre"]
    assert told[0].text.startswith(said)


def test_expert_is_told_of_productions_that_nobody_tests():
    team = TeamFactory()
    TeamFactory(group=team.group)
    ProductionFactory(team=team, shared=True)
    ProductionFactory(team=team)
    CrossTestFactory(production=ProductionFactory(team=team, shared=True))

    told = items(cross_tests.to_plan, leader(team.group), NOW)

    assert [one.title for one in told] == ["1 production que personne ne teste"]
    assert items(cross_tests.to_plan, leader(TeamFactory().group), NOW) == []
    assert items(cross_tests.to_plan, member(team), NOW) == []


def test_beyond_three_groups_the_productions_that_nobody_tests_are_counted_together():
    groups = []
    for number in range(5):
        team = TeamFactory()
        TeamFactory(group=team.group)
        ProductionFactory.create_batch(number + 1, team=team, shared=True)
        groups.append(team.group)
    pilot = actor_for(MandateFactory(role=Role.PILOT, starts_on=TODAY).person, TODAY)

    *named, others = items(cross_tests.to_plan, pilot, NOW)

    assert [one.title for one in named] == [
        f"{count} productions que personne ne teste" for count in (5, 4, 3)
    ]
    assert [one.text.split(" : ")[0] for one in named] == [
        group.theme.shown_title for group in reversed(groups[2:])
    ]
    assert (others.title, others.href) == (
        "3 autres productions que personne ne teste",
        "/groupes/",
    )
    assert others.text.startswith("Dans 2 autres groupes :")


def test_expert_is_not_told_of_a_production_that_nobody_is_left_to_test():
    team = TeamFactory()
    production = ProductionFactory(team=team, shared=True)
    awaits = leader(team.group)
    assert items(cross_tests.to_plan, awaits, NOW) == []  # alone in its group

    other = TeamFactory(group=team.group)
    assert len(items(cross_tests.to_plan, awaits, NOW)) == 1
    given = {"state": CrossTestState.DECLINED, "reason": "Aucune classe."}
    CrossTestFactory(production=production, tester=other, **given)
    assert items(cross_tests.to_plan, awaits, NOW) == []  # all have declined
