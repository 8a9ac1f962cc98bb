"""A group of two teams whose campaign is of these years, with people to convene."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.groups.factories import (
    NOW,
    MemberFactory,
    NationalGroupFactory,
    TeamFactory,
    leader,
)
from tests.people.factories import UserFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import TextState
from traam.documents.queries import attached
from traam.groups import actions
from traam.groups.actions import Details
from traam.groups.models import Meeting, NationalGroup, Team
from traam.groups.queries.meetings import people_of
from traam.groups.rules.life import MeetingMode
from traam.people.models import User
from traam.people.queries import actor_for
from traam.post.models import Message

IN_A_WEEK = NOW + timedelta(days=7)


@dataclass(frozen=True)
class Room:
    """A group, its expert, its two teams, and a référent and a teacher in each."""

    group: NationalGroup
    expert: Actor
    teams: tuple[Team, Team]
    people: dict[str, User]

    def actor(self, name: str) -> Actor:
        return actor_for(self.people[name], NOW.date())

    @property
    def keys(self) -> list[int]:
        """Everyone who may be convened to a national meeting."""
        return [one.key for one in people_of(self.group, NOW.date())]


def room() -> Room:
    """The campaign 2026-2027, at work."""
    campaign = CampaignFactory(
        year="2026-2027",
        first_year=2026,
        last_year=2027,
        state=CampaignState.AT_WORK,
        is_archive=False,
        state_at=NOW,
    )
    theme = ThemeFactory(campaign=campaign, state=TextState.SIGNED_TWICE)
    group = NationalGroupFactory(theme=theme)
    teams = (TeamFactory(group=group), TeamFactory(group=group))
    people = {}
    for team, names in zip(teams, (("alice", "bob"), ("charlie", "denise")), strict=True):
        for name, role in zip(names, (Role.REFERENT, Role.TEACHER), strict=True):
            person = UserFactory(name=f"{name.capitalize()} {team.pk}")
            people[name] = MemberFactory(team=team, person=person, role=role).person
    return Room(group, leader(group), teams, people)


def another_room(made: Room) -> Room:
    """Another group of the same campaign, of one team."""
    theme = ThemeFactory(campaign=made.group.campaign, state=TextState.SIGNED_TWICE)
    group = NationalGroupFactory(theme=theme)
    team = TeamFactory(group=group)
    return Room(group, leader(group), (team, team), {"bob": MemberFactory(team=team).person})


def details(**changes: Any) -> Details:
    given: dict[str, Any] = {
        "title": "Point d’étape de novembre",
        "starts_at": IN_A_WEEK,
        "ends_at": IN_A_WEEK + timedelta(hours=2),
        "mode": MeetingMode.REMOTE,
        "link": "https://visio.exemple.fr/groupe",
        "agenda": "1. Les essais\n2. La suite",
    }
    return Details(**given | changes)


def proposed(made: Room, **changes: Any) -> Meeting:
    """A meeting in preparation of the whole group."""
    given = {
        "space": made.group,
        "details": details(),
        "people": made.keys,
        "now": NOW,
        "actor": made.expert,
    }
    return actions.propose(**given | changes)


def convened(made: Room, **changes: Any) -> Meeting:
    """The same, once the invitations have gone."""
    return actions.convene(meeting=proposed(made, **changes), now=NOW, actor=made.expert)


def kinds_to(person: User) -> list[str]:
    """The messages of groups that this person received, in order."""
    rows = Message.objects.filter(to=person.pk, kind__startswith="groups/").order_by("pk")
    return [kind.removeprefix("groups/") for kind in rows.values_list("kind", flat=True)]


def calendars_to(person: User) -> list[bytes]:
    """The calendars that these messages carry."""
    rows = Message.objects.filter(to=person.pk, kind__startswith="groups/meeting").order_by("pk")
    files = [file for row in rows for file in row.attachments]
    return [found[2] for one in files if (found := attached(one["digest"], one["name"]))]
