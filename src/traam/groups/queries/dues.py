"""What pages, calendars and « ma journée » read of due dates: who has met which, and when."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.rules.life import CampaignState
from traam.groups.models import Done, Due, Member, NationalGroup, Reminder, Team
from traam.groups.queries.teams import EDIT, over_which
from traam.groups.rules.life import Step, TeamState
from traam.kit.labels import Labelled
from traam.kit.together import Asking


class Met(Labelled):
    """Where a team stands on a due date."""

    DONE = "done", "tenue"
    COMING = "coming", "à venir"
    SOON = "soon", "sous peu"
    LATE = "late", "passée"


SOON = 14  # days


@dataclass(frozen=True, slots=True)
class Cell:
    """A team and a due date; `told`: the last step that was sent for it."""

    team: Team
    due: Due
    met: Met
    told: Step | None = None
    is_mine: bool = False  # whoever looks may say it is met, or take it back


@dataclass(frozen=True)
class Matrix:
    """The teams of a group by their due dates."""

    dues: list[Due]
    rows: list[tuple[Team, list[Cell]]] = field(default_factory=list)

    @property
    def late_count(self) -> int:
        return sum(cell.met is Met.LATE for _, cells in self.rows for cell in cells)


def met_on(due_on: date, today: date, *, is_done: bool) -> Met:
    """Where a team stands that day."""
    if is_done:
        return Met.DONE
    if due_on < today:
        return Met.LATE
    return Met.SOON if (due_on - today).days <= SOON else Met.COMING


def dues_of(group: NationalGroup) -> tuple[list[Due], set[tuple[int, int]]]:
    """The due dates of a group, in their order, and the teams that met them: (date, team); one
    query."""
    dues: dict[int, Due] = {}
    met = set()
    rows = Due.objects.filter(group=group).annotate(met_by=F("done__team"))
    for one in rows.order_by("due_on", "pk"):
        dues.setdefault(one.pk, one)
        met.add((one.pk, one.met_by))
    return list(dues.values()), met


def matrix(group: NationalGroup, *, today: date, actor: Actor) -> Matrix:
    """Every living team of a group, every due date; the teams whose dates the actor may tick are
    those they edit, or all for who leads. Few queries, whatever the size."""
    dues, done = dues_of(group)
    told, leads = _told(dues), actor.allows("group.lead", group.place())
    mine = set() if leads else over_which(group, actor, EDIT)
    rows = []
    for team in _living(group):
        cells = [
            Cell(
                team=team,
                due=due,
                met=met_on(due.due_on, today, is_done=(due.pk, team.pk) in done),
                told=told.get((due.pk, team.pk)),
                is_mine=leads or team.pk in mine,
            )
            for due in dues
        ]
        rows.append((team, cells))
    return Matrix(dues, rows)


def cells_of(group: NationalGroup, *, today: date) -> dict[int, list[Cell]]:
    """By living team, where it stands on every due date; one query beside the group's teams."""
    dues, done = dues_of(group)
    return {
        team.pk: [
            Cell(team, due, met_on(due.due_on, today, is_done=(due.pk, team.pk) in done))
            for due in dues
        ]
        for team in _living(group)
    }


def _living(group: NationalGroup) -> list[Team]:
    teams = [one for one in group.placed_teams() if one.state != TeamState.WITHDRAWN]
    return sorted(teams, key=lambda one: (one.named, one.pk))


def _told(dues: list[Due]) -> dict[tuple[int, int], Step]:
    """By due date and team, the furthest step sent for the present date."""
    dates = {one.pk: one.due_on for one in dues}
    order = list(Step)
    found: dict[tuple[int, int], Step] = {}
    for row in Reminder.objects.filter(due__in=dues).order_by("pk"):
        if row.due_on == dates[row.due_id]:
            key, step = (row.due_id, row.team_id), Step(row.step)
            found[key] = max(found.get(key, step), step, key=order.index)
    return found


# -- of a person


