"""Members join, are invited, described, leave and come back; rights follow their mandates."""

from datetime import timedelta

import pytest

from tests.groups.factories import (
    NOW,
    TODAY,
    MemberFactory,
    TeamFactory,
    leader,
    member,
    national,
    of_academy,
)
from tests.groups.setting import as_actor, mail, rows
from tests.people.factories import UserFactory
from traam.access.roles import Role
from traam.groups import actions
from traam.groups.actions.members import Address
from traam.groups.joining import About
from traam.groups.models import Member, Team
from traam.groups.queries.teams import people_of
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import Mandate, User
from traam.post.models import Message

pytestmark = pytest.mark.django_db
ZOE = Address(email="zoe.petit@ac-essai.fr", name="Zoé Petit")


def add(team: Team, role: Role = Role.TEACHER, address: Address = ZOE, **given) -> Member:
    whole = {"about": About(), "now": NOW, "actor": None} | given
    return actions.add_member(team=team, role=role, address=address, **whole)[0]


def test_a_late_joiner_has_an_account_a_mandate_and_an_invitation() -> None:
    team = TeamFactory()
    referent = member(team, Role.REFERENT)

    joined = add(team, actor=referent, about=About(school="Collège"))

    zoe = User.objects.get(email=ZOE.email)
    assert (joined.person, joined.school, joined.starts_on) == (zoe, "Collège", TODAY)
    assert as_actor(zoe).allows("team.read", team.place())
    assert list(Message.objects.filter(to=zoe.pk).values_list("kind", flat=True)) == [
        "people/invitation"
    ]


def test_adding_someone_twice_adds_them_once() -> None:
    team = TeamFactory()

    assert add(team) == add(team)
    assert Mandate.objects.filter(person__email=ZOE.email).count() == 1


def test_who_has_an_account_keeps_its_name_and_is_told() -> None:
    team, known = TeamFactory(), UserFactory(name="Alice Martin", last_login=NOW)

    add(team, address=Address(email=known.email, name="Autre Nom"))

    known.refresh_from_db()
    assert known.name == "Alice Martin"
    assert mail("member_joined") == [known.pk]


@pytest.mark.parametrize("role", [Role.PILOT, Role.EXPERT, Role.DIGITAL_DELEGATE, Role.RECTOR])
def test_a_role_that_is_none_of_a_team_is_refused(role: Role) -> None:
    with pytest.raises(Refusal, match="membre d’équipe"):
        add(TeamFactory(), role)


def test_a_referent_does_not_name_the_inspector_who_will_validate() -> None:
    team = TeamFactory()
    referent, inspector = member(team, Role.REFERENT), member(team, Role.INSPECTOR)

    with pytest.raises(NotAllowed):
        add(team, Role.INSPECTOR, actor=referent)
    assert add(team, Role.INSPECTOR, actor=inspector).role == Role.INSPECTOR


@pytest.mark.parametrize("who", ["teacher", "other_team", "expert", "rector"])
def test_only_the_team_leads_add_members(who: str) -> None:
    team = TeamFactory()
    actor = {
        "teacher": lambda: member(team),
        "other_team": lambda: member(TeamFactory(group=team.group), Role.REFERENT),
        "expert": lambda: leader(team.group),
        "rector": lambda: of_academy(team, Role.RECTOR),
    }[who]()

    with pytest.raises(NotAllowed):
        add(team, actor=actor)

    assert not User.objects.filter(email=ZOE.email).exists()


def test_someone_whom_the_application_named_is_invited_once() -> None:
    team = TeamFactory()
    referent = member(team, Role.REFERENT)
    named = MemberFactory(team=team, person=None, mandate=None, source="team:1")

    invited = actions.invite_named(member=named, address=ZOE, now=NOW, actor=referent)

    assert invited.person is not None
    assert as_actor(invited.person).allows("team.read", team.place())
    with pytest.raises(Refusal, match="déjà un compte"):
        actions.invite_named(member=named, address=ZOE, now=NOW, actor=referent)


def test_someone_named_and_already_there_is_not_there_twice() -> None:
    team = TeamFactory()
    there = add(team)
    named = MemberFactory(team=team, person=None, mandate=None)

    found = actions.invite_named(member=named, address=ZOE, now=NOW, actor=None)

    assert found == there
    assert Member.objects.filter(team=team).count() == 1


