"""What « ma journée » says of the groups at work."""

import pytest

from tests.desk.reading import items
from tests.groups.factories import (
    NOW,
    MemberFactory,
    SpentFactory,
    TeamFactory,
    member,
    national,
)
from tests.groups.setting import announced, pilot
from traam.access.roles import Role
from traam.desk import groups
from traam.groups import actions
from traam.groups.actions import hours

pytestmark = pytest.mark.django_db


def test_a_pilot_is_awaited_until_the_retained_academies_are_launched() -> None:
    hall = announced()
    actor = pilot(hall)

    (item,) = items(groups.to_launch, actor, NOW)
    assert item.title == "1 académie à lancer"
    assert item.href == f"/groupes/lancement/{hall.campaign.year}/"
    actions.launch_all(campaign=hall.campaign, now=NOW, actor=actor)

    assert items(groups.to_launch, actor, NOW) == []


def test_a_referent_is_awaited_by_those_to_invite_in_their_team_alone() -> None:
    team = TeamFactory()
    referent = member(team, Role.REFERENT)
    MemberFactory(team=team, person=None, mandate=None)
    MemberFactory(team=TeamFactory(), person=None, mandate=None)

    assert [one.title for one in items(groups.to_invite, referent, NOW)] == ["1 membre à inviter"]
    assert items(groups.to_invite, member(team), NOW) == []


def test_a_pilot_is_awaited_by_people_loaded_and_never_invited() -> None:
    team = TeamFactory()
    MemberFactory(team=team)
    actor = national()

    assert [one.title for one in items(groups.to_invite, actor, NOW)] == ["1 personne à inviter"]
    actions.invite_wave(campaign=team.group.campaign, size=9, now=NOW, actor=actor)

    assert items(groups.to_invite, actor, NOW) == []


def test_an_inspector_is_awaited_by_the_hours_of_their_teams() -> None:
    spent = SpentFactory()
    SpentFactory()
    inspector = member(spent.team, Role.INSPECTOR)

    (item,) = items(groups.to_attest, inspector, NOW)
    assert item.title == "2\u00a0h à attester"
    assert item.href == f"/groupes/equipes/{spent.team.code}/heures/"
    hours.attest(team=spent.team, lines=[spent.pk], now=NOW, actor=inspector)

    assert items(groups.to_attest, inspector, NOW) == []