def groups_of(actor: Actor, *, today: date) -> QuerySet[NationalGroup]:
    """The groups at work in which this person works: as a member of a team, or as who leads it."""
    member = Member.objects.on(today).filter(person=actor.person).exclude(role=Role.PARTNER)
    led = NationalGroup.objects.over_which(actor, "group.lead").values("pk")
    of_teams = member.exclude(team__state=TeamState.WITHDRAWN).values("team__group")
    found = NationalGroup.objects.filter(Q(pk__in=of_teams) | Q(pk__in=led))
    return found.filter(campaign__state=CampaignState.AT_WORK)


def calendar_of_groups(groups: QuerySet[NationalGroup]) -> list[Due]:
    """The due dates of these groups, with what an event of a calendar says of them."""
    rows = Due.objects.filter(group__in=groups.values("pk"))
    return list(rows.select_related("group__theme").order_by("due_on", "pk"))


@dataclass(frozen=True, slots=True)
class Owed:
    """A due date that a team has not met yet; `role`: what the person is in that team."""

    due: Due
    team: Team
    role: Role


def owed_by(actor: Actor, *, today: date) -> Asking[list[Owed]]:
    """What the teams of this person still owe, the nearest date first."""
    mine = Member.objects.on(today).filter(
        person=actor.person,
        team__state=TeamState.AT_WORK,
        team__group__campaign__state=CampaignState.AT_WORK,
    )
    rows = mine.exclude(role=Role.PARTNER).select_related("team__academy")
    teams = {one.team_id: one for one in (yield rows.order_by("role", "pk"))}
    groups = {one.team.group_id for one in teams.values()}
    if not groups:
        return []
    dues, met = yield (
        Due.objects.filter(group__in=groups)
        .select_related("group__theme")
        .order_by("due_on", "pk"),
        Done.objects.filter(team__in=teams).values_list("due", "team"),
    )
    done = set(met)
    return [
        Owed(due, one.team, Role(one.role))
        for due in dues
        for one in teams.values()
        if one.team.group_id == due.group_id and (due.pk, one.team_id) not in done
    ]


def inspected(actor: Actor) -> Asking[list[tuple[Team, int]]]:
    """The teams that this person inspects in the campaigns at work, those with most dates let pass
    first, and how many each."""
    mine = Member.objects.on(actor.today).filter(
        person=actor.person or 0,
        role=Role.INSPECTOR,
        team__state=TeamState.AT_WORK,
        team__group__campaign__state=CampaignState.AT_WORK,
    )
    rows = yield mine.select_related("team__academy", "team__group__theme").order_by("team", "pk")
    teams = {one.team_id: one.team for one in rows}
    if not teams:
        return []
    past, met = yield (
        Due.objects.filter(
            group__in={one.group_id for one in teams.values()}, due_on__lt=actor.today
        ).values_list("group", "pk"),
        Done.objects.filter(team__in=teams).values_list("team", "due"),
    )
    done = set(met)
    late = {
        key: sum(group == one.group_id and (key, due) not in done for group, due in past)
        for key, one in teams.items()
    }
    ordered = sorted(teams.values(), key=lambda one: (-late[one.pk], one.code))
    return [(one, late[one.pk]) for one in ordered]


def late_for_pilot(*, today: date) -> Asking[dict[Due, int]]:
    """The dates that were escalated to the pilots and are not met yet: how many teams each."""
    rows = Reminder.objects.filter(
        step=Step.PILOT, due__group__campaign__state=CampaignState.AT_WORK, due_on__lt=today
    ).select_related("due__group__theme")
    rows = rows.filter(team__state=TeamState.AT_WORK)
    sent, met = yield (
        rows.order_by("due__due_on", "pk"),
        Done.objects.filter(due__in=rows.values("due")).values_list("due", "team"),
    )
    done = set(met)
    found: dict[Due, int] = defaultdict(int)
    for row in sent:
        if row.due.due_on == row.due_on and (row.due_id, row.team_id) not in done:
            found[row.due] += 1
    return dict(found)
