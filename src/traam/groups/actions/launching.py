"""A theme is launched: its national group, a team for each retained academy, their members.

It pulls what the announcement retained; pressing twice is harmless.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from traam.access.acting import allowed
from traam.access.actor import Actor
from traam.campaigns import actions as campaigns
from traam.campaigns.models import Campaign, Theme
from traam.groups import forming, joining, steps, telling
from traam.groups.actions import dues
from traam.groups.models import NationalGroup, Team
from traam.groups.queries import launching as queries
from traam.groups.rules.life import TeamState
from traam.kit.clock import day_of
from traam.kit.reasons import need_reason
from traam.selection import actions as selection
from traam.selection.models import Participation


@dataclass(frozen=True, slots=True)
class Launched:
    """What a launch did: the teams that are at work now, and were not before."""

    teams: tuple[Team, ...] = ()


@transaction.atomic
def form_group(*, theme: Theme, now: datetime, actor: Actor | None) -> NationalGroup:
    """The national group of a theme, before any launch. Twice is once. Raises `NotAllowed`."""
    behalf = allowed(actor, "group.form", theme.place())
    group, is_new = forming.group_of(theme, now=now)
    if is_new:
        steps.note("group.form", group, actor=actor, now=now, behalf=behalf)
    return group


@transaction.atomic
def launch(*, participation: Participation, now: datetime, actor: Actor | None) -> Team:
    """The team of a retained academy, at work; the group, its usual due dates and the campaign's
    work with the first.

    A team that had withdrawn comes back with its members. Twice is once. Raises `NotAllowed`,
    `MoveRefused`, or `Refusal` outside the campaign's work.
    """
    team = _launched(participation, now=now, actor=actor)
    dues.set_at_launch(group=team.group, now=now, actor=actor)
    return team


def _launched(participation: Participation, *, now: datetime, actor: Actor | None) -> Team:
    held = selection.launch_participation(participation=participation, now=now, actor=actor)
    campaigns.launch(campaign=held.theme.campaign, now=now, actor=actor)
    group, is_new = forming.group_of(held.theme, now=now)
    if is_new:
        steps.note("group.form", group, actor=actor, now=now)
    known = Team.objects.filter(participation=held).first()
    if known is not None and known.state != TeamState.WITHDRAWN:
        return known
    team = steps.locked(forming.team_of(held, group, now=now))
    if known is not None:
        return come_back(team, now=now, actor=actor)
    forming.carry(team, held.decision.case.application, now=now)
    steps.note("team.launch", team, actor=actor, now=now)
    telling.launched(team, now=now)
    return team


def come_back(team: Team, *, now: datetime, actor: Actor | None) -> Team:
    """A held team that had withdrawn is at work again, with those who left that day."""
    since = day_of(team.state_at)
    before = steps.move(team, "reinstate", now=now)
    joining.come_back(team, since=since, now=now)
    steps.note("team.reinstate", team, actor=actor, now=now, before=before)
    telling.reinstated(team, now=now)
    return team


@transaction.atomic
def launch_all(
    *, campaign: Campaign, now: datetime, actor: Actor | None, theme: Theme | None = None
) -> Launched:
    """Every retained academy of a campaign, or of one of its themes; those already at work are left
    as they are. Raises as `launch`."""
    allowed(actor, "campaign.prepare", campaign.place())
    follow_withdrawn(now=now)
    waiting = queries.retained(campaign)
    if theme is not None:
        waiting = waiting.filter(theme=theme)
    teams = tuple(_launched(one, now=now, actor=actor) for one in waiting)
    for group in {team.group_id: team.group for team in teams}.values():
        dues.set_at_launch(group=group, now=now, actor=actor)  # outside the holidays of them all
    return Launched(teams)


@transaction.atomic
def take_back_launch(*, team: Team, reason: str, now: datetime, actor: Actor | None) -> Team:
    """The academy is retained again, not at work: its team waits, with its history, for another
    launch. Twice is once. Raises `NotAllowed`, `MoveRefused` or `Refusal`."""
    held = steps.held_team(team)
    words = need_reason(reason)
    part = held.participation
    if part is None:
        allowed(actor, "participation.launch")  # a team that moved in was never launched here
        steps.need_living(held)
        return held
    selection.take_back_launch(participation=part, reason=words, now=now, actor=actor)
    if held.state == TeamState.WITHDRAWN:
        return held
    gone = leave_all(held, reason=words, now=now)
    steps.note("team.take_back_launch", held, actor=actor, now=now)
    telling.withdrawn(held, gone, reason=words, now=now)
    return held


def leave_all(team: Team, *, reason: str, now: datetime) -> list[int]:
    """Move a held team out, end the part of its members; their keys."""
    steps.move(team, "withdraw", now=now, reason=reason)
    here = team.members.on(day_of(now)).select_related("mandate").order_by("pk")
    return joining.leave(here, now=now)


def follow_withdrawn(*, now: datetime) -> int:
    """The teams whose academy withdrew by its own page withdraw too; how many. Idempotent."""
    return sum(_follow(one, now=now) for one in queries.unfollowed())


@transaction.atomic
def _follow(team: Team, *, now: datetime) -> bool:
    held = steps.held_team(team)
    if held.state != TeamState.AT_WORK or held.participation is None:
        return False
    reason = held.participation.reason
    gone = leave_all(held, reason=reason, now=now)
    steps.note("team.withdraw", held, actor=None, now=now)
    telling.withdrawn(held, gone, reason=reason, now=now)
    return True
