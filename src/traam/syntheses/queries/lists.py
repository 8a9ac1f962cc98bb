"""The list of syntheses, and what a person may begin in a group."""

from dataclasses import dataclass, replace

from django.db.models import Count, Prefetch, Q, QuerySet

from traam.access.actor import Actor
from traam.groups.models import NationalGroup, Team
from traam.syntheses.models import Synthesis
from traam.syntheses.queries.contents import right_of
from traam.syntheses.rules.life import SynthesisKind, SynthesisState


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list."""

    synthesis: Synthesis

    @property
    def state(self) -> SynthesisState:
        return SynthesisState(self.synthesis.state)

    @property
    def who(self) -> str:
        """« Lille, Nantes », or the whole group."""
        return ", ".join(one.named for one in self.synthesis.teams.all()) or "tout le groupe"


def for_list(
    rows: QuerySet[Synthesis], *, year: str = "", kind: str = "", state: str = ""
) -> QuerySet[Synthesis]:
    """The syntheses, the last changed first, with their group, teams and open remarks."""
    if year:
        rows = rows.filter(campaign__year=year)
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.filter(state=state) if state else rows.exclude(state=SynthesisState.WITHDRAWN)
    teams = Team.objects.select_related("academy").order_by("code", "pk")
    waiting = Count("remarks", filter=Q(remarks__settled_at=None))
    return (
        rows.annotate(waiting=waiting)
        .select_related("group__theme", "campaign")
        .prefetch_related(Prefetch("teams", teams))
        .order_by("-changed_at", "pk")
    )


def years_of(rows: QuerySet[Synthesis]) -> list[str]:
    """The years of their campaigns, the latest first."""
    years = rows.order_by("-campaign__year").values_list("campaign__year", flat=True)
    return list(years.distinct())


def told(group: NationalGroup) -> tuple[str, ...]:
    """Its theme, then what tells it from another of the same title."""
    return (group.theme.shown_title, group.campaign.label, group.code)


def beginnable(actor: Actor, group: NationalGroup) -> list[SynthesisKind]:
    """The kinds that this person may begin in this group: its teams', or the whole group's."""
    place = replace(group.place(), state=SynthesisState.DRAFT)
    of_teams = replace(place, teams=place.group_teams)
    kinds = []
    for kind in SynthesisKind:
        there = place if kind is SynthesisKind.NATIONAL else of_teams
        if actor.allows(right_of(kind, "write"), there):
            kinds.append(kind)
    return kinds