def test_a_member_who_leaves_loses_their_rights_and_stays_in_the_history() -> None:
    team = TeamFactory()
    gone = MemberFactory(team=team)
    referent = member(team, Role.REFERENT)

    actions.end_member(member=gone, reason="Mutation.", now=NOW, actor=referent)
    actions.end_member(member=gone, reason="Mutation.", now=NOW, actor=referent)

    gone.refresh_from_db()
    assert gone.ends_on == TODAY
    assert not as_actor(gone.person).allows("team.read", team.place())
    assert mail("member_left") == [gone.person_id]
    assert [one.is_gone for one in people_of(team, TODAY)] == [False, True]


def test_the_last_referent_does_not_leave() -> None:
    team = TeamFactory()
    alone = MemberFactory(team=team, role=Role.REFERENT)

    with pytest.raises(Refusal, match="seule personne référente"):
        actions.end_member(member=alone, reason="Motif.", now=NOW, actor=None)

    MemberFactory(team=team, role=Role.REFERENT)
    actions.end_member(member=alone, reason="Motif.", now=NOW, actor=None)
    alone.refresh_from_db()
    assert alone.ends_on == TODAY


def test_leaving_asks_a_reason() -> None:
    with pytest.raises(Refusal, match="motif manque"):
        actions.end_member(member=MemberFactory(), reason=" ", now=NOW, actor=None)


def test_someone_who_left_comes_back_on_a_new_line() -> None:
    team = TeamFactory()
    gone = MemberFactory(team=team, school="Lycée", is_newcomer=True)
    actions.end_member(member=gone, reason="Congé.", now=NOW, actor=None)

    later = NOW + timedelta(days=30)
    back = actions.take_back_member(member=gone, now=later, actor=None)
    again = actions.take_back_member(member=gone, now=later, actor=None)

    assert back == again != gone
    assert (back.school, back.is_newcomer, back.starts_on) == ("Lycée", True, later.date())
    assert Mandate.objects.in_force(later.date()).filter(person=gone.person).count() == 1


def test_nobody_joins_a_team_that_withdrew() -> None:
    team = TeamFactory(state="withdrawn", reason="Motif.")

    with pytest.raises(Refusal, match="s’est retirée"):
        add(team)


def test_a_partner_reads_once_the_team_shares() -> None:
    team = TeamFactory()
    partner = as_actor(add(team, Role.PARTNER).person)
    assert not partner.allows("team.read", team.place())

    shared = actions.share(team=team, now=NOW, actor=member(team, Role.REFERENT))

    assert partner.allows("team.read", shared.place())
    kept = actions.stop_sharing(team=team, now=NOW, actor=None)
    assert not partner.allows("team.read", kept.place())


def test_describing_a_member_changes_only_what_differs() -> None:
    one = MemberFactory(school="Collège")

    changed = actions.describe_member(
        member=one,
        about=About(school="Lycée", discipline="SVT", is_newcomer=True),
        now=NOW,
        actor=None,
    )

    assert (changed.school, changed.discipline, changed.is_newcomer) == ("Lycée", "SVT", True)


def test_a_moved_in_team_completes_and_reopens_by_the_expert() -> None:
    team = TeamFactory()
    someone = MemberFactory(team=team)
    expert = leader(team.group)

    actions.complete_team(team=team, now=NOW, actor=expert)
    assert Team.objects.get(pk=team.pk).state == "completed"
    assert mail("team_completed") == [someone.person_id]
    actions.reopen_team(team=team, reason="Un essai reste.", now=NOW, actor=expert)

    assert Team.objects.get(pk=team.pk).state == "at_work"
    with pytest.raises(NotAllowed):
        actions.complete_team(team=team, now=NOW, actor=as_actor(someone.person))


def test_a_moved_in_team_withdraws_and_comes_back_by_its_delegate() -> None:
    team = TeamFactory()
    MemberFactory(team=team)
    delegate = of_academy(team)

    actions.withdraw_team(team=team, reason="Motif.", now=NOW, actor=delegate)
    assert rows(team) == []
    actions.reinstate_team(team=team, reason="Erreur.", now=NOW, actor=delegate)

    assert len(rows(team)) == 1
    with pytest.raises(NotAllowed):
        actions.withdraw_team(team=team, reason="Motif.", now=NOW, actor=national(Role.DGESCO))
