"""A theme whose decisions are announced, with applications that name their teams: what a launch
pulls."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse

from tests.groups.factories import (
    NOW,
    TODAY,
    AllotmentFactory,
    DocumentFactory,
    MeetingFactory,
    MemberFactory,
    MessageFactory,
    PointFactory,
    SpentFactory,
    TeamBondFactory,
    TeamFactory,
)
from tests.selection import factories as selection
from tests.selection.announcement.setting import IN, RESERVE, Hall, hall
from traam.access.actor import Actor
from traam.groups import actions
from traam.groups.models import Member, NationalGroup, Team
from traam.people.models import User
from traam.people.queries import actor_for
from traam.post.models import Message
from traam.selection.models import Participation
from traam.selection.rules.life import DecisionKind

TEACHERS = ("Alice Martin", "Bob Durand", "Zoé Petit")


def item(name: str, **given: str) -> dict[str, str]:
    """Someone as an application names them."""
    told = {"discipline": "Mathématiques", "school": "Collège des Essais", "level": "middle"}
    return {"name": name, **told, **given}


def named(made: Hall, place: int, **answers: Any) -> None:
    """The application of this place names its author as référent·e, and three teachers."""
    author = made.team(place).author
    given = {
        "referents": [item(author.name)],
        "team": [item(author.name), *(item(name) for name in TEACHERS)],
    }
    selection.deposit(made.application(place), **(given | answers))


def announced(
    kinds: Sequence[DecisionKind | None] = (IN, RESERVE), *, themes: int = 1, **given: Any
) -> Hall:
    """Decisions announced, every application naming its team."""
    made = hall(kinds, themes=themes, **given)
    for place in range(len(made.study.cases)):
        named(made, place)
    made.announce()
    return made


def as_actor(person: User) -> Actor:
    """This person with the mandates that the database holds, that autumn."""
    return actor_for(person, TODAY)


def pilot(made: Hall) -> Actor:
    return as_actor(made.study.pilot)


def launched(made: Hall, place: int = 0, **given: Any) -> Team:
    """The team of this place, launched by the pilot."""
    whole = {"participation": made.part(place), "now": NOW, "actor": pilot(made)} | given
    return actions.launch(**whole)


def rows(team: Team) -> list[tuple[str, str, str]]:
    """Its members today: the role, the account's name (or ""), the source."""
    found = Member.objects.filter(team=team).on(TODAY).select_related("person").order_by("pk")
    return [(one.role, one.person.name if one.person else "", one.source) for one in found]


def state_of(participation: Participation) -> str:
    participation.refresh_from_db()
    return participation.state


def mail(kind: str) -> list[int | None]:
    """Who received a message of this kind (« team_launched »), in order."""
    return list(
        Message.objects.filter(kind=f"groups/{kind}").order_by("pk").values_list("to", flat=True)
    )


def page(name: str, space: NationalGroup | Team) -> str:
    return reverse(name, kwargs={"code": space.code})


def whole_team() -> Team:
    """A team with something on each of its pages."""
    team = TeamFactory(summary="Un résumé.")
    MemberFactory(team=team, school="Collège des Essais", is_newcomer=True)
    MemberFactory(team=team, person=None, mandate=None, source="team:0")
    MemberFactory(team=team, ends_on=NOW.date())
    TeamBondFactory(team=team)
    AllotmentFactory(team=team)
    SpentFactory(team=team)
    SpentFactory(team=team, attested_at=NOW)
    DocumentFactory(team=team, group=None)
    PointFactory(team=team, group=None, due_on=NOW.date() - timedelta(days=1))
    MessageFactory(team=team, group=None)
    DocumentFactory(group=team.group)
    PointFactory(group=team.group)
    MessageFactory(answers=MessageFactory(group=team.group), group=team.group)
    MeetingFactory(group=team.group)
    return team
