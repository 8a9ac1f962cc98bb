"""The list of productions as a reader asks for it: filters, order, sheet; and what awaits them."""

from collections.abc import Iterator, Mapping

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy

from traam.access.actor import Actor
from traam.access.place import Place
from traam.access.sql import scope_q
from traam.groups.models import Team
from traam.groups.rules.life import TeamState
from traam.kit.choices import told_apart
from traam.kit.labels import Labelled
from traam.kit.sheets import Cell, Sheet
from traam.people.rules import search_patterns
from traam.productions.models import Production, ProductionEvent, ProductionTerm
from traam.productions.queries.reading import READ
from traam.productions.rules.life import ProductionState
from traam.reference.queries import vocabulary

Productions = QuerySet[Production]
P = ProductionState
HEADERS = (
    *("Code", "Titre", "Sorte", "Campagne", "Thème", "Équipe", "Disciplines", "Niveaux"),
    *("État", "Depuis le", "Version", "Partagée le", "Publiée le", "Identifiant"),
)


class ProductionOrder(Labelled):
    """In which order productions are listed; the value is part of the address."""

    LATEST = "recent", "dernier changement"
    TITLE = "titre", "titre"
    TEAM = "equipe", "équipe"
    STATE = "etat", "état"
    KIND = "sorte", "sorte"


_ORDERS: Mapping[ProductionOrder, tuple[F | OrderBy, ...]] = {
    ProductionOrder.LATEST: (F("changed_at").desc(), F("pk").desc()),
    ProductionOrder.TITLE: (F("title"), F("pk")),
    ProductionOrder.TEAM: (F("team__code"), F("pk")),
    ProductionOrder.STATE: (F("state"), F("state_at"), F("pk")),
    ProductionOrder.KIND: (F("kind"), F("title"), F("pk")),
}
_PATHS = {
    "campagne": "campaign__year",
    "theme": "team__group__theme__code",
    "equipe": "team__code",
    "sorte": "kind",
    "etat": "state",
}
_TERMS = {"discipline": "disciplines", "niveau": "levels"}
VALIDATE, PUBLISH, WRITE = "production.validate", "production.publish", "production.write"


def readable(actor: Actor) -> Productions:
    """What this person may read; nothing else is counted, filtered or offered."""
    return Production.objects.filter(scope_q(actor=actor, right=READ, model=Production))


def to_validate(actor: Actor) -> Productions:
    """Those that await this inspector."""
    return Production.objects.filter(scope_q(actor=actor, right=VALIDATE, model=Production))


def to_publish(actor: Actor) -> Productions:
    """Those that await this expert."""
    return Production.objects.filter(scope_q(actor=actor, right=PUBLISH, model=Production))


def returned(actor: Actor) -> Productions:
    """Those that came back to this person's team, and have not been proposed again."""
    mine = Production.objects.filter(scope_q(actor=actor, right=WRITE, model=Production))
    back = ProductionEvent.objects.filter(
        production=OuterRef("pk"), kind="production.return", at=OuterRef("state_at")
    )
    return mine.filter(Exists(back), state=P.SHARED)


def awaiting(actor: Actor) -> Q:
    """The productions that this person is expected to do something with."""
    found = Q(pk__in=returned(actor).values("pk"))
    for right in (VALIDATE, PUBLISH):
        found |= scope_q(actor=actor, right=right, model=Production)
    return found


def chosen(actor: Actor, filters: Mapping[str, str]) -> Productions:
    """The readable ones that the filters keep, in the order asked for."""
    found = readable(actor)
    for pattern in search_patterns(filters.get("q", "")):
        found = found.filter(title__regex=pattern)
    for name, path in _PATHS.items():
        if value := filters.get(name):
            found = found.filter(**{path: value})
    for name, scheme in _TERMS.items():
        if value := filters.get(name):
            rows = ProductionTerm.objects.filter(scheme=scheme, code=value)
            found = found.filter(pk__in=rows.values("production"))
    if filters.get("attente"):
        found = found.filter(awaiting(actor))
    order = ProductionOrder(filters.get("tri") or ProductionOrder.LATEST)
    return with_names(found).order_by(*_ORDERS[order])


