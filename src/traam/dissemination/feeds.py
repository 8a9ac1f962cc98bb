"""Which notices a feed holds, by its name: « nouveautes », « discipline-SVT », « recherche »…"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from traam.campaigns import queries as campaigns
from traam.catalogue import addresses, sets
from traam.catalogue.models import Act, HarvestSet, Membership, Notice
from traam.catalogue.search import engine, parse
from traam.dissemination.atom import Entry
from traam.dissemination.oai import dublin_core
from traam.reference.queries import vocabulary

ENTRIES_MAX = 50
_FIELDS = ("ark", "first_published_at", "datestamp", "record")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A feed's title, the path of the page it follows, what its id adds, and its entries."""

    title: str
    path: str
    query: str = ""
    entries: Sequence[Entry]


def _entries(notices: Iterable[tuple[object, ...]]) -> list[Entry]:
    names = ("ark", "published_at", "updated_at", "record")
    return [Entry(**dict(zip(names, values, strict=True))) for values in notices]  # type: ignore[arg-type]


def _latest() -> list[Entry]:
    shown = Notice.objects.shown().order_by("-datestamp", "-pk")
    return _entries(shown.values_list(*_FIELDS)[:ENTRIES_MAX])


def _in_sets(specs: Sequence[str]) -> list[Entry]:
    """The latest notices that are in one of these sets."""
    members = Membership.objects.filter(harvest_set__spec__in=specs)
    shown = members.filter(~Q(notice__act=Act.WITHDRAWN)).order_by("-datestamp", "-notice_id")
    keys = list(shown.values_list("notice_id", flat=True)[: ENTRIES_MAX * len(specs)])
    return _of(Q(pk__in=list(dict.fromkeys(keys))[:ENTRIES_MAX]))


def _of(condition: Q) -> list[Entry]:
    shown = Notice.objects.shown().filter(condition).order_by("-datestamp", "-pk")
    return _entries(shown.values_list(*_FIELDS))


def _news(code: str, query: QueryDict) -> Found | None:
    if code:
        return None
    return Found(title="TraAM : nouveautés", path=reverse("search"), entries=_latest())


def _discipline(code: str, query: QueryDict) -> Found | None:
    spec = f"discipline:{sets.part(code)}"
    known = HarvestSet.objects.filter(spec=spec).values_list("name", flat=True).first()
    if known is None:
        return None
    path = addresses.of_filter("discipline", code)
    return Found(title=f"TraAM : {known}", path=path, entries=_in_sets([spec]))


def _academy(code: str, query: QueryDict) -> Found | None:
    found = vocabulary().academy_entries.get(code)
    if found is None:
        return None
    specs = [f"academie:{sets.part(one)}" for one in (code, *found.predecessors)]
    path = reverse("academy", kwargs={"code": code})
    return Found(
        title=f"TraAM : {dublin_core.academy_name(code, found.name)}",
        path=path,
        entries=_in_sets(specs),
    )


def _theme(code: str, query: QueryDict) -> Found | None:
    found = campaigns.theme(code=code)
    if found is None:
        return None
    path = reverse("theme", kwargs={"code": code})
    entries = _in_sets([f"theme:{sets.part(code)}"])
    return Found(title=f"TraAM : {found.title or code}", path=path, entries=entries)


def _campaign(code: str, query: QueryDict) -> Found | None:
    found = campaigns.campaign(year=code)
    if found is None:
        return None
    specs = [f"annee:{sets.part(year)}" for year in found.years.school_years]
    path = reverse("campaign", kwargs={"year": code})
    return Found(title=f"TraAM : campagne {found.label}", path=path, entries=_in_sets(specs))


def _notice(code: str, query: QueryDict) -> Found | None:
    """One entry, updated with each version; none once the notice is withdrawn."""
    title = Notice.objects.current().filter(ark=code).values_list("record__title", flat=True)
    if not title:
        return None
    path = reverse("notice", kwargs={"ark": code})
    return Found(title=f"TraAM : {title[0]}", path=path, entries=_of(Q(ark=code)))


def _search(code: str, query: QueryDict) -> Found | None:
    if code:
        return None
    asked = replace(parse(query), page=1)
    ways = replace(asked, sort="recent", per_page=ENTRIES_MAX, counted=())
    arks = [hit.ark for hit in engine().search(ways).hits]
    words = f" « {asked.text} »" if asked.text else ""
    return Found(
        title=f"TraAM : recherche{words}",
        path=addresses.of_search(asked),
        query=asked.address(),
        entries=_of(Q(ark__in=arks)),
    )


_KINDS: Mapping[str, Callable[[str, QueryDict], Found | None]] = {
    "nouveautes": _news,
    "discipline": _discipline,
    "academie": _academy,
    "theme": _theme,
    "campagne": _campaign,
    "notice": _notice,
    "recherche": _search,
}


def find(name: str, query: QueryDict) -> Found | None:
    """The feed of this name; None when there is none. `query`: read by « recherche » only."""
    kind, _, code = name.partition("-")
    finder = _KINDS.get(kind)
    if finder is None or (name != kind and not code):
        return None
    return finder(code, query)
