"""Who is told what of a team, and by which text (`jinja2/groups/post/`)."""

from collections.abc import Iterable
from datetime import datetime

from traam.access.roles import Role
from traam.applications.queries.people import acting
from traam.groups.models import Member, Team
from traam.kit.clock import day_of
from traam.post.actions import send
from traam.reference.models import Academy

TITLE_MAX = 150  # characters of a theme's title within a message
REASON_MAX = 250


def short(text: str, limit: int = TITLE_MAX) -> str:
    """On one line, without what a parameter may not hold."""
    line = " ".join(text.replace("@", " ").split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def about(team: Team) -> dict[str, str | int]:
    """What every message about a team says of it."""
    return {
        "team": team.code,
        "named": team.named,
        "theme": short(team.group.theme.shown_title),
        "year": team.group.campaign.year,
    }


def tell(
    kind: str, team: Team, people: Iterable[int | None], *, now: datetime, **params: str | int
) -> None:
    """Write to each of these people, once for this instant. `kind`: « groups/team_launched »."""
    given = {**about(team), **params}
    for person in sorted({one for one in people if one is not None}):
        key = f"{kind}:{team.pk}:{now.timestamp():.6f}:{person}"
        send(to=person, kind=kind, params=given, key=key, now=now)


def people_of(team: Team, *, now: datetime) -> list[int]:
    """Everyone who is a member today and has an account."""
    rows = Member.objects.filter(team=team, person__isnull=False).on(day_of(now))
    return [key for key in rows.order_by("pk").values_list("person", flat=True) if key is not None]


def launched(team: Team, *, now: datetime) -> None:
    """Its members: the work begins."""
    tell("groups/team_launched", team, people_of(team, now=now), now=now)


def unbound(team: Team, academy: Academy, *, reason: str, now: datetime) -> None:
    """Its members, and the DAN of the academy that holds to it no more, and why."""
    delegates = acting(role=Role.DIGITAL_DELEGATE, academy=academy.code, today=day_of(now))
    people = {*people_of(team, now=now), *delegates}
    given = {"academy": academy.name, "reason": short(reason, REASON_MAX)}
    tell("groups/team_unbound", team, people, now=now, **given)


def withdrawn(team: Team, people: Iterable[int], *, reason: str, now: datetime) -> None:
    """Those who were its members: it takes part no more, and why."""
    tell("groups/team_withdrawn", team, people, now=now, reason=short(reason, REASON_MAX))


def reinstated(team: Team, *, now: datetime) -> None:
    """Its members: it takes part again."""
    tell("groups/team_reinstated", team, people_of(team, now=now), now=now)


def completed(team: Team, *, now: datetime) -> None:
    """Its members: its work is over."""
    tell("groups/team_completed", team, people_of(team, now=now), now=now)


def reopened(team: Team, *, reason: str, now: datetime) -> None:
    """Its members: its work goes on, and why."""
    people = people_of(team, now=now)
    tell("groups/team_reopened", team, people, now=now, reason=short(reason, REASON_MAX))


def joined(member: Member, team: Team, *, now: datetime) -> None:
    """Whoever becomes a member."""
    given = {"role": member.get_role_display()}
    tell("groups/member_joined", team, [member.person_id], now=now, **given)


def left(member: Member, team: Team, *, reason: str, now: datetime) -> None:
    """Whoever is a member no more, and why."""
    given = {"role": member.get_role_display(), "reason": short(reason, REASON_MAX)}
    tell("groups/member_left", team, [member.person_id], now=now, **given)
