"""The conflicts of a campaign: all of them for who settles them, a count for who has one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, QuerySet, Value, When

from traam.access.actor import Actor
from traam.applications.models import Application, Examiner
from traam.applications.rules.conflicts import Conflict, read_kinds
from traam.applications.rules.life import MAY_READ, ApplicationState, ConflictKind, Standing
from traam.campaigns.models import Campaign
from traam.people.models import User
from traam.selection.queries.ranking import names_of

SETTLE = "application.settle_conflict"
DECLARE = "application.declare_conflict"
Examiners = QuerySet[Examiner]
_TO_SETTLE_FIRST = Case(
    *(
        When(standing=standing, then=Value(place))
        for place, standing in enumerate((Standing.FOUND, Standing.PINNED, Standing.DISMISSED))
    ),
    default=Value(9),
)


def may_settle(actor: Actor, campaign: Campaign) -> bool:
    """Does this reader confirm and dismiss conflicts, and so read them?"""
    return actor.allows(SETTLE, campaign.place())


def conflicts(campaign: Campaign, filters: Mapping[str, str]) -> Examiners:
    """Every conflict found, declared or pinned, those to settle first."""
    found = Examiner.objects.filter(
        application__campaign=campaign, application__state=ApplicationState.DEPOSITED
    ).exclude(standing=Standing.CLEAR)
    paths = {
        "situation": "standing",
        "theme": "application__theme__code",
        "sorte": "kinds__contains",
    }
    for name, path in paths.items():
        if value := filters.get(name):
            found = found.filter(**{path: value})
    rows = found.select_related(
        "application__academy",
        "application__theme",
        "application__campaign",
        "person",
        "settled_by",
    )
    return rows.order_by(_TO_SETTLE_FIRST, "person__name", "pk")


def themes_of(campaign: Campaign) -> list[tuple[str, str]]:
    """The themes where there are conflicts, for the filter."""
    rows = (
        conflicts(campaign, {})
        .order_by()
        .values_list("application__theme__code", "application__theme__title")
    )
    return sorted(set(rows), key=lambda one: one[1].casefold())


def own_conflicts(actor: Actor, campaign: Campaign) -> list[tuple[str, int]]:
    """By theme (its title), how many applications a conflict closes to this person: no more."""
    mine = Examiner.objects.filter(
        application__campaign=campaign,
        application__state=ApplicationState.DEPOSITED,
        person__in=names_of(actor),
    ).exclude(standing__in=sorted(MAY_READ))
    rows = mine.order_by().values("application__theme__title").annotate(count=Count("pk"))
    found = [(one["application__theme__title"], one["count"]) for one in rows]
    return sorted(found)


def may_declare_on(actor: Actor, campaign: Campaign) -> list[Application]:
    """The applications on which this person may say that they have a conflict: those they read."""
    readable = Application.objects.over_which(actor, "application.read")
    found = readable.filter(campaign=campaign, state=ApplicationState.DEPOSITED)
    keys = Application.objects.over_which(actor, DECLARE).values("pk")
    rows = found.filter(pk__in=keys).select_related("academy", "theme")
    return list(rows.order_by("theme__code", "academy__name", "pk"))


def judges_of(campaign: Campaign) -> list[User]:
    """The people who were checked before the applications of this campaign."""
    keys = Examiner.objects.filter(application__campaign=campaign).values("person")
    return list(User.objects.filter(pk__in=keys).order_by("name", "pk"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A conflict in the list: its kinds and sentences in words."""

    row: Examiner
    sentences: list[str]

    @property
    def kinds(self) -> str:
        return ", ".join(one.label for one in ConflictKind if one in read_kinds(self.row.kinds))

    @property
    def standing(self) -> Standing:
        return Standing(self.row.standing)

    @property
    def is_declared(self) -> bool:
        return ConflictKind.DECLARED in read_kinds(self.row.kinds)


def shown(row: Examiner, known: Mapping[tuple[int, int], tuple[Conflict, ...]]) -> Shown:
    """With the sentences that the facts give today (`applications.queries.conflicts_of`)."""
    found = known.get((row.application_id, row.person_id), ())
    return Shown(row, [one.sentence for one in found])
