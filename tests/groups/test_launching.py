"""A launch pulls what was retained: group, teams, members; twice is once; every way back."""

from datetime import timedelta

import pytest

from tests.groups.factories import NOW, TODAY, MemberFactory, NationalGroupFactory, TeamFactory
from tests.groups.setting import (
    TEACHERS,
    announced,
    as_actor,
    launched,
    mail,
    named,
    pilot,
    rows,
    state_of,
)
from tests.people.factories import MandateFactory
from tests.reference.factories import AcademyFactory
from tests.selection.announcement.setting import IN, RESERVE
from traam.access.roles import Role
from traam.applications.models import ApplicationAcademy, Author
from traam.campaigns.models import Campaign, MilestoneDate
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.life import CampaignState
from traam.groups import actions
from traam.groups.actions.dues import proposed
from traam.groups.models import Due, Member, NationalGroup, Team
from traam.groups.rules.calendar import DEFAULTS
from traam.groups.rules.life import Bond, TeamState
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.people.models import Mandate, User
from traam.post.models import Message

pytestmark = pytest.mark.django_db


def test_a_launch_makes_the_group_the_team_and_its_members() -> None:
    hall = announced()

    team = launched(hall)

    assert NationalGroup.objects.get().code == hall.theme.code
    assert team.academy == hall.part(0).academy
    assert team.project == hall.application(0).title
    assert state_of(hall.part(0)) == "launched"
    assert Campaign.objects.get(pk=hall.campaign.pk).state == CampaignState.AT_WORK
    author, inspector = hall.team(0).author.name, hall.team(0).inspector.name
    assert rows(team) == [
        ("referent", author, "referents:0"),
        *(("teacher", "", f"team:{place}") for place in range(1, len(TEACHERS) + 1)),
        ("inspector", inspector, ""),
    ]


def test_members_with_an_account_have_the_mandate_that_opens_their_team() -> None:
    hall = announced()

    team = launched(hall)

    author, inspector = as_actor(hall.team(0).author), as_actor(hall.team(0).inspector)
    assert author.allows("team.edit", team.place())
    assert author.allows("group.write", team.group.place())
    assert inspector.allows("team.agree", team.place())
    assert not as_actor(hall.team(1).author).allows("team.read", team.place())


def test_launching_twice_changes_nothing() -> None:
    hall = announced()
    actions.launch_all(campaign=hall.campaign, now=NOW, actor=pilot(hall))
    before = (Team.objects.count(), Member.objects.count(), Mandate.objects.count())
    written = Entry.objects.count()

    again = actions.launch_all(campaign=hall.campaign, now=NOW, actor=pilot(hall))
    launched(hall)

    assert again.teams == ()
    assert (Team.objects.count(), Member.objects.count(), Mandate.objects.count()) == before
    assert Entry.objects.count() == written
    assert mail("team_launched") == sorted([hall.team(0).author.pk, hall.team(0).inspector.pk])


def test_only_the_pilot_launches() -> None:
    hall = announced()

    with pytest.raises(NotAllowed):
        launched(hall, actor=as_actor(hall.team(0).delegate))

    assert state_of(hall.part(0)) == "retained"
    assert not Team.objects.exists()


def test_nothing_is_launched_once_the_campaign_is_closed() -> None:
    hall = announced()
    Campaign.objects.filter(pk=hall.campaign.pk).update(state=CampaignState.CLOSED)

    with pytest.raises(Refusal, match="avant la clôture"):
        launched(hall)


def test_a_closed_account_is_not_carried() -> None:
    hall = announced()
    User.objects.filter(pk=hall.team(0).author.pk).update(is_active=False)

    team = launched(hall)

    assert ("referent", "", "referents:0") in rows(team)


def test_the_launch_is_taken_back_and_done_again_with_the_same_team() -> None:
    hall = announced()
    team = launched(hall)

    actions.take_back_launch(team=team, reason="Trop tôt.", now=NOW, actor=pilot(hall))

    team.refresh_from_db()
    assert (team.state, team.reason) == (TeamState.WITHDRAWN, "Trop tôt.")
    assert state_of(hall.part(0)) == "retained"
    assert rows(team) == []
    assert not as_actor(hall.team(0).author).allows("team.edit", team.place())
    again = launched(hall)
    assert again == team
    assert len(rows(again)) == len(TEACHERS) + 2
    assert as_actor(hall.team(0).author).allows("team.edit", again.place())


# -- the exceptions that are normal (rules.md §4)


