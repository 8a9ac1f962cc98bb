"""What the pages read of campaigns and themes; every join has its name here."""

from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from traam.campaigns.models import Campaign, Theme, ThemeAcademy, ThemeTerm
from traam.campaigns.rules.titles import Candidate, words_of
from traam.reference.models import Academy

PER_PAGE = 50  # themes


def for_list() -> QuerySet[Campaign]:
    """Every campaign, the latest first, with `theme_count` and `academy_count`."""
    return Campaign.objects.annotate(
        theme_count=Count("themes", distinct=True),
        academy_count=Count("themes__participations__academy", distinct=True),
    ).latest_first()


def campaign(*, year: str) -> Campaign | None:
    """The campaign of this address; None when there is none."""
    return Campaign.objects.filter(year=year).first()


def themes_of_campaign(campaign: Campaign, *, page: str | None) -> Page[Theme]:
    """A page of its themes with their participations: the transversal ones, then by discipline."""
    parts = Prefetch("participations", ThemeAcademy.objects.order_by("pk"))
    themes = Theme.objects.filter(campaign=campaign).prefetch_related(parts)
    ordered = themes.order_by("-transversal", "discipline_text", "pk")
    return Paginator(ordered, PER_PAGE).get_page(page)


def theme(*, code: str) -> Theme | None:
    """A theme with its campaign, terms and academies; None when there is none."""
    academies = ThemeAcademy.objects.select_related("academy").order_by("academy__name", "pk")
    found = Theme.objects.select_related("campaign").prefetch_related(
        Prefetch("terms", ThemeTerm.objects.order_by("pk")), Prefetch("participations", academies)
    )
    return found.filter(code=code).first()


def themes_of_academy(*, code: str, page: str | None) -> Page[Theme]:
    """A page of the themes of an academy and of those it was made from, with their campaigns, the
    latest first."""
    academies = Academy.objects.filter(Q(code=code) | Q(successor__code=code))
    keys = list(academies.values_list("pk", flat=True))
    parts = ThemeAcademy.objects.filter(academy__in=keys).order_by("place", "theme")
    themes = parts.values_list("theme", flat=True)
    # A theme has an academy once; of several academies, it may have more than one.
    found = Paginator(themes.distinct() if len(keys) > 1 else themes, PER_PAGE).get_page(page)
    order = list(found.object_list)
    rows = Theme.objects.select_related("campaign").in_bulk(order)
    pages = cast("Paginator[Theme]", found.paginator)  # its pages hold themes, by their keys
    return Page([rows[key] for key in order], found.number, pages)


def candidates() -> list[Candidate]:
    """Every theme whose title is known, as the titles of productions are compared with it."""
    found = (
        Theme.objects.exclude(title="")
        .select_related("campaign")
        .prefetch_related(Prefetch("terms", ThemeTerm.objects.filter(scheme="disciplines")))
        .order_by("pk")
    )
    return [
        Candidate(
            code=one.code,
            words=words_of(one.title),
            years=one.campaign.years,
            disciplines=disciplines_of(one),
        )
        for one in found
    ]


def disciplines_of(theme: Theme) -> frozenset[str]:
    """The codes of its disciplines; its discipline as given, when none is known."""
    codes = frozenset(term.code for term in theme.terms.all() if term.scheme == "disciplines")
    return codes or frozenset({theme.discipline_text.casefold()})
