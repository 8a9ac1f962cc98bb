"""Who tries a production of another academy: chosen, changed, named, from the page of its test."""

import re

import pytest
from django.urls import reverse

from tests.groups.factories import NOW, MemberFactory, NationalGroupFactory, TeamFactory, member
from tests.trials.factories import CrossTestFactory
from traam.access.roles import Role
from traam.trials.actions import cross_testing as actions
from traam.trials.models import Trial
from traam.trials.rules.life import CrossTestState

pytestmark = pytest.mark.django_db
S = CrossTestState


@pytest.fixture
def group():
    made = NationalGroupFactory()
    TeamFactory(group=made)
    return made


def _page(name, **kwargs):
    return reverse(name, kwargs=kwargs)


def test_referent_chooses_among_those_who_have_a_class(group, enter):
    test = CrossTestFactory(production__team__group=group)
    teacher = MemberFactory(team=test.tester, person__name="Alice").person
    others = [
        MemberFactory(team=test.tester, role=role).person for role in (Role.INSPECTOR, Role.PARTNER)
    ]
    referent = member(test.tester, Role.REFERENT)
    client = enter(referent)

    shown = client.get(_page("cross_test", key=test.pk)).content.decode()

    offered = re.findall(r'<option value="(\d+)"', shown)
    assert sorted(offered) == sorted([str(teacher.pk), str(referent.person)])
    for other in others:
        address = _page("cross_test_accept", key=test.pk)
        assert client.post(address, {"teacher": other.pk}).status_code == 400
    test.refresh_from_db()
    assert test.state == S.ASKED


def test_referent_entrusts_an_accepted_test_to_someone_else_from_its_page(group, enter):
    test = CrossTestFactory(production__team__group=group)
    first, second = (MemberFactory(team=test.tester).person for _ in range(2))
    referent = member(test.tester, Role.REFERENT)
    actions.accept(test=test, teacher=first, now=NOW, actor=referent)
    address, client = _page("cross_test_entrust", key=test.pk), enter(referent)

    shown = client.get(_page("cross_test", key=test.pk)).content.decode()
    refused = client.post(address, {"teacher": ""})
    answer = client.post(address, {"teacher": second.pk})

    assert f'action="{address}"' in shown
    assert (refused.status_code, answer.status_code) == (400, 302)
    test.refresh_from_db()
    assert test.trial.teacher == second
    Trial.objects.update(state="at_work")
    begun = client.get(_page("cross_test", key=test.pk)).content.decode()
    assert f'action="{address}"' not in begun


@pytest.mark.parametrize("name", ["cross_test_accept", "cross_test_entrust"])
def test_who_only_reads_a_test_chooses_nobody(group, enter, name):
    test = CrossTestFactory(production__team__group=group)

    answer = enter(member(test.tester)).post(_page(name, key=test.pk), {"teacher": ""})

    assert answer.status_code == 403


def test_page_of_an_accepted_test_says_who_tries_it_to_the_team_alone(group, enter):
    test = CrossTestFactory(production__team__group=group)
    teacher = MemberFactory(team=test.tester, person__name="Alice Petit").person
    actions.accept(test=test, teacher=teacher, now=NOW, actor=member(test.tester, Role.REFERENT))
    address = _page("cross_test", key=test.pk)

    of_team = enter(member(test.tester, Role.REFERENT)).get(address).content.decode()
    of_authors = enter(member(test.production.team, Role.REFERENT)).get(address).content.decode()

    assert "Mené par Alice Petit." in of_team
    assert "Alice Petit" not in of_authors