def test_exception_an_academy_drops_out_and_a_reserve_takes_its_place() -> None:
    hall = announced((IN, RESERVE))
    team = launched(hall)

    actions.withdraw_team(
        team=team, reason="Plus d’enseignants.", now=NOW, actor=as_actor(hall.team(0).delegate)
    )
    hall.act("call_reserve", 1, now=NOW, actor=pilot(hall))
    hall.act("accept_place", 1, now=NOW, actor=as_actor(hall.team(1).delegate))
    actions.launch_all(campaign=hall.campaign, now=NOW, actor=pilot(hall))

    team.refresh_from_db()
    assert (team.state, state_of(hall.part(0))) == (TeamState.WITHDRAWN, "withdrawn")
    assert [one.academy for one in Team.objects.living()] == [hall.part(1).academy]
    assert Member.objects.filter(team=team, ends_on=TODAY).count() == len(TEACHERS) + 2
    assert set(mail("team_withdrawn")) == {hall.team(0).author.pk, hall.team(0).inspector.pk}


def test_a_team_follows_its_academy_that_withdrew_on_its_own_page() -> None:
    hall = announced()
    team = launched(hall)
    hall.act("withdraw_participation", 0, now=NOW, reason="Motif.", actor=pilot(hall))

    assert actions.follow_withdrawn(now=NOW) == 1
    assert actions.follow_withdrawn(now=NOW) == 0
    team.refresh_from_db()
    assert (team.state, team.reason) == (TeamState.WITHDRAWN, "Motif.")


def test_an_academy_that_withdrew_comes_back_with_its_people() -> None:
    hall = announced()
    team = launched(hall)
    actions.withdraw_team(team=team, reason="Motif.", now=NOW, actor=pilot(hall))

    actions.reinstate_team(team=team, reason="Erreur.", now=NOW, actor=pilot(hall))

    team.refresh_from_db()
    assert (team.state, state_of(hall.part(0))) == (TeamState.AT_WORK, "launched")
    assert len(rows(team)) == len(TEACHERS) + 2
    assert Team.objects.count() == 1


def test_exception_more_academies_than_planned_are_all_launched() -> None:
    hall = announced((IN, IN, RESERVE))
    hall.act("call_reserve", 2, reason="Un projet de plus.", actor=pilot(hall))
    hall.act("accept_place", 2, actor=as_actor(hall.team(2).delegate))

    made = actions.launch_all(campaign=hall.campaign, now=NOW, actor=pilot(hall))

    assert len(made.teams) == 3
    assert NationalGroup.objects.count() == 1


def test_exception_a_participant_that_is_not_an_academy_has_a_team() -> None:
    group = NationalGroupFactory()

    team = actions.form_team(
        group=group, academy=None, participant="Polynésie", project="", now=NOW, actor=None
    )

    assert team.named == "Polynésie"
    assert team.place().academies == frozenset()
    with pytest.raises(Refusal, match="déjà une équipe"):
        actions.form_team(
            group=group, academy=None, participant="Polynésie", project="", now=NOW, actor=None
        )


def test_exception_several_academies_answer_together() -> None:
    hall = announced()
    other = AcademyFactory()
    ApplicationAcademy.objects.create(application=hall.application(0), academy=other)

    team = launched(hall)

    assert [(one.academy, one.kind) for one in team.bonds.all()] == [(other, Bond.JOINT)]
    assert other.code in Team.objects.get(pk=team.pk).place().academies


def test_exception_an_academy_is_associated_with_the_work_of_another() -> None:
    team, other = TeamFactory(), AcademyFactory()

    actions.bind(team=team, academy=other, kind=Bond.ASSOCIATED, now=NOW, actor=None)
    actions.bind(team=team, academy=other, kind=Bond.ASSOCIATED, now=NOW, actor=None)

    assert [one.kind for one in team.bonds.all()] == [Bond.ASSOCIATED]
    assert Entry.objects.filter(verb="team.bind").count() == 1
    delegate = MandateFactory(role=Role.DIGITAL_DELEGATE, academies=[other.code]).person
    mate = MemberFactory(team=team).person
    actions.unbind(team=team, academy=other, reason="Fini.", now=NOW, actor=None)
    assert not team.bonds.exists()
    assert set(mail("team_unbound")) == {delegate.pk, mate.pk}
    assert {one.params["reason"] for one in Message.objects.filter(kind="groups/team_unbound")} == {
        "Fini."
    }


def test_exception_an_academy_on_two_themes_has_two_teams() -> None:
    hall = announced((IN,), themes=2)

    actions.launch_all(campaign=hall.campaign, now=NOW, actor=pilot(hall))

    teams = list(Team.objects.order_by("pk"))
    assert len({one.academy_id for one in teams}) == 1
    assert len({one.group_id for one in teams}) == 2
    assert as_actor(hall.team(0).author).allows("team.edit", teams[0].place())
    assert as_actor(hall.team(0).author).allows("team.edit", teams[1].place())


