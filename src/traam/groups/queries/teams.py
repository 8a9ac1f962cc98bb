"""Teams as pages show them: their people, what they may be told, what awaits them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import QuerySet

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.applications.models import Deposit
from traam.groups.models import Member, NationalGroup, Team
from traam.groups.rules.carrying import name_at
from traam.groups.rules.life import TeamState
from traam.groups.steps import whole_teams
from traam.kit.together import Asking
from traam.people.models import User
from traam.people.waves import uninvited

FOLLOW, READ, EDIT, AGREE, FORM = (
    "team.follow",
    "team.read",
    "team.edit",
    "team.agree",
    "team.form",
)
FOLLOW_GROUP = "group.follow"
ORDER = {
    role.value: place
    for place, role in enumerate((Role.REFERENT, Role.TEACHER, Role.INSPECTOR, Role.PARTNER))
}
SOMEONE = "personne nommée dans la candidature"


def for_page() -> QuerySet[Team]:
    """With all that the page and its place need."""
    rows = whole_teams(Team.objects.all())
    return rows.select_related("participation__decision__case__application")


def over_which(group: NationalGroup, actor: Actor, right: str) -> set[int]:
    """The teams of a group over which this person has this right, by what their places say; one
    query, for the disciplines of the theme (and the group's own, when its place was not asked)."""
    models.prefetch_related_objects([group.theme], "terms")
    return {one.pk for one in group.placed_teams() if actor.allows(right, one.place())}


def mine(actor: Actor) -> list[Team]:
    """The teams of which this person is a member today, the latest campaigns first; for whoever
    follows teams and no group (an IAN, a partner), those."""
    if actor.may(FOLLOW_GROUP):
        rows = Member.objects.filter(person=actor.person or 0).on(actor.today)
        teams = Team.objects.filter(pk__in=rows.values("team"))
    else:
        followed = Team.objects.over_which(actor, FOLLOW).filter(state=TeamState.AT_WORK)
        teams = Team.objects.filter(pk__in=followed.values("pk"))
    teams = teams.select_related("academy", "group__theme", "group__campaign")
    return list(teams.order_by("-group__campaign__last_year", "code", "pk"))


@dataclass(frozen=True, slots=True)
class Person:
    """A member as pages name them; `name`: of the account, else as the application says."""

    member: Member
    name: str
    is_gone: bool
    was_invited: bool  # or has come in

    @property
    def has_account(self) -> bool:
        return self.member.person_id is not None


def people_of(team: Team, today: date, deposit: Mapping[str, Any] | None = None) -> list[Person]:
    """Its members, référents first, those who left last; three queries at most. `deposit`: what its
    academy deposited, where it was read already."""
    rows = list(Member.objects.filter(team=team).select_related("person", "mandate").order_by("pk"))
    if deposit is None and any(one.person is None for one in rows):
        deposit = deposited(team)
    answers = _answers(deposit or {})
    fresh = {one.pk for one in uninvited(one.person for one in rows if one.person)}
    found = [
        Person(
            member=one,
            name=str(one.person) if one.person else name_at(answers, one.source) or SOMEONE,
            is_gone=one.ends_on is not None and one.ends_on <= today,
            was_invited=one.person is not None and one.person.pk not in fresh,
        )
        for one in rows
    ]
    return sorted(
        found, key=lambda one: (one.is_gone, ORDER.get(one.member.role, len(ORDER)), one.name)
    )


def deposited(team: Team) -> Mapping[str, Any]:
    """What its academy deposited last, its answers and its commitments; one query."""
    if team.participation is None:
        return {}
    rows = Deposit.objects.filter(application=team.participation.decision.case.application_id)
    return rows.order_by("-number", "-pk").values_list("content", flat=True).first() or {}


def _answers(deposit: Mapping[str, Any]) -> Mapping[str, Any]:
    answers = deposit.get("answers")
    return answers if isinstance(answers, Mapping) else {}


def name_of(member: Member) -> str:
    """One member's name: of their account, else as the application says."""
    if member.person is not None:
        return str(member.person)
    team = Team.objects.select_related("participation__decision__case").get(pk=member.team_id)
    return name_at(_answers(deposited(team)), member.source) or SOMEONE


def accepted(deposit: Mapping[str, Any]) -> list[str]:
    """The commitments that the academy of a team accepted when it deposited."""
    given: Sequence[Any] = deposit.get("commitments") or ()
    return [str(one.get("label", "")) for one in given if isinstance(one, Mapping)]


def members_of(team: Team, today: date) -> list[User]:
    """Those with an account, to put in charge of an action."""
    keys = Member.objects.filter(team=team, person__is_active=True).on(today).values("person")
    return list(User.objects.filter(pk__in=keys).order_by("name", "pk"))


def to_complete(actor: Actor) -> Asking[list[tuple[Team, int]]]:
    """The teams that this person leads as référent·e and that have people to invite."""
    teams = Team.objects.over_which(actor, EDIT).filter(state=TeamState.AT_WORK)
    own = Member.objects.filter(person=actor.person or 0, role=Role.REFERENT, team__in=teams).on(
        actor.today
    )
    waiting = Member.objects.filter(team__in=own.values("team"), person=None).on(actor.today)
    counts: dict[int, int] = {}
    for team in (yield waiting.values_list("team", flat=True)):
        counts[team] = counts.get(team, 0) + 1
    teams = Team.objects.filter(pk__in=counts).select_related("group__theme", "academy")
    return [(one, counts[one.pk]) for one in (yield teams.order_by("pk"))]
