"""National groups as lists and pages show them; every join has its name here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, QuerySet

from traam.access.actor import Actor
from traam.campaigns.models import Campaign
from traam.campaigns.queries import ThemePeople, theme_people
from traam.groups.models import Meeting, Member, NationalGroup, Team
from traam.groups.rules.life import MeetingState, TeamState
from traam.groups.steps import whole_groups
from traam.kit.clock import day_of

FOLLOW, READ, WRITE, LEAD = "group.follow", "group.read", "group.write", "group.lead"
SHOWN = 30
COMING = (MeetingState.PLANNED, MeetingState.CONVENED)


def for_list(actor: Actor, *, year: str, page: str | None) -> Page[NationalGroup]:
    """The groups that this person follows in a campaign; two queries."""
    rows = NationalGroup.objects.over_which(actor, FOLLOW).filter(campaign__year=year)
    rows = rows.select_related("theme", "campaign")
    order = ("-theme__transversal", "theme__discipline_text", "theme__title", "pk")
    return Paginator(rows.order_by(*order), SHOWN).get_page(page)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A group in figures."""

    teams: int = 0
    members: int = 0
    next_meeting: datetime | None = None


def numbers_of(groups: Iterable[NationalGroup], now: datetime) -> dict[int, Numbers]:
    """By group, its living teams, their members, when it next meets; three queries."""
    keys = [one.pk for one in groups]
    teams = Team.objects.living().filter(group__in=keys)
    members = Member.objects.filter(team__in=teams).on(day_of(now))
    meetings = Meeting.objects.filter(group__in=keys, starts_at__gte=now, state__in=COMING)
    counted = dict(teams.order_by().values_list("group").annotate(Count("pk")))
    people = dict(members.order_by().values_list("team__group").annotate(Count("pk")))
    coming = dict(meetings.order_by().values_list("group").annotate(Min("starts_at")))
    return {key: Numbers(counted.get(key, 0), people.get(key, 0), coming.get(key)) for key in keys}


def campaigns_for(actor: Actor) -> list[Campaign]:
    """The campaigns in which this person follows a group, the latest first."""
    keys = NationalGroup.objects.over_which(actor, FOLLOW).values("campaign")
    return list(Campaign.objects.filter(pk__in=keys).latest_first())


def for_page() -> QuerySet[NationalGroup]:
    """With all that the page and its place need."""
    return whole_groups(NationalGroup.objects.all()).select_related("continues__campaign")


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in its group's matrix: who leads it, how many they are."""

    team: Team
    referents: Sequence[str]
    inspectors: Sequence[str]
    members: int
    newcomers: int
    to_invite: int


def lines_of(group: NationalGroup, today: date) -> list[TeamLine]:
    """Every team of a group, those that withdrew last; one query beside those of its place."""
    teams = sorted(
        group.placed_teams(),
        key=lambda one: (one.state == TeamState.WITHDRAWN, one.named, one.pk),
    )
    members: dict[int, list[Member]] = {one.pk: [] for one in teams}
    for one in Member.objects.filter(team__group=group).on(today).select_related("person"):
        members[one.team_id].append(one)
    return [_line(one, members[one.pk]) for one in teams]


def _line(team: Team, members: Sequence[Member]) -> TeamLine:
    def named(role: str) -> list[str]:
        return sorted(str(one.person) for one in members if one.role == role and one.person)

    return TeamLine(
        team=team,
        referents=named("referent"),
        inspectors=named("inspector"),
        members=len({one.person_id or f"named {one.pk}" for one in members}),
        newcomers=sum(one.is_newcomer for one in members),
        to_invite=sum(one.person_id is None for one in members),
    )


def next_meeting(group: NationalGroup, now: datetime) -> Meeting | None:
    """The meeting of the group that comes first."""
    rows = Meeting.objects.filter(group=group, ends_at__gte=now, state__in=COMING)
    return rows.order_by("starts_at", "pk").first()


def leaders(group: NationalGroup, today: date) -> ThemePeople:
    """Who leads it: the experts and the general inspection of its theme."""
    return theme_people(group.theme, today)


def members_of(group: NationalGroup, today: date) -> list[Member]:
    """The members of its teams, by academy, référents first."""
    rows = Member.objects.filter(team__group=group).exclude(team__state=TeamState.WITHDRAWN)
    rows = rows.on(today).select_related("person", "team__academy", "mandate")
    return list(rows.order_by(F("team__academy__name").asc(nulls_last=True), "team", "pk"))


def followed(group: NationalGroup, actor: Actor) -> bool:
    """May this person open the group of the campaign before? No query when there is none."""
    if group.continues_id is None:
        return False
    rows = NationalGroup.objects.over_which(actor, FOLLOW)
    return rows.filter(pk=group.continues_id).exists()
