"""What the public pages read: the table of notices, and the index for lists."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from traam.campaigns.models import Campaign, Theme
from traam.catalogue.models import Notice
from traam.catalogue.record import Record
from traam.catalogue.search import Facet, Hit, Request, Results, engine
from traam.catalogue.search.documents import NO_YEAR, notice_source, theme_source
from traam.kit.compiled import Compiled
from traam.reference.queries import vocabulary
from traam.reference.rules import AcademyEntry, fold

RELATED_MAX = 4
LIST_MAX = 50  # notices on the page of a theme or an academy; beyond, the search


# Written out: Django takes longer to make these words than the database to answer, at each page.
_VERSIONS = "SELECT * FROM catalogue_notice WHERE ark = %s ORDER BY version DESC, id"


def current(*, ark: str) -> Notice | None:
    """The last version of this notice, tombstones included."""
    return Notice.objects.current().filter(ark=ark).first()


def versions(*, ark: str) -> list[Notice]:
    """The history of a notice, the present version first; empty when there is no such notice."""
    return list(Notice.objects.raw(_VERSIONS, [ark]))


def of_filter(facet: str, *codes: str, limit: int = LIST_MAX) -> Results:
    """The notices that carry one of these codes, the most recent years first."""
    asked = Request(filters={facet: codes}, sort="recent", per_page=limit, counted=())
    return engine().search(asked)


def reprises(ark: str) -> Results:
    """The notices that take this one up, the most recent years first."""
    return _resting_on(notice_source(ark))


def syntheses_of_theme(record: Record) -> tuple[Hit, ...]:
    """The published syntheses of the theme of a production. Which of its findings this production
    bears out is not asked: no public page says what each class tried."""
    if record.theme is None or record.synthesis is not None:
        return ()
    return _resting_on(theme_source(record.theme.code)).hits


def _resting_on(source: str) -> Results:
    asked = Request(rests_on=source, sort="recent", per_page=LIST_MAX, counted=())
    return engine().search(asked)


def related(*, ark: str, record: Record, beside: Iterable[Hit] = ()) -> list[Hit]:
    """A few other notices of the same theme, else of the same discipline; `beside`: those that the
    page leads to already."""
    left_out = {ark, *(hit.ark for hit in beside)}
    for facet, codes in (
        ("theme", [record.theme.code] if record.theme else []),
        ("discipline", [term.code for term in record.disciplines]),
    ):
        if codes:
            hits = of_filter(facet, *codes, limit=RELATED_MAX + len(left_out)).hits
            others = [hit for hit in hits if hit.ark not in left_out][:RELATED_MAX]
            if others:
                return others
    return []


@dataclass(frozen=True)
class Overview:
    """What the home page shows of the whole catalogue."""

    total: int
    facets: dict[str, Facet]
    latest: tuple[Hit, ...]

    def count(self, facet: str) -> int:
        """How many different values of this facet have at least one notice."""
        return sum(one.count > 0 for one in self.facets[facet].counts)


def overview(*, latest: int) -> Overview:
    """One search over everything: totals, facets, and the most recent works."""
    results = engine().search(replace(Request(sort="recent"), per_page=latest))
    facets = {facet.name: facet for facet in results.facets}
    return Overview(total=results.total, facets=facets, latest=tuple(results.hits))


def syntheses() -> QuerySet[Notice]:
    """The notices of the published syntheses written here, the latest first."""
    return Notice.objects.shown().of_syntheses().order_by("-first_published_at", "pk")


def works_by(facet: str) -> dict[str, int]:
    """How many notices carry each code of this facet."""
    results = engine().search(Request(per_page=1, counted=(facet,)))
    return {one.code: one.count for found in results.facets for one in found.counts}


def works_of(campaigns: Iterable[Campaign]) -> dict[str, int | None]:
    """By the address of each campaign, how many works of its years are described: what its page
    lists. None where its years are not known. One search, and one more for each longer span."""
    by_year = works_by("annee")
    return {one.year: _works_of(one.years.school_years, by_year) for one in campaigns}


def _works_of(years: tuple[str, ...], by_year: dict[str, int]) -> int | None:
    if len(years) > 1:
        return of_filter("annee", *years, limit=1).total  # a work of two of them counts once
    return by_year.get(years[0], 0) if years else None


def works_of_no_year() -> int:
    """How many works bear no year that is known: no campaign lists them."""
    return of_filter("annee", NO_YEAR.code, limit=1).total


DOORS = (("cycle", "C3"), ("cycle", "C4"), ("niveau", "LGT"), ("niveau", "LP"), ("niveau", "BTS"))


def doors(seen: Overview) -> list[tuple[str, str, tuple[str, ...]]]:
    """The levels that the home page opens on: label, facet, and the codes that it gathers (its own,
    and of all the levels within it those that a work bears)."""
    words = vocabulary()
    schemes = {"cycle": "cycles", "niveau": "levels"}
    found = []
    for facet, code in DOORS:
        term = words.term(scheme=schemes[facet], code=code)
        if term is not None:
            borne = {one.code for one in seen.facets[facet].counts}
            _, *within = words.family(scheme=schemes[facet], code=code)
            codes = (code, *(one for one in within if one in borne))
            found.append((term.label, facet, codes))
    return found


def academies_by_region() -> list[tuple[str, list[AcademyEntry]]]:
    """Every academy under its région académique, in alphabetical order; those without one last."""
    regions: dict[str, list[AcademyEntry]] = {}
    for one in sorted(vocabulary().academy_entries.values(), key=lambda entry: fold(entry.name)):
        regions.setdefault(one.region_name, []).append(one)
    named = sorted((name for name in regions if name), key=fold)
    return [
        (name or "Hors région académique", regions[name])
        for name in [*named, ""]
        if name in regions
    ]


@dataclass(frozen=True)
class ArchiveFigures:
    """What is known of the campaigns, in two figures."""

    themes: int
    span: str


def _archive_campaigns() -> QuerySet[Theme, tuple[int | None, int | None, int]]:
    """The years of each campaign of the archive (None: not known), and how many themes it has."""
    themes = Theme.objects.filter(campaign__is_archive=True).order_by()
    years = themes.values_list("campaign__first_year", "campaign__last_year")
    return years.annotate(themes=Count("pk"))


_ARCHIVE = Compiled(_archive_campaigns)  # asked by the home page


def archive_figures() -> ArchiveFigures:
    """One query: how many themes, from which year to which."""
    campaigns = _ARCHIVE.rows()
    years = [year for first, last, _ in campaigns for year in (first, last) if year]
    span = f"{min(years)} à {max(years)}" if years else "toutes les années"
    return ArchiveFigures(themes=sum(themes for *_, themes in campaigns), span=span)


def is_public_file(digest: str) -> bool:
    """Whether a notice that is shown holds this file. No notice of the archive holds any."""
    held = Notice.objects.shown().filter(record__files__isnull=False)
    return any(
        file["digest"] == digest
        for record in held.values_list("record", flat=True).iterator()
        for file in record["files"]
    )
