"""The reminders of due dates, each sent once: the job looks each hour, the rules say what goes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import structlog
from django.db import transaction

from traam.access.roles import Role
from traam.campaigns.queries import holders
from traam.campaigns.rules.life import CampaignState
from traam.groups.actions.dues import referents_of
from traam.groups.models import Done, Due, Member, Reminder, Team
from traam.groups.rules.life import Step, TeamState
from traam.groups.rules.reminders import IsOff, step_on
from traam.groups.telling import short
from traam.kit.clock import day_of
from traam.kit.text import day as in_words
from traam.post.actions import send
from traam.reference.queries import holidays
from traam.reference.rules import Holidays

LOG = structlog.get_logger("traam.groups")
KINDS = {
    Step.BEFORE: "groups/due_before",
    Step.AFTER: "groups/due_after",
    Step.INSPECTOR: "groups/due_inspector",
    Step.PILOT: "groups/due_pilot",
}
AHEAD, BEHIND = timedelta(days=120), timedelta(days=150)  # from the due date, holidays included


def remind_due(*, now: datetime) -> int:
    """Send the reminders whose day has come; how many were sent."""
    today = day_of(now)
    dues = Due.objects.filter(
        group__campaign__state=CampaignState.AT_WORK,
        due_on__gte=today - BEHIND,
        due_on__lte=today + AHEAD,
    )
    known = holidays()
    rows = dues.select_related("group__theme", "group__campaign").order_by("due_on", "pk")
    return sum(_remind(due, known=known, today=today, now=now) for due in rows)


@transaction.atomic
def _remind(due: Due, *, known: Holidays, today: date, now: datetime) -> int:
    """One due date, kept from a change of it meanwhile."""
    held = Due.objects.select_for_update(of=("self",)).filter(pk=due.pk).first()
    if held is None or held.due_on != due.due_on:
        return 0
    by_step: dict[Step, list[Team]] = defaultdict(list)
    for team, step in _steps(due, known=known, today=today):
        if _first_time(due, team, step, now=now):
            by_step[step].append(team)
    for step, teams in by_step.items():
        _tell(due, step, teams, now=now)
        LOG.info("due_reminded", due=due.pk, step=str(step), teams=len(teams))
    return sum(len(teams) for teams in by_step.values())


def _steps(due: Due, *, known: Holidays, today: date) -> Iterable[tuple[Team, Step]]:
    """The teams that have not met it, and what goes to each today, if anything."""
    teams = Team.objects.filter(group=due.group, state=TeamState.AT_WORK)
    teams = teams.exclude(pk__in=Done.objects.filter(due=due).values("team"))
    sent = defaultdict(list)
    rows = Reminder.objects.filter(due=due, due_on=due.due_on)
    for team, name in rows.values_list("team", "step"):
        sent[team].append(Step(name))
    for one in teams.select_related("academy__successor").order_by("pk"):
        is_off = _calendar_of(one, known)
        step = step_on(today, due_on=due.due_on, sent=sent[one.pk], is_off=is_off)
        if step is not None:
            yield one, step


def _calendar_of(team: Team, known: Holidays) -> IsOff:
    """The holidays of the team's academy, or of the one it merged into; none where its calendar is
    not known, and for a participant that is not an academy."""
    academy = team.academy
    code = academy.code if academy is not None else ""
    if academy is not None and academy.successor is not None and code not in known.zones:
        code = academy.successor.code
    return lambda day: known.off(code, day) is not None


def _first_time(due: Due, team: Team, step: Step, *, now: datetime) -> bool:
    _, is_new = Reminder.objects.get_or_create(
        due=due, team=team, due_on=due.due_on, step=step, defaults={"sent_at": now}
    )
    return is_new


def _tell(due: Due, step: Step, teams: list[Team], *, now: datetime) -> None:
    """The référents of each team, then its inspectors; the pilots, all the teams at once."""
    today = day_of(now)
    pilots = [one.pk for one in holders(Role.PILOT, today)]
    if step is Step.PILOT:
        _send(due, step, ", ".join(one.named for one in teams), pilots, teams=teams, now=now)
        return
    if step is Step.INSPECTOR:
        told = _inspectors_of(teams, today=today)
    else:
        told = referents_of(teams, today=today)
    for team in teams:
        # Nobody to tell is worse than telling the pilots.
        people = told.get(team.pk) or (pilots if step is Step.INSPECTOR else [])
        _send(due, step, team.named, people, teams=[team], now=now)


def _inspectors_of(teams: list[Team], *, today: date) -> dict[int, list[int]]:
    rows = Member.objects.on(today).filter(
        team__in=teams, role=Role.INSPECTOR, person__is_active=True
    )
    found: dict[int, list[int]] = {}
    for team, person in rows.order_by("pk").values_list("team", "person"):
        if person is not None:
            found.setdefault(team, []).append(person)
    return found


def _send(
    due: Due, step: Step, named: str, people: Iterable[int], *, teams: list[Team], now: datetime
) -> None:
    params: dict[str, str | int] = {
        "group": due.group.code,
        "theme": short(due.group.theme.shown_title),
        "title": short(due.title),
        "due_on": in_words(due.due_on),
        "named": short(named, 250),
        "count": len(teams),
    }
    what = "-".join(str(one.pk) for one in teams[:1])
    for person in sorted(set(people)):
        key = f"due:{due.pk}:{due.due_on}:{step}:{what}:{person}"
        send(to=person, kind=KINDS[step], params=params, key=key, now=now)