def with_names(found: Productions) -> Productions:
    """What rows read, in two queries whatever their number."""
    return found.select_related("campaign", "team__academy", "team__group__theme").prefetch_related(
        "terms"
    )


def choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the filters may name, of what the actor may read: four queries."""
    found = readable(actor).order_by()
    rows = set(
        found.values_list(
            "campaign__year",
            "team__group__theme__code",
            "team__group__theme__title",
            "team__code",
            "team__academy__name",
            "team__participant",
            "kind",
        ).distinct()
    )
    labels = kind_labels()
    terms = ProductionTerm.objects.filter(production__in=found.values("pk"))
    return {
        "campagne": sorted({(year, year) for year, *_ in rows}, reverse=True),
        "theme": _apart({(theme, title or theme, year) for year, theme, title, *_ in rows}),
        "equipe": _apart(
            {
                (code, name or who, title or theme, year)
                for year, theme, title, code, name, who, _ in rows
            }
        ),
        "sorte": _by_label({(kind, labels.get(kind, kind)) for *_, kind in rows}),
        **{name: _by_label(_named(terms, scheme)) for name, scheme in _TERMS.items()},
    }


def _named(terms: QuerySet[ProductionTerm], scheme: str) -> set[tuple[str, str]]:
    rows = terms.filter(scheme=scheme).order_by().values_list("code", "label").distinct()
    return set(dict(rows).items())


def _by_label(found: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(found, key=lambda one: (one[1], one[0]))


def _apart(found: set[tuple[str, ...]]) -> list[tuple[str, str]]:
    """(code, label, what tells it from another of the same label…), by label."""
    rows = sorted(found, key=lambda one: (*one[1:], one[0]))
    return told_apart((code, (*words, code)) for code, *words in rows)


def kind_labels() -> dict[str, str]:
    """By code, the words of each kind that the vocabulary knows: one query."""
    return dict(kinds())


def kinds() -> list[tuple[str, str]]:
    """The kinds of production that one may begin."""
    return [(one.code, one.label) for one in vocabulary().terms("kinds")]


def teams_to_write_in(actor: Actor) -> list[Team]:
    """The teams at work for which this person may begin a production."""
    codes = {code for mandate in actor.in_force for code in mandate.teams}
    mine = [one for one in codes if actor.allows(WRITE, _draft_of(one))]
    rows = Team.objects.filter(state=TeamState.AT_WORK, code__in=sorted(mine))
    return list(rows.select_related("group__theme", "academy").order_by("code"))


def _draft_of(team: str) -> Place:
    """Where a draft of this team would stand, as far as writing it is judged."""
    return Place(teams=frozenset({team}), state=P.DRAFT.value)


def label_of_terms(production: Production, scheme: str) -> str:
    """« SVT, Mathématiques »: reads what `with_names` fetched."""
    found = [one for one in production.terms.all() if one.scheme == scheme]
    return ", ".join(one.label for one in sorted(found, key=lambda one: one.pk))


def sheet(found: Productions) -> Sheet:
    """The whole filtered list, for a spreadsheet."""
    return Sheet("Productions", HEADERS, _rows(found))


def _rows(found: Productions) -> Iterator[tuple[Cell, ...]]:
    labels = kind_labels()
    for one in found.iterator(chunk_size=500):
        yield (
            one.code,
            one.title,
            labels.get(one.kind, one.kind),
            one.campaign.label,
            one.team.group.theme.shown_title,
            one.team.named,
            label_of_terms(one, "disciplines"),
            label_of_terms(one, "levels"),
            P(one.state).label,
            one.state_at,
            one.number,
            one.shared_at,
            one.published_at,
            one.ark,
        )
