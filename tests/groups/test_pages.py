"""The pages of groups and teams, by the door: who opens them, what they show, what they cost."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.campaigns.factories import ThemeTermFactory
from tests.groups.factories import (
    DocumentFactory,
    DueFactory,
    MemberFactory,
    MessageFactory,
    NationalGroupFactory,
    PointFactory,
    SpentFactory,
    TeamBondFactory,
    TeamFactory,
    leader,
    member,
    national,
    of_academy,
)
from tests.groups.setting import page, whole_team
from tests.house.pages import CheckedClient
from tests.people.factories import MandateFactory
from tests.productions.factories import ProductionFactory
from tests.trials.factories import TrialFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.groups.models import Meeting
from traam.people.models import User
from traam.reference.queries import vocabulary

pytestmark = pytest.mark.django_db
Enter = Callable[[Actor], CheckedClient]
TEAM_PAGES = ("team", "team_members", "team_hours", "team_attestations")
SPACE_PAGES = ("documents", "points", "messages")


@pytest.fixture
def enter(client_of) -> Enter:
    """A browser in which this actor's person has signed in."""
    return lambda actor: client_of(User.objects.get(pk=actor.person))


@pytest.mark.parametrize("name", [*TEAM_PAGES, *(f"team_{one}" for one in SPACE_PAGES)])
@pytest.mark.parametrize("role", [Role.REFERENT, Role.TEACHER, Role.INSPECTOR])
def test_a_member_reads_every_page_of_their_team(enter, name: str, role: Role) -> None:
    team = whole_team()

    assert enter(member(team, role)).get(page(name, team)).status_code == 200


@pytest.mark.parametrize("name", ["group", "group_members", *(f"group_{o}" for o in SPACE_PAGES)])
def test_a_member_reads_every_page_of_their_group(enter, name: str) -> None:
    team = whole_team()
    other = TeamFactory(group=team.group)

    for actor in (member(other), leader(team.group), of_academy(team)):
        assert enter(actor).get(page(name, team.group)).status_code == 200


@pytest.mark.parametrize("name", [*TEAM_PAGES, *(f"team_{one}" for one in SPACE_PAGES)])
def test_another_team_of_the_group_does_not_enter_a_team(enter, name: str) -> None:
    team = whole_team()
    other = TeamFactory(group=team.group)

    for actor in (member(other, Role.REFERENT), of_academy(other), member(TeamFactory())):
        assert enter(actor).get(page(name, team)).status_code == 404


def test_a_stranger_signs_in_and_the_pilot_follows_without_reading(enter, client) -> None:
    team = whole_team()
    pilot = enter(national())

    assert client.get(page("team", team)).status_code == 302
    assert pilot.get(page("group", team.group)).status_code == 200
    assert pilot.get(page("team", team)).status_code == 200
    assert pilot.get(page("group_messages", team.group)).status_code == 404
    assert pilot.get(page("team_documents", team)).status_code == 404


def test_the_first_page_of_a_group_shows_its_academies_and_what_is_next(enter) -> None:
    team = whole_team()

    shown = enter(leader(team.group)).get(page("group", team.group)).content.decode()

    assert team.named in shown
    assert "Prochaine réunion" in shown
    assert "Point d’étape" in shown
    assert "Relire la grille d’observation." in shown
    assert page("team", team) in shown


def test_the_first_page_of_a_group_says_where_its_next_meeting_is(enter) -> None:
    team = whole_team()
    Meeting.objects.filter(group=team.group).update(location="Rectorat, salle 12", mode="on_site")

    shown = enter(leader(team.group)).get(page("group", team.group)).content.decode()

    assert re.search(r"<br>sur place\s: Rectorat, salle 12</p>", shown)


def test_a_group_leads_to_its_next_meeting_or_to_prepare_one(enter) -> None:
    team = whole_team()
    new = page("group_meeting_new", team.group)
    leads, reads = enter(leader(team.group)), enter(member(team))

    with_one = leads.get(page("group", team.group)).content.decode()
    met = Meeting.objects.get(group=team.group)
    assert reverse("meeting", kwargs={"key": met.pk}) in with_one
    assert new not in with_one
    met.delete()
    assert new in leads.get(page("group", team.group)).content.decode()
    assert new not in reads.get(page("group", team.group)).content.decode()


