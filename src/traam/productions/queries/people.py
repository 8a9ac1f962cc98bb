"""Who writes, validates and publishes a production: the people of its team and of its theme."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from traam.access.roles import Role
from traam.campaigns.queries import theme_people
from traam.groups.models import Member, Team
from traam.kit.clock import day_of
from traam.people.models import User
from traam.productions.models import Production

WRITERS = (Role.REFERENT, Role.TEACHER)


def _members(now: datetime, roles: Iterable[Role]) -> QuerySet[Member]:
    rows = Member.objects.on(day_of(now)).filter(role__in=list(roles))
    found: QuerySet[Member] = rows.filter(person__is_active=True)
    return found


def of_team(team: Team, *, now: datetime, roles: Iterable[Role]) -> list[int]:
    """The people who hold one of these roles in the team today."""
    rows = _members(now, roles).filter(team=team)
    return sorted(set(rows.values_list("person", flat=True)))


def may_write_with(production: Production, person: User, *, now: datetime) -> bool:
    """Do they write in a team of the same national group today?"""
    rows = _members(now, WRITERS).filter(team__group=production.team.group, person=person)
    return rows.exists()


def fellow_writers(production: Production, *, now: datetime) -> list[Member]:
    """Those who could be its authors and are not: the production's team first."""
    authors = {one.person_id for one in production.authors.all()}
    rows = _members(now, WRITERS).filter(team__group=production.team.group)
    found: dict[int, Member] = {}
    for one in rows.select_related("person", "team__academy").order_by("person__name", "pk"):
        if one.person_id is not None and one.person_id not in authors:
            found.setdefault(one.person_id, one)
    return sorted(found.values(), key=lambda one: one.team_id != production.team_id)


def experts(production: Production, *, now: datetime) -> list[int]:
    """The experts of its theme today."""
    people = theme_people(production.team.group.theme, day_of(now))
    return sorted({one.person_id for one in people.experts})
