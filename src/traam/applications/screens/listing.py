"""The list of applications as a reader asks for it: its filters, its order, and its sheet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils.text import capfirst

from traam.access.actor import Actor
from traam.access.sql import scope_q
from traam.applications.forms.lists import Order, Waiting
from traam.applications.models import Application
from traam.applications.rules.life import ApplicationState
from traam.kit.sheets import Cell, Sheet
from traam.kit.text import since
from traam.people.rules import search_patterns

Applications = QuerySet[Application]
READ = "application.read"
# What someone may be expected to do with one, each a right that its state opens.
AWAITED = ("application.edit", "application.agree", "application.endorse")
HEADERS = (
    "Code",
    "Intitulé",
    "Campagne",
    "Thème",
    "Académie",
    "État",
    "Depuis le",
    "À qui d’agir",
    "Rang",
    "Déposée le",
)
_ORDERS = {
    Order.LATEST: (F("state_at").desc(), F("pk").desc()),
    Order.THEME: (F("campaign__year").desc(), F("theme__code"), F("academy__name"), F("pk")),
    Order.ACADEMY: (F("academy__name"), F("theme__code"), F("pk")),
    Order.RANK: (F("academy__name"), F("rank").asc(nulls_last=True), F("pk")),
    Order.STATE: (F("state"), F("state_at"), F("pk")),
    Order.TITLE: (F("title"), F("pk")),
}
TURNS = {
    ApplicationState.DRAFT: "auteurs et autrices",
    ApplicationState.AWAITING_AGREEMENT: "inspecteur·rice désigné·e",
    ApplicationState.AWAITING_VISA: "DAN de l’académie",
}


def readable_q(actor: Actor) -> Q:
    """What this person may read, and what they entered, or may enter, for others."""
    entered = scope_q(actor=actor, right="application.enter_on_behalf", model=Application)
    return scope_q(actor=actor, right=READ, model=Application) | (~Q(channel="") & entered)


def readable(actor: Actor) -> Applications:
    """What this person may read; nothing else is counted, filtered or offered."""
    return Application.objects.filter(readable_q(actor))


def awaiting(actor: Actor) -> Q:
    """The applications that this person is expected to do something with."""
    found = Q(pk__in=[])
    for right in AWAITED:
        found |= scope_q(actor=actor, right=right, model=Application)
    return found


def chosen(actor: Actor, filters: Mapping[str, str]) -> Applications:
    """The readable ones that the filters keep, in the order asked for."""
    found = readable(actor)
    for pattern in search_patterns(filters.get("q", "")):
        found = found.filter(title__regex=pattern)
    for name, path in (("campagne", "campaign__year"), ("theme", "theme__code")):
        if value := filters.get(name):
            found = found.filter(**{path: value})
    if academy := filters.get("academie"):
        joint = Application.objects.filter(associated__academy__code=academy)
        found = found.filter(Q(academy__code=academy) | Q(pk__in=joint.values("pk")))
    if state := filters.get("etat"):
        found = found.filter(state=state)
    if turn := filters.get("attente"):
        mine = awaiting(actor)
        found = found.filter(mine if turn == Waiting.MINE else _others(mine))
    order = Order(filters.get("tri") or Order.LATEST)
    return found.select_related("campaign", "theme", "academy").order_by(*_ORDERS[order])


def _others(mine: Q) -> Q:
    return Q(state__in=sorted(TURNS)) & ~Q(pk__in=Application.objects.filter(mine).values("pk"))


@dataclass(frozen=True, slots=True)
class Holding:
    """What someone may read of an academy in a theme: how many await its visa, or are in."""

    academy: str  # its code
    name: str
    year: str
    theme: str  # its code
    title: str
    awaited: int
    deposited: int


def holdings(actor: Actor) -> list[Holding]:
    """By academy and theme, in one query."""
    found = readable(actor).order_by()
    names = ("academy__code", "academy__name", "campaign__year", "theme__code", "theme__title")
    rows = found.values_list(*names).annotate(
        awaited=Count("pk", filter=Q(state=ApplicationState.AWAITING_VISA)),
        deposited=Count("pk", filter=Q(state=ApplicationState.DEPOSITED)),
    )
    return [Holding(*row) for row in rows]


def choices(held: Iterable[Holding]) -> dict[str, list[tuple[str, str]]]:
    """What the filters may name: campaigns, themes and academies of what one may read."""
    themes = sorted({(one.theme, one.title) for one in held})
    years = sorted({one.year for one in held}, reverse=True)
    academies = {(one.academy, one.name) for one in held}
    return {
        "campagne": [(year, year) for year in years],
        "theme": sorted(((code, title or code) for code, title in themes), key=lambda one: one[1]),
        "academie": sorted(academies, key=lambda one: one[1]),
    }


def turn(application: Application) -> str:
    """Whose turn it is, in words; "" when nobody's."""
    return TURNS.get(ApplicationState(application.state), "")


def standing(application: Application, now: datetime) -> str:
    """« En attente du visa du DAN · depuis 3 jours »."""
    label = ApplicationState(application.state).label
    return f"{capfirst(label)} · {since(application.state_at, now)}"


def sheet(found: Applications) -> Sheet:
    """The whole filtered list, for a spreadsheet."""
    return Sheet("Candidatures", HEADERS, _rows(found))


def _rows(found: Applications) -> Iterator[tuple[Cell, ...]]:
    for each in found.iterator(chunk_size=500):
        yield (
            each.code,
            each.title,
            each.campaign.label,
            each.theme.shown_title,
            each.academy.name,
            ApplicationState(each.state).label,
            each.state_at,
            turn(each),
            each.rank,
            each.deposited_at,
        )