def test_a_group_shows_no_link_to_a_team_that_its_reader_may_not_open(enter) -> None:
    team = whole_team()
    other = TeamFactory(group=team.group)

    shown = enter(member(team)).get(page("group", team.group)).content.decode()

    assert page("team", team) in shown
    assert page("team", other) not in shown


def test_a_group_leads_to_its_cross_tests_and_its_findings(enter) -> None:
    group = whole_team().group
    client = enter(leader(group))

    shown = client.get(page("group", group)).content.decode()

    for name in ("cross_tests", "findings"):
        assert f'href="{page(name, group)}"' in shown
        assert client.get(page(name, group)).status_code == 200


def test_a_group_shows_the_pilot_its_cross_tests_and_no_findings(enter) -> None:
    group = whole_team().group

    shown = enter(national()).get(page("group", group))

    assert page("cross_tests", group) in shown.content.decode()
    assert page("findings", group) not in shown.content.decode()


@pytest.mark.parametrize("name", ["productions", "trials_list"])
def test_a_team_leads_to_what_it_has_made_and_to_nothing_of_the_others(enter, name) -> None:
    team = whole_team()
    other = TeamFactory(group=team.group)
    for each, title in ((team, "Le nôtre"), (other, "Le leur")):
        made = ProductionFactory(team=each, title=title, shared=True)
        TrialFactory(production=made, team=each, closed=True)
    browser = enter(leader(team.group))

    tabs = browser.get(page("team", team)).content.decode()
    [address] = re.findall(rf'href="({reverse(name)}\?equipe=[^"]*)"', tabs)
    listed = browser.get(address).content.decode()

    assert "Le nôtre" in listed
    assert "Le leur" not in listed


def test_whoever_follows_teams_and_no_group_finds_them(client_of) -> None:
    team, other = whole_team(), TeamFactory()
    ThemeTermFactory(theme=team.group.theme, scheme="disciplines", code="MATHS")
    held = {"academies": [team.academy.code], "disciplines": ["MATHS"]}
    client = client_of(MandateFactory(role=Role.CORRESPONDENT, **held).person)

    shown = client.get(reverse("groups"))

    assert page("team", team) in shown.content.decode()
    assert page("team", other) not in shown.content.decode()
    assert client.get(page("team", team)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        # session, user, mandates; campaigns, the count, groups, their three numbers,
        # my teams
        ("groups", 10),
        # as above; the group, its teams, their bonds, members, dates, leaders, the meeting,
        # counts, actions, disciplines
        ("group", 13),
        ("group_members", 8),
        ("group_messages", 9),
    ],
)
def test_a_page_of_a_group_costs_the_same_whatever_its_rows(
    enter, django_assert_num_queries, rows: int, name: str, asked: int
) -> None:
    group = NationalGroupFactory()
    for _ in range(rows):
        team = TeamFactory(group=group)
        MemberFactory(team=team)
        TeamBondFactory(team=team)
        MessageFactory(answers=MessageFactory(group=group), group=group)
        PointFactory(group=group)
        DueFactory(group=group)
    client = enter(leader(group))
    address = reverse("groups") if name == "groups" else page(name, group)

    with django_assert_num_queries(asked):
        client.get(address)


@pytest.mark.parametrize("name", [*TEAM_PAGES, *(f"team_{one}" for one in SPACE_PAGES)])
def test_a_page_of_a_team_costs_the_same_whatever_its_rows(enter, name: str) -> None:
    vocabulary()  # read once by whoever comes first
    counts = []
    for rows in (1, 3):
        team = TeamFactory()
        for _ in range(rows):
            one = MemberFactory(team=team)
            SpentFactory(team=team, member=one)
            TeamBondFactory(team=team)
            DocumentFactory(team=team, group=None)
            PointFactory(team=team, group=None, owner=one.person)
            MessageFactory(team=team, group=None, sent_by=one.person)
            TeamFactory(group=team.group)
        client = enter(member(team, Role.INSPECTOR))
        with CaptureQueriesContext(connection) as asked:
            client.get(page(name, team))
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 14