def test_exception_two_academies_that_merge_keep_their_teams_under_the_new_one() -> None:
    hall = announced((IN, IN))
    actions.launch_all(campaign=hall.campaign, now=NOW, actor=pilot(hall))
    heir = AcademyFactory()
    delegate = as_actor(MandateFactory(role=Role.DIGITAL_DELEGATE, academies=[heir.code]).person)
    for place in (0, 1):
        academy = hall.part(place).academy
        academy.successor, academy.valid_to = heir, TODAY
        academy.save(update_fields=["successor", "valid_to"])

    seen = Team.objects.over_which(delegate, "team.read")

    assert seen.count() == 2
    assert all(delegate.allows("hours.grant", one.place()) for one in seen)
    assert {one.named for one in seen} == {hall.part(0).academy.name, hall.part(1).academy.name}


def test_exception_two_referents_and_two_inspectors_lead_a_team() -> None:
    hall = announced()
    second, named_too = hall.team(1).author, hall.team(1).inspector
    Author.objects.create(application=hall.application(0), person=second)
    hall.application(0).inspectors.create(person=named_too)

    team = launched(hall)

    roles = [role for role, _, _ in rows(team)]
    assert (roles.count("referent"), roles.count("inspector")) == (2, 2)
    assert as_actor(second).allows("team.edit", team.place())
    assert as_actor(named_too).allows("hours.agree", team.place())


def test_exception_a_theme_carried_over_two_campaigns_keeps_its_history() -> None:
    hall = announced()
    past = NationalGroupFactory()
    known = MemberFactory(team=TeamFactory(group=past, academy=hall.part(0).academy))
    known.person.name = TEACHERS[0]
    known.person.save(update_fields=["name"])
    hall.theme.__class__.objects.filter(pk=hall.theme.pk).update(continues=past.theme)

    team = launched(hall)

    assert team.group.continues == past
    assert ("teacher", TEACHERS[0], "team:1") in rows(team)
    again = Member.objects.get(team=team, person=known.person)
    assert not again.is_newcomer
    known.refresh_from_db()
    assert known.ends_on is None  # the year before stays as it was


def test_newcomers_are_those_of_no_other_campaign() -> None:
    hall = announced()
    MemberFactory(person=hall.team(0).inspector)

    team = launched(hall)

    assert Member.objects.get(team=team, role=Role.REFERENT).is_newcomer
    assert not Member.objects.get(team=team, role=Role.TEACHER, source="team:1").is_newcomer


def test_an_application_that_names_nobody_has_a_team_of_its_authors() -> None:
    hall = announced()
    named(hall, 0, referents=None, team="?")

    assert rows(launched(hall)) == [
        ("referent", hall.team(0).author.name, ""),
        ("inspector", hall.team(0).inspector.name, ""),
    ]


def dated(made) -> None:
    """The campaign says its launch and its end."""
    for kind, at in ((Milestone.LAUNCH, NOW), (Milestone.END, NOW + timedelta(days=280))):
        MilestoneDate.objects.update_or_create(
            campaign=made.campaign, kind=kind, defaults={"at": at}
        )


def test_the_usual_due_dates_are_set_with_the_group_and_never_again() -> None:
    hall = announced((IN, IN, RESERVE))
    dated(hall)

    first = launched(hall)
    Due.objects.filter(group=first.group, key="tested").delete()
    launched(hall, 1)

    kept = {one.key for one in DEFAULTS} - {"tested"}
    assert set(Due.objects.values_list("group", "key")) == {(first.group_id, key) for key in kept}


def test_a_launch_of_all_sets_the_due_dates_of_every_group_outside_the_holidays_of_all() -> None:
    hall = announced((IN, IN), themes=2)
    dated(hall)

    done = actions.launch_all(campaign=hall.campaign, now=NOW, actor=pilot(hall))

    groups = {team.group for team in done.teams}
    assert len(groups) == 2
    for group in groups:
        expected = [(one.key, one.due_on) for one in proposed(group)]
        assert list(group.dues.order_by("due_on").values_list("key", "due_on")) == expected


def test_a_launch_without_calendar_sets_no_due_date() -> None:
    hall = announced()
    MilestoneDate.objects.filter(kind__in=[Milestone.LAUNCH, Milestone.END]).delete()

    launched(hall)

    assert not Due.objects.exists()
