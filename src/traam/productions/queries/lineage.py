"""Where productions come from and what came of them: edges, and the rows of a lineage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from traam.access.actor import Actor
from traam.productions.models import Production, Reprise
from traam.productions.queries.reading import READ
from traam.productions.rules.lineage import family

Edge = tuple[int, int]


def edges() -> list[Edge]:
    """Every « this one takes up that one » between productions: one query of two whole numbers
    for each, whatever the depth of the lineage that is read in it."""
    rows = Reprise.objects.filter(source__isnull=False).order_by("pk")
    return [(one, other) for one, other in rows.values_list("production_id", "source_id") if other]


@dataclass(frozen=True, slots=True)
class Relative:
    """A production of a lineage. `production` None: the reader may not read it."""

    key: int
    generation: int
    production: Production | None
    reprises: tuple[Reprise, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The whole lineage of a production, the oldest first; `arks`: notices of the archive."""

    relatives: tuple[Relative, ...]
    is_alone: bool

    @property
    def titles(self) -> dict[int, str]:
        """By key, the titles of those that the reader may read."""
        return {
            one.key: one.production.title or "Sans titre"
            for one in self.relatives
            if one.production
        }


def lineage_of(production: Production, actor: Actor) -> Lineage:
    """What this reader may know of it: names of what they may read, a count of the rest."""
    placed = family(production.pk, edges())
    keys = [one.key for one in placed]
    readable = _readable(keys, actor)
    reprises = _reprises(keys)
    relatives = tuple(
        Relative(
            key=int(str(one.key)),
            generation=one.generation,
            production=readable.get(int(str(one.key))),
            reprises=tuple(reprises.get(int(str(one.key)), ())),
        )
        for one in placed
    )
    return Lineage(relatives, is_alone=len(relatives) == 1 and not relatives[0].reprises)


def _readable(keys: Iterable[object], actor: Actor) -> Mapping[int, Production]:
    rows = Production.objects.over_which(actor, READ).filter(pk__in=list(keys))
    found = rows.select_related("campaign", "team__academy", "team__group__theme")
    return {one.pk: one for one in found}


def _reprises(keys: Iterable[object]) -> dict[int, list[Reprise]]:
    rows = Reprise.objects.filter(production__in=list(keys)).select_related("source")
    found: dict[int, list[Reprise]] = {}
    for one in rows.order_by("pk"):
        found.setdefault(one.production_id, []).append(one)
    return found


def sources_of(production: Production) -> list[tuple[str, str]]:
    """The notices that it takes up: the name of their ARK, and their title as known here."""
    rows = Reprise.objects.filter(production=production).select_related("source").order_by("pk")
    found = []
    for one in rows:
        if one.source is not None and one.source.ark:
            found.append((one.source.ark, one.source.title))
        elif one.source_ark:
            found.append((one.source_ark, one.source_title or one.source_ark))
    return found
