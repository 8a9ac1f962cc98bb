"""What a group or a team keeps: its documents by heading, its points, its messages; the digests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Prefetch, Q, QuerySet, Value, When

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.rules.life import CampaignState
from traam.groups.models import Document, Member, Message, NationalGroup, Point, Team
from traam.groups.queries.groups import READ as READ_GROUP
from traam.groups.queries.teams import READ as READ_TEAM
from traam.groups.rules.life import Heading, TeamState
from traam.groups.rules.space import Heard
from traam.kit.counting import counts
from traam.people.models import MandateScope, ScopeKind

MESSAGES_SHOWN = 20
POINTS_SHOWN = 40
ACTIONS_SHOWN = 5
_TO_DO = Q(kind="action", done_at=None)
Space = NationalGroup | Team


def of(space: Space) -> dict[str, Space]:
    """The key of what belongs to this space."""
    return {"team": space} if isinstance(space, Team) else {"group": space}


def documents_of(space: Space) -> list[tuple[Heading, list[Document]]]:
    """The documents kept, by heading, the latest first; one query."""
    rows = Document.objects.filter(**of(space), withdrawn_at=None)
    found: dict[str, list[Document]] = {}
    for one in rows.select_related("file", "added_by").order_by("-added_at", "-pk"):
        found.setdefault(one.heading, []).append(one)
    return [(heading, found[heading]) for heading in Heading if heading in found]


def points_of(space: Space) -> QuerySet[Point]:
    """Actions to do first (the nearest due date first), then what is done or decided."""
    rows = Point.objects.filter(**of(space)).select_related("owner", "added_by", "meeting")
    rank = Case(When(_TO_DO, then=Value(0)), default=Value(1))
    due_on = Case(When(_TO_DO, then=F("due_on")), default=None)
    number = Case(When(_TO_DO, then=F("pk")), default=None)
    return rows.order_by(rank, due_on.asc(nulls_last=True), number, "-added_at", "-pk")


def points_page(space: Space, *, page: str | None) -> Page[Point]:
    return Paginator(points_of(space), POINTS_SHOWN).get_page(page)


def nearest_actions(space: Space) -> list[Point]:
    """The few actions that a first page shows, those to do first."""
    return list(points_of(space).filter(kind="action")[:ACTIONS_SHOWN])


def threads_of(space: Space, *, page: str | None) -> Page[Message]:
    """The messages that answer none, the latest first, each with its answers."""
    people = ("sent_by", "withdrawn_by")
    replies = Message.objects.select_related(*people).order_by("sent_at", "pk")
    rows = Message.objects.filter(**of(space), answers=None).select_related(*people)
    rows = rows.prefetch_related(Prefetch("replies", queryset=replies))
    return Paginator(rows.order_by("-sent_at", "-pk"), MESSAGES_SHOWN).get_page(page)


# -- digests


def messages_between(start: datetime, end: datetime) -> list[Message]:
    """What was written in [start, end), withdrawn messages left out."""
    rows = Message.objects.filter(sent_at__gte=start, sent_at__lt=end, withdrawn_at=None)
    return list(
        rows.select_related("group__theme", "team__academy", "team__group__theme").order_by("pk")
    )


def heard(messages: Iterable[Message]) -> dict[tuple[str, int], list[Heard]]:
    """By space (« group », its key), what was written there."""
    found: dict[tuple[str, int], list[Heard]] = {}
    for one in messages:
        if one.team is not None:
            key, name = ("team", one.team.pk), f"l’équipe « {one.team.named} »"
        elif one.group is not None:
            key, name = ("group", one.group.pk), f"le groupe « {one.group.theme.shown_title} »"
        else:  # the database allows neither
            continue
        found.setdefault(key, []).append(
            Heard(" ".join(name.replace("@", " ").split()), one.sent_by_id)
        )
    return found


def readers(spaces: Sequence[tuple[str, int]], today: date) -> Mapping[tuple[str, int], set[int]]:
    """By space, who reads it: members in force; for a group, its experts and inspection too."""
    teams = {key for kind, key in spaces if kind == "team"}
    groups = {key for kind, key in spaces if kind == "group"}
    found: dict[tuple[str, int], set[int]] = {one: set() for one in spaces}
    members = Member.objects.on(today).filter(person__is_active=True).exclude(role=Role.PARTNER)
    members = members.exclude(team__state=TeamState.WITHDRAWN)
    rows = members.filter(Q(team__in=teams) | Q(team__group__in=groups))
    for person, team, group in rows.values_list("person", "team", "team__group"):
        for space in (("team", team), ("group", group)):
            if space in found and person is not None:
                found[space].add(person)
    themes = dict(NationalGroup.objects.filter(pk__in=groups).values_list("theme__code", "pk"))
    scopes = MandateScope.objects.in_force(today).filter(
        kind=ScopeKind.THEME,
        code__in=themes,
        mandate__role__in=(Role.EXPERT, Role.GENERAL_INSPECTOR),
        mandate__person__is_active=True,
    )
    for code, person in scopes.values_list("code", "mandate__person"):
        found[("group", themes[code])].add(person)
    return found


def actions_of(actor: Actor) -> QuerySet[Point]:
    """What this person is in charge of and has still to do, in the spaces at work that they read:
    the nearest date first, what has none last."""
    groups = NationalGroup.objects.over_which(actor, READ_GROUP).values("pk")
    teams = Team.objects.over_which(actor, READ_TEAM).values("pk")
    at_work = Q(group__campaign__state=CampaignState.AT_WORK) | Q(
        team__group__campaign__state=CampaignState.AT_WORK
    )
    rows = Point.objects.filter(_TO_DO, at_work, owner=actor.person or 0)
    rows = rows.filter(Q(group__in=groups) | Q(team__in=teams))
    rows = rows.select_related("group__theme", "team__academy", "team__group__theme")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a space holds, for its tabs."""

    documents: int
    actions: int
    messages: int


def counts_of(space: Space) -> Counts:
    """One query."""
    kept = {**of(space), "withdrawn_at": None}
    found = counts(
        documents=Document.objects.filter(**kept),
        actions=Point.objects.filter(_TO_DO, **of(space)),
        messages=Message.objects.filter(**kept),
    )
    return Counts(**found)
