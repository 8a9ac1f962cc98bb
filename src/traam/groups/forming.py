"""How a group and a team come to be, and what a team takes from its application. The doors are in
`actions`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from traam.access.roles import Role
from traam.applications.models import Application
from traam.campaigns.models import Theme
from traam.groups import joining
from traam.groups.joining import About
from traam.groups.models import NationalGroup, Team, TeamBond
from traam.groups.queries import launching as queries
from traam.groups.rules import carrying
from traam.groups.rules.life import Bond
from traam.kit.clock import day_of
from traam.people.models import User
from traam.reference.models import Academy
from traam.reference.queries import vocabulary
from traam.reference.rules.codes import slug
from traam.selection.models import Participation

CODE_MAX = 80  # characters, of an address and of a mandate's limit
PROJECT_MAX = 300  # characters


def group_of(theme: Theme, *, now: datetime) -> tuple[NationalGroup, bool]:
    """The group of a theme, formed if need be, and whether it has just been."""
    return NationalGroup.objects.get_or_create(
        theme=theme,
        defaults={
            "code": theme.code,
            "campaign": theme.campaign,
            "continues": queries.continued(theme),
            "formed_at": now,
            "is_demonstration": theme.campaign.is_demonstration,
        },
    )


def free_code(group: NationalGroup, whose: str) -> str:
    """« svt-2026-2027-1-lille », then « …-2 »: past teams keep theirs."""
    base = f"{group.code}-{slug(whose) or 'equipe'}"[: CODE_MAX - 4].rstrip("-")
    code, number = base, 1
    while Team.objects.filter(code=code).exists():
        number += 1
        code = f"{base}-{number}"
    return code


def new_team(
    group: NationalGroup,
    *,
    academy: Academy | None,
    participant: str,
    project: str,
    summary: str,
    now: datetime,
    participation: Participation | None = None,
) -> Team:
    return Team.objects.create(
        code=free_code(group, academy.name if academy else participant),
        group=group,
        participation=participation,
        academy=academy,
        participant=participant,
        project=project[:PROJECT_MAX],
        summary=summary,
        state_at=now,
        formed_at=now,
    )


def team_of(participation: Participation, group: NationalGroup, *, now: datetime) -> Team:
    """The team of a retained academy: its own, one that had moved in, else a new one."""
    found = Team.objects.filter(participation=participation).first()
    if found is not None:
        return found
    application = participation.decision.case.application
    if adopted := queries.adoptable(group, participation):
        adopted.participation = participation
        adopted.project = adopted.project or application.title[:PROJECT_MAX]
        adopted.save(update_fields=["participation", "project"])
        return adopted
    return new_team(
        group,
        academy=participation.academy,
        participant="",
        project=application.title,
        summary=str(_answers(application).get("summary", "")),
        now=now,
        participation=participation,
    )


def _answers(application: Application) -> Mapping[str, Any]:
    return queries.answers_of([application.pk]).get(application.pk, {})


def carry(team: Team, application: Application, *, now: datetime) -> None:
    """The members that the application brings: its authors, its inspectors, those it names; the
    academies that answered with it."""
    past = queries.past_members(queries.team_before(application, team.group))
    found = carrying.members(
        _answers(application), authors=queries.authors_of(application), past=past
    )
    people = User.objects.in_bulk([one.person for one in found if one.person is not None])
    fresh = joining.newcomers(people, team)
    for one in found:
        about = _about(one, is_newcomer=one.person in fresh)
        if one.person is not None:
            joining.join(team, people[one.person], one.role, now=now, about=about)
        else:
            joining.name(team, one.role, on=day_of(now), about=about)
    for named in application.inspectors.filter(person__is_active=True).select_related("person"):
        joining.join(team, named.person, Role.INSPECTOR, now=now)
    for other in application.associated.order_by("pk"):
        TeamBond.objects.get_or_create(
            team=team, academy_id=other.academy_id, defaults={"kind": Bond.JOINT}
        )


def _about(one: carrying.Carried, *, is_newcomer: bool) -> About:
    terms = vocabulary().disciplines(one.discipline).terms if one.discipline else ()
    return About(
        discipline=terms[0].code if terms else "",
        school=one.school,
        school_type=one.school_type,
        is_newcomer=is_newcomer,
        source=one.source,
    )
