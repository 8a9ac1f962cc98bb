"""What the deliberation of a theme shows, fetched in a fixed number of queries.

Nothing here computes a choice: a page reads the variants that were kept.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from traam.access.actor import Actor
from traam.applications.rules.life import MAY_READ
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.queries import theme_people
from traam.people.models import User
from traam.reference.models import Academy, valid_on
from traam.selection.models import (
    Case,
    CaseEvent,
    Decision,
    Departure,
    Lock,
    Review,
    Variant,
)
from traam.selection.optimiser.wording import Names
from traam.selection.queries.assignment import readable
from traam.selection.queries.deciding import decidable
from traam.selection.queries.instance import Gathered, gathered, name_of
from traam.selection.queries.ranking import Ranking, ranked
from traam.selection.queries.variants import reading, reference_of
from traam.selection.rules.kept import Computed
from traam.selection.rules.life import ReviewState

HIDDEN = "dossier en conflit d’intérêts"


@dataclass(frozen=True)
class Deliberation:
    """A theme before those who deliberate; cases by key. `visible`: those that the reader, and
    everyone said to be in the room, may know of."""

    theme: Theme
    ranking: Ranking
    gathered: Gathered
    visible: frozenset[int]
    decidable: frozenset[int]
    decisions: dict[int, Decision]
    locks: dict[int, Lock]
    departures: Sequence[Departure]
    arbitrated: frozenset[int]
    reference: Variant | None
    computed: Computed | None
    people: Sequence[User] = ()
    in_room: frozenset[int] = frozenset()
    names: Names = field(default_factory=Names)

    @property
    def is_stale(self) -> bool:
        """Whether a lock, a review, a deposit or a rule has changed since the reference."""
        return self.computed is not None and self.computed.instance != self.gathered.instance

    @property
    def cases(self) -> list[Case]:
        return [one for one in self.gathered.cases.values() if one.theme_id == self.theme.pk]

    @property
    def hidden(self) -> int:
        return sum(one.pk not in self.visible for one in self.cases)


def deliberation(
    *, theme: Theme, actor: Actor, today: date, room: Collection[int] = ()
) -> Deliberation:
    """The theme as this actor may read it. `room`: the keys of the people who look at the screen
    too; those who do not judge the theme are left out."""
    data = gathered(campaign=theme.campaign)
    people = _people(theme, today)
    in_room = frozenset(one.pk for one in people) & frozenset(room)
    visible = known(data.cases.values(), actor) & _known_to_all(theme, in_room)
    reference = reference_of(theme.campaign)
    mine = [one for one in data.cases.values() if one.theme_id == theme.pk]
    return Deliberation(
        theme=theme,
        ranking=ranked(campaign=theme.campaign, theme=theme, actor=actor),
        gathered=data,
        visible=visible,
        decidable=decidable(mine, actor) & visible,
        decisions=decisions_of(theme.campaign, theme),
        locks=_locks(theme),
        departures=_departures(theme),
        arbitrated=_arbitrated(theme),
        reference=reference,
        computed=reading(reference) if reference else None,
        people=people,
        in_room=in_room,
        names=names_for(data, actor, visible, theme.campaign),
    )


def _people(theme: Theme, today: date) -> list[User]:
    found = theme_people(theme, today)
    people = {each.person_id: each.person for each in (*found.experts, *found.inspectors)}
    return list(people.values())


def known(cases: Iterable[Case], actor: Actor) -> frozenset[int]:
    """The keys of the cases whose application the actor may read."""
    return readable(actor, [one.pk for one in cases])


def _known_to_all(theme: Theme, room: frozenset[int]) -> frozenset[int]:
    """Those of the theme that everyone in the room was cleared for."""
    cases = Case.objects.filter(campaign=theme.campaign)
    if room:
        may = Q(application__examiners__person__in=room) & Q(
            application__examiners__standing__in=sorted(MAY_READ)
        )
        counted = Count("application__examiners", filter=may)
        cases = cases.annotate(clear_count=counted).filter(clear_count=len(room))
    return frozenset(cases.values_list("pk", flat=True))


def names_for(data: Gathered, actor: Actor, visible: Collection[int], campaign: Campaign) -> Names:
    """How sentences call things before this reader: what they may not know has no title."""
    full = data.names()
    arbitrates = actor.allows("decision.arbitrate", campaign.place())
    return Names(
        themes=full.themes,
        academies=full.academies,
        applications={
            code: name_of(case)
            if case.pk in visible
            else _masked(case, actor, arbitrates=arbitrates)
            for code, case in data.cases.items()
        },
    )


def _masked(case: Case, actor: Actor, *, arbitrates: bool) -> str:
    mine = any(case.theme.code in each.themes for each in actor.in_force)
    if mine or arbitrates:
        return HIDDEN
    return f"dossier du thème {case.theme.shown_title}"


def decisions_of(campaign: Campaign, theme: Theme | None = None) -> dict[int, Decision]:
    """By case."""
    rows = Decision.objects.filter(case__campaign=campaign).select_related("prepared_by")
    if theme is not None:
        rows = rows.filter(case__theme=theme)
    return {one.case_id: one for one in rows.order_by("pk")}


def _locks(theme: Theme) -> dict[int, Lock]:
    rows = Lock.objects.filter(case__theme=theme, lifted_at=None).select_related("locked_by")
    return {one.case_id: one for one in rows.order_by("pk")}


def _departures(theme: Theme) -> list[Departure]:
    rows = Departure.objects.filter(case__theme=theme)
    found = rows.select_related("variant", "person", "case__application__academy")
    return list(found.order_by("-at", "-pk"))


def _arbitrated(theme: Theme) -> frozenset[int]:
    rows = CaseEvent.objects.filter(case__theme=theme, kind="decision.arbitrate")
    return frozenset(rows.values_list("case", flat=True))


def academies_of_map(today: date) -> list[Academy]:
    """The académies of the day, and what takes their place overseas."""
    return list(Academy.objects.filter(valid_on(today)).order_by("overseas", "name", "pk"))


def given_on(case: Case, actor: Actor) -> list[Review]:
    """The reviews of a case that the reader may read, in the order they were given."""
    rows = Review.objects.filter(case=case, state=ReviewState.SUBMITTED)
    found = rows.over_which(actor, "review.read").select_related("reviewer")
    return list(found.order_by("submitted_at", "pk").distinct())
