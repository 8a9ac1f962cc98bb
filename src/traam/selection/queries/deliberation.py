"""What the deliberation of a theme shows, fetched in a fixed number of queries.

Nothing here computes a choice: a page reads the variants that were kept.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q

from traam.access.actor import Actor
from traam.access.sql import scope_q
from traam.applications.rules.life import MAY_READ, ApplicationState
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.queries import theme_people
from traam.people.models import User
from traam.reference.models import Academy
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
from traam.selection.queries.deciding import ARBITRATE, DELIBERATE
from traam.selection.queries.instance import Gathered, gathered, lock_of, name_of
from traam.selection.queries.ranking import Ranking, names_of, ranking_of
from traam.selection.queries.variants import reading, reference_of
from traam.selection.rules.kept import Computed
from traam.selection.rules.life import ReviewState

DEPOSITED = ApplicationState.DEPOSITED
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
    sight = _sight(theme.campaign, actor)
    studied = frozenset(one.pk for one in data.cases.values())
    visible = sight.known & studied & _known_to_all(theme, in_room, studied)
    reference = reference_of(theme.campaign)
    mine = {one.pk: one for one in data.all_cases if one.theme_id == theme.pk}
    return Deliberation(
        theme=theme,
        ranking=ranking_of(
            {key: one for key, one in mine.items() if one.application.state == DEPOSITED},
            data.readings,
            known=sight.known,
            names=names_of(actor),
            disagreement=theme.campaign.call_rules.disagreement,
        ),
        gathered=data,
        visible=visible,
        decidable=sight.decidable & visible,
        decisions=data.decisions(theme),
        locks={key: lock for key, one in mine.items() if (lock := lock_of(one)) is not None},
        departures=_departures(theme),
        arbitrated=sight.arbitrated,
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


@dataclass(frozen=True, slots=True)
class _Sight:
    """The keys of the cases of a campaign: those whose application the reader may read, those they
    may decide of; those that the pilot has arbitrated."""

    known: frozenset[int]
    decidable: frozenset[int]
    arbitrated: frozenset[int]


def _sight(campaign: Campaign, actor: Actor) -> _Sight:
    read, arbitrate, deliberate = (
        scope_q(actor=actor, right=right, model=Case)
        for right in ("application.read", ARBITRATE, DELIBERATE)
    )
    arbitrated = CaseEvent.objects.filter(case=OuterRef("pk"), kind="decision.arbitrate")
    rows = Case.objects.filter(campaign=campaign).annotate(
        may_read=_whether(read),
        may_decide=_whether(arbitrate | deliberate),
        is_arbitrated=Exists(arbitrated),
    )
    found = list(rows.values_list("pk", "may_read", "may_decide", "is_arbitrated"))
    return _Sight(*(frozenset(row[0] for row in found if row[place]) for place in (1, 2, 3)))


def _whether(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _known_to_all(theme: Theme, room: frozenset[int], cases: frozenset[int]) -> frozenset[int]:
    """Those of these cases that everyone in the room was cleared for."""
    if not room:
        return cases
    may = Q(application__examiners__person__in=room) & Q(
        application__examiners__standing__in=sorted(MAY_READ)
    )
    counted = Count("application__examiners", filter=may)
    rows = Case.objects.filter(campaign=theme.campaign)
    clear = rows.annotate(clear_count=counted).filter(clear_count=len(room))
    return frozenset(clear.values_list("pk", flat=True))


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


def _departures(theme: Theme) -> list[Departure]:
    rows = Departure.objects.filter(case__theme=theme)
    found = rows.select_related("variant", "person", "case__application__academy")
    return list(found.order_by("-at", "-pk"))


def academies_of_map(academies: Iterable[Academy], today: date) -> list[Academy]:
    """Of these, the académies of the day, and what takes their place overseas."""
    return [
        one
        for one in academies
        if (one.valid_from or date.min) <= today <= (one.valid_to or date.max)
    ]


def given_on(case: Case, actor: Actor) -> list[Review]:
    """The reviews of a case that the reader may read, in the order they were given."""
    rows = Review.objects.filter(case=case, state=ReviewState.SUBMITTED)
    found = rows.over_which(actor, "review.read").select_related("reviewer")
    return list(found.order_by("submitted_at", "pk").distinct())
