"""What the public pages read of campaigns and themes; every join has its name here.

What is being prepared is in `prepared`: nothing here shows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from traam.access.roles import Role
from traam.campaigns.models import Axis, Brief, Campaign, Theme, ThemeAcademy, ThemeTerm
from traam.campaigns.rules.life import ANNOUNCED_ON, CALL_OPENED_ON, CampaignState, Part
from traam.campaigns.rules.signing import TextState
from traam.campaigns.rules.titles import Candidate, words_of
from traam.kit.together import Asking, answer
from traam.people.models import Mandate, MandateScope, ScopeKind, User
from traam.reference.models import Academy

PER_PAGE = 50  # themes
SHOWN = (TextState.ARCHIVED, TextState.SIGNED_TWICE)


def for_list() -> QuerySet[Campaign]:
    """Every public campaign, the latest first, with `theme_count` and `academy_count`."""
    shown = Q(themes__state__in=SHOWN)
    return (
        Campaign.objects.public()
        .annotate(
            theme_count=Count("themes", filter=shown, distinct=True),
            academy_count=Count("themes__participations__academy", distinct=True),
        )
        .latest_first()
    )


def campaign(*, year: str) -> Campaign | None:
    """The public campaign of this address; None when there is none: one in preparation is none."""
    return Campaign.objects.public().filter(year=year).first()


def themes_of_campaign(campaign: Campaign, *, page: str | None) -> Page[Theme]:
    """A page of its themes with their participations: the transversal ones, then by discipline."""
    parts = Prefetch("participations", ThemeAcademy.objects.order_by("pk"))
    themes = Theme.objects.public().filter(campaign=campaign).prefetch_related(parts)
    ordered = themes.order_by("-transversal", "discipline_text", "pk")
    return Paginator(ordered, PER_PAGE).get_page(page)


def theme(*, code: str) -> Theme | None:
    """A public theme with its campaign, terms, axes and academies; None when there is none."""
    academies = ThemeAcademy.objects.select_related("academy").order_by("academy__name", "pk")
    found = Theme.objects.public().select_related("campaign", "continues__campaign")
    found = found.prefetch_related(
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
    """Every public theme whose title is known, as titles of productions are compared with it."""
    found = (
        Theme.objects.public()
        .exclude(title="")
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


# -- the call


def open_calls(now: datetime) -> list[Campaign]:
    """The campaigns whose call is open at this very instant, the first to close first."""
    found = Campaign.objects.prepared().filter(state=CampaignState.CALL_OPEN)
    ready = [one for one in found.prefetch_related("milestones") if one.calendar.is_open_at(now)]
    return sorted(ready, key=lambda one: (one.calendar.closes_at, one.pk))


def brief_of(campaign: Campaign) -> Brief | None:
    """The cahier des charges that everyone may read: signed twice, of a call that has opened."""
    found = Brief.objects.filter(campaign=campaign, state=TextState.SIGNED_TWICE)
    return found.first() if campaign.state in CALL_OPENED_ON else None


def themes_of_call(campaign: Campaign) -> QuerySet[Theme]:
    """The public themes of a call with what they propose: their axes and terms."""
    rows = Theme.objects.public().filter(campaign=campaign)
    axes = Prefetch("axes", Axis.objects.order_by("position", "pk"))
    terms = Prefetch("terms", ThemeTerm.objects.order_by("pk"))
    ordered = rows.prefetch_related(axes, terms).select_related("continues__campaign")
    return ordered.order_by("-transversal", "discipline_text", "pk")


def page_of_call(campaign: Campaign, *, page: str | None) -> Page[Theme]:
    """A page of the same."""
    return Paginator(themes_of_call(campaign), PER_PAGE).get_page(page)


def retained_of(campaign: Campaign, themes: Iterable[Theme]) -> dict[int, list[ThemeAcademy]]:
    """The academies that take part, by the key of their theme, of these; none before the
    announcement."""
    if campaign.state not in ANNOUNCED_ON:
        return {}
    of_themes = ThemeAcademy.objects.filter(theme__in=[one.pk for one in themes])
    rows = of_themes.exclude(part=Part.WITHDRAWN)
    found: dict[int, list[ThemeAcademy]] = {}
    for one in rows.select_related("academy").order_by("-part", "academy__name", "pk"):
        found.setdefault(one.theme_id, []).append(one)
    return found


def academies_of(theme: Theme) -> tuple[list[ThemeAcademy], list[ThemeAcademy]]:
    """Of a public theme, the academies that its number counts, then the others: associated ones and
    those that have left. What the archive tells of a theme is one list, each with its part."""
    every = list(theme.participations.all())
    if theme.state == TextState.ARCHIVED:
        return every, []
    counted = [one for one in every if one.part == Part.RETAINED]
    return counted, [one for one in every if one.part != Part.RETAINED]


def axes_of(theme: Theme) -> list[Axis]:
    """The axes of a theme, in order."""
    return list(theme.axes.order_by("position", "pk"))


# -- who


def holders(role: Role, today: date) -> list[User]:
    """The living accounts that hold this role today, each once."""
    mandates = Mandate.objects.in_force(today).filter(role=role)
    found = User.objects.filter(is_active=True, pk__in=mandates.values("person"))
    return list(found.order_by("pk"))


@dataclass(frozen=True, slots=True)
class ThemePeople:
    """Who writes a theme and who signs it for the general inspection: mandates, with `person`."""

    experts: tuple[Mandate, ...] = ()
    inspectors: tuple[Mandate, ...] = ()


def people_of_themes(codes: Iterable[str], today: date) -> dict[str, ThemePeople]:
    """By theme, its experts and inspectors general in force; one query. Each theme has its own."""
    return answer(asked_people_of_themes(codes, today))


def asked_people_of_themes(codes: Iterable[str], today: date) -> Asking[dict[str, ThemePeople]]:
    """The same, read with what others ask."""
    wanted = list(codes)
    scopes = (
        MandateScope.objects.in_force(today)
        .filter(
            kind=ScopeKind.THEME,
            code__in=wanted,
            mandate__role__in=(Role.EXPERT, Role.GENERAL_INSPECTOR),
            mandate__person__is_active=True,
        )
        .select_related("mandate__person")
    )
    found: dict[str, dict[str, list[Mandate]]] = {code: {} for code in wanted}
    for scope in (yield scopes.order_by("mandate__person__name", "mandate", "pk")):
        found[scope.code].setdefault(scope.mandate.role, []).append(scope.mandate)
    return {
        code: ThemePeople(
            tuple(roles.get(Role.EXPERT, ())), tuple(roles.get(Role.GENERAL_INSPECTOR, ()))
        )
        for code, roles in found.items()
    }


def theme_people(theme: Theme, today: date) -> ThemePeople:
    """The experts and the inspectors general of a theme, in force."""
    return people_of_themes([theme.code], today)[theme.code]
