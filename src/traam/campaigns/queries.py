"""What the pages read of campaigns and themes; every join has its name here."""

from django.db.models import Count, F, Prefetch, Q, QuerySet

from traam.campaigns.models import Campaign, Theme, ThemeAcademy, ThemeTerm
from traam.campaigns.rules.titles import Candidate, words_of


def for_list() -> QuerySet[Campaign]:
    """Every campaign, the latest first, with `theme_count` and `academy_count`."""
    return Campaign.objects.annotate(
        theme_count=Count("themes", distinct=True),
        academy_count=Count("themes__participations__academy", distinct=True),
    ).latest_first()


def campaign(*, year: str) -> Campaign | None:
    """The campaign of this address, with its themes as `themes.all()`; None when there is none."""
    return (
        Campaign.objects.prefetch_related(Prefetch("themes", _themes())).filter(year=year).first()
    )


def theme(*, code: str) -> Theme | None:
    """A theme with its campaign, terms and academies; None when there is none."""
    return _themes().select_related("campaign").filter(code=code).first()


def themes_of_academy(*, code: str) -> QuerySet[Theme]:
    """The themes of an academy and of those it was made from, the latest campaigns first."""
    taking_part = ThemeAcademy.objects.filter(
        Q(academy__code=code) | Q(academy__successor__code=code)
    )
    return (
        _themes()
        .select_related("campaign")
        .filter(pk__in=taking_part.values("theme"))
        .order_by(F("campaign__last_year").desc(nulls_last=True), "discipline_text", "pk")
    )


def _themes() -> QuerySet[Theme]:
    """Themes with their terms and their academies, in the order of a page."""
    academies = ThemeAcademy.objects.select_related("academy").order_by("academy__name", "pk")
    return Theme.objects.prefetch_related(
        Prefetch("terms", ThemeTerm.objects.order_by("pk")), Prefetch("participations", academies)
    ).order_by("-transversal", "discipline_text", "pk")


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
