"""How the acts on groups and teams are locked and written down. The doors are in `actions`."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from traam.access.actor import Actor
from traam.access.place import Place
from traam.groups.models import Member, NationalGroup, Team
from traam.groups.models.team import bonds_of_teams, places_of_teams
from traam.groups.rules.life import TEAM_LIFE, TeamState
from traam.journal import acting
from traam.journal.rules import Scalar
from traam.kit.clock import day_of
from traam.kit.compiled import Compiled
from traam.kit.refusals import Refusal

GONE = "Cette équipe s’est retirée : rétablissez-la d’abord."
Space = NationalGroup | Team


def whole_groups(groups: QuerySet[NationalGroup]) -> QuerySet[NationalGroup]:
    """Groups with all that their place needs: no further query."""
    rows = groups.select_related("theme__campaign", "campaign", "continues")
    return rows.prefetch_related(*places_of_teams())


def whole_teams(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Teams with all that their place needs: no further query."""
    rows = teams.select_related("group__theme__campaign", "group__campaign", "academy__successor")
    return rows.prefetch_related(bonds_of_teams(), "group__teams", "group__theme__terms")


def _kept_groups(key: int) -> QuerySet[NationalGroup]:
    return whole_groups(NationalGroup.objects.select_for_update(of=("self",)).filter(pk=key))


def _kept_teams(key: int) -> QuerySet[Team]:
    rows = Team.objects.select_for_update(of=("self",)).filter(pk=key)
    return whole_teams(rows).select_related("participation")


_HELD_GROUP, _HELD_TEAM = Compiled(_kept_groups, int), Compiled(_kept_teams, int)


def held_group(group: NationalGroup) -> NationalGroup:
    """The group as it is now, kept from other acts until the end of the transaction."""
    return _HELD_GROUP.get(group.pk)


def held_team(team: Team) -> Team:
    """The team as it is now, kept from other acts until the end of the transaction."""
    return _HELD_TEAM.get(team.pk)


def locked(team: Team) -> Team:
    """As `held_team`, without what its place needs: for who is about to change that."""
    rows = Team.objects.select_related("group__theme", "group__campaign", "academy")
    return rows.select_for_update(of=("self",)).get(pk=team.pk)


def held_member(member: Member) -> tuple[Member, Team]:
    """The member as they are now, and their team, kept from other acts."""
    team = held_team(member.team)
    rows = Member.objects.select_related("person", "mandate").filter(pk=member.pk)
    return rows.select_for_update(of=("self",)).get(), team


def need_living(team: Team) -> None:
    """Raises `Refusal` when the team has withdrawn."""
    if team.state == TeamState.WITHDRAWN:
        raise Refusal(GONE)


def move(team: Team, name: str, *, now: datetime, reason: str = "") -> dict[str, Scalar]:
    """Move it; the state before. Raises `MoveRefused`."""
    before = team.state
    team.state = TEAM_LIFE.after(TeamState(before), name)
    team.state_at, team.reason = now, reason
    team.save(update_fields=["state", "state_at", "reason"])
    return {"state": str(before)}


def subject_of(thing: Space | Member) -> str:
    """« group:svt-2026-2027-1 », « team:svt-2026-2027-1-lille », « member:12 »."""
    if isinstance(thing, Member):
        return f"member:{thing.pk}"
    return f"{'team' if isinstance(thing, Team) else 'group'}:{thing.code}"


def note(
    verb: str,
    thing: Space | Member,
    *,
    actor: Actor | None,
    now: datetime,
    behalf: int | None = None,
    before: Mapping[str, Scalar] | None = None,
    after: Mapping[str, Scalar] | None = None,
) -> None:
    """One line of the journal about a group, a team or one of its members."""
    acting.note(
        verb,
        subject_of(thing),
        actor=actor,
        now=now,
        behalf=behalf,
        before=before,
        after=after,
    )


def place_of(space: Space) -> Place:
    """Where a group or a team stands."""
    return space.place()


def first_day(group: NationalGroup) -> date:
    """The first day of the campaign's work: its 1 September, or the day the group was formed."""
    year = group.campaign.first_year
    formed = day_of(group.formed_at)
    return min(formed, date(year, 9, 1)) if year else formed


def day_after(group: NationalGroup) -> date | None:
    """The day after the campaign: the 1 September of its last year; None when it is not known."""
    year = group.campaign.last_year
    return date(year, 9, 1) if year else None
