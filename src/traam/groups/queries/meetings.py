"""What the pages, the calendars and « ma journée » read of meetings; who may be convened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.queries import theme_people
from traam.groups.models import (
    Convened,
    Meeting,
    Member,
    MinutesSection,
    NationalGroup,
    SectionVersion,
    Team,
)
from traam.groups.queries.space import Space, of
from traam.groups.rules.life import Answer, Attendance, MeetingState, TeamState
from traam.groups.steps import whole_groups, whole_teams
from traam.kit.together import Asking

M = MeetingState
LEAD = {"group": "group.lead", "team": "team.edit"}  # convenes, changes, cancels, closes
WRITE = {"group": "group.write", "team": "team.write"}  # the minutes
READ = {"group": "group.read", "team": "team.read"}


def kind_of(space: Space) -> str:
    """« group » or « team »: the key of the rights above."""
    return "team" if isinstance(space, Team) else "group"


def may_lead(actor: Actor, space: Space) -> bool:
    return actor.allows(LEAD[kind_of(space)], space.place())


def may_write(actor: Actor, space: Space) -> bool:
    return actor.allows(WRITE[kind_of(space)], space.place())


def readable(actor: Actor) -> QuerySet[Meeting]:
    """The meetings of the groups and teams that this person reads, and those they are convened to;
    one in preparation is read by those who read its group or team."""
    groups = NationalGroup.objects.over_which(actor, READ["group"]).values("pk")
    teams = Team.objects.over_which(actor, READ["team"]).values("pk")
    mine = Convened.objects.filter(person=actor.person).values("meeting")
    called = Q(pk__in=mine) & ~Q(state=M.PLANNED)
    return Meeting.objects.filter(Q(group__in=groups) | Q(team__in=teams) | called)


def with_owner(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with their group or team, and all that its place needs."""
    groups = Prefetch("group", whole_groups(NationalGroup.objects.all()))
    return meetings.prefetch_related(groups, Prefetch("team", whole_teams(Team.objects.all())))


# -- lists


@dataclass(frozen=True)
class Listed:
    """The meetings of a group or of a team: those to come, the nearest first, then the others."""

    coming: list[Meeting]
    past: list[Meeting]


def listed(space: Space, *, now: datetime, person: int | None) -> Listed:
    """With `my_answer` on each (None: not convened) and `coming_count`; two queries."""
    rows = Meeting.objects.filter(**of(space)).annotate(
        convened_count=Count("convened", distinct=True),
        coming_count=Count("convened", filter=Q(convened__answer=Answer.ACCEPTED), distinct=True),
        written_count=Count("sections", filter=~Q(sections__text=""), distinct=True),
    )
    found = list(rows.order_by("starts_at", "pk"))
    mine = Convened.objects.filter(person=person, meeting__in=found)
    answers = dict(mine.values_list("meeting", "answer"))
    for one in found:
        one.my_answer = answers.get(one.pk)  # type: ignore[attr-defined]
    coming = [one for one in found if one.ends_at > now and one.state in (M.PLANNED, M.CONVENED)]
    past = [one for one in reversed(found) if one not in coming]
    return Listed(coming, past)


def coming_of(group: NationalGroup, *, now: datetime) -> list[Meeting]:
    """The meetings of a group to come, the nearest first; one query."""
    rows = Meeting.objects.filter(group=group, ends_at__gt=now, state__in=(M.PLANNED, M.CONVENED))
    return list(rows.order_by("starts_at", "pk"))


def next_for(actor: Actor, *, now: datetime) -> Asking[list[Meeting]]:
    """The meetings this person is convened to that are not over, the nearest first, with
    `my_answer`."""
    rows = Convened.objects.filter(
        person=actor.person, meeting__state=M.CONVENED, meeting__ends_at__gt=now
    ).select_related("meeting")
    found = []
    for row in (yield rows.order_by("meeting__starts_at", "pk")):
        row.meeting.my_answer = row.answer
        found.append(row.meeting)
    return found


def to_close(actor: Actor, *, now: datetime) -> QuerySet[Meeting]:
    """The meetings over that nobody has declared held, for who leads them."""
    groups = NationalGroup.objects.over_which(actor, LEAD["group"]).values("pk")
    teams = Team.objects.over_which(actor, LEAD["team"]).values("pk")
    rows = Meeting.objects.filter(Q(group__in=groups) | Q(team__in=teams))
    over = rows.filter(state=M.CONVENED, ends_at__lt=now)
    return over.order_by("starts_at", "pk")


# -- one meeting


def convened_of(meeting: Meeting) -> list[Convened]:
    """Who is convened, by name."""
    return list(meeting.convened.select_related("person").order_by("person__name", "pk"))


def present_of(meeting: Meeting) -> int:
    return meeting.convened.filter(attendance=Attendance.PRESENT).count()


def sections_of(meeting: Meeting) -> list[MinutesSection]:
    """The minutes, in order."""
    return list(meeting.sections.select_related("changed_by").order_by("position", "pk"))


def versions_of(section: MinutesSection) -> list[SectionVersion]:
    """What the section has said, the latest first."""
    return list(section.versions.select_related("saved_by").order_by("-number", "pk"))


# -- who


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """Someone who may be convened: where they come from, their name, their role, their key."""

    of: str
    name: str
    role: str
    key: int


def people_of(space: Space, today: date) -> list[Person]:
    """Everyone who works there today, each once: those who lead the theme, then team by team.

    A partner is convened to their team's meetings alone.
    """
    found: dict[int, Person] = {}
    if isinstance(space, NationalGroup):
        led = theme_people(space.theme, today)
        for mandate in (*led.experts, *led.inspectors):
            who, role = mandate.person, Role(mandate.role).label
            found.setdefault(who.pk, Person("", who.name, role, who.pk))
    for member in _members(space, today):
        if (one := member.person) is not None:
            named = member.team.named if isinstance(space, NationalGroup) else ""
            found.setdefault(one.pk, Person(named, one.name, member.get_role_display(), one.pk))
    return sorted(found.values())


def _members(space: Space, today: date) -> Iterable[Member]:
    rows = Member.objects.on(today).filter(person__is_active=True)
    rows = rows.exclude(team__state=TeamState.WITHDRAWN)
    if isinstance(space, Team):
        rows = rows.filter(team=space)
    else:
        rows = rows.filter(team__group=space).exclude(role=Role.PARTNER)
    return rows.select_related("person", "team__academy").order_by("pk")


# -- calendars


SHOWN_FOR = timedelta(days=400)  # how long a calendar remembers


def calendar_of_person(person: int, *, now: datetime) -> list[Meeting]:
    """The meetings a person is or was convened to, cancelled ones included, with their answer."""
    mine = Convened.objects.filter(person=person, told_sequence__isnull=False)
    answers = dict(mine.values_list("meeting", "answer"))
    found = _recent(Meeting.objects.filter(pk__in=list(answers)), now=now)
    for one in found:
        one.my_answer = answers[one.pk]  # type: ignore[attr-defined]
    return found


def calendar_of_group(group: NationalGroup, *, now: datetime) -> list[Meeting]:
    """The national meetings of a group, once convened."""
    return _recent(Meeting.objects.filter(group=group).exclude(state=M.PLANNED), now=now)


def _recent(meetings: QuerySet[Meeting], *, now: datetime) -> list[Meeting]:
    rows = meetings.filter(ends_at__gt=now - SHOWN_FOR)
    around = rows.select_related("group__theme", "team__academy", "team__group__theme")
    return list(around.order_by("starts_at", "pk"))
