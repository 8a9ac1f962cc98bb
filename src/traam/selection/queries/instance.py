"""What the choice of a campaign is computed from, fetched in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform

from traam.applications.models import Deposit
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign, ThemeAcademy
from traam.campaigns.rules.default_form import TEAM
from traam.campaigns.rules.signing import TextState
from traam.reference.models import Academy
from traam.selection.models import Case, Lock, Pair, Participation, Review
from traam.selection.optimiser.instance import Instance, LockKind
from traam.selection.optimiser.wording import Names
from traam.selection.rules.gathering import AcademyFacts, CaseFacts, ThemeFacts, build
from traam.selection.rules.life import ParticipationState, ReviewState
from traam.selection.rules.severity import correct

BEFORE = 2  # years: an academy without a theme in them is a newcomer
TOOK_PART = (
    ParticipationState.RETAINED,
    ParticipationState.LAUNCHED,
    ParticipationState.COMPLETED,
    ParticipationState.WITHDRAWN,
)
IN_PLACE = frozenset(TOOK_PART) - {ParticipationState.WITHDRAWN}


@dataclass(frozen=True)
class Gathered:
    """The cases by their application's code, and the instance made of them."""

    cases: Mapping[str, Case]
    instance: Instance
    pairs: frozenset[frozenset[str]] = frozenset()  # declared incompatible, by code

    def names(self) -> Names:
        """How themes, academies and applications are called by whoever may read them all."""
        return Names(
            themes={one.theme.code: one.theme.shown_title for one in self.cases.values()},
            academies={
                one.application.academy.code: one.application.academy.name
                for one in self.cases.values()
            },
            applications={code: name_of(one) for code, one in self.cases.items()},
        )


def name_of(case: Case) -> str:
    """« Lille, Mesurer à plusieurs »."""
    return f"{case.application.academy.name}, {case.application.title or 'sans titre'}"


def studied(campaign: Campaign) -> QuerySet[Case]:
    """The cases that the choice is made among: their application is still deposited, and their
    theme was not withdrawn."""
    return (
        Case.objects.filter(campaign=campaign, application__state=ApplicationState.DEPOSITED)
        .exclude(theme__state=TextState.WITHDRAWN)
        .select_related(
            "theme",
            "application__academy__region",
            "application__theme",
            "application__campaign",
            "application__extension",
        )
        .order_by("theme__code", "application__academy__code", "pk")
    )


def gathered(*, campaign: Campaign) -> Gathered:
    """The instance as it stands now. Ten queries, whatever the size."""
    cases = list(studied(campaign).prefetch_related("application__associated__academy"))
    reviews = _reviews(campaign)
    locks = _locks(campaign)
    known = _known(campaign)
    continuing = _continuing(cases)
    schools = _schools(campaign)
    pairs = _pairs(campaign)
    facts = [
        CaseFacts(
            code=one.application.code,
            theme=one.theme.code,
            academy=one.application.academy.code,
            associated=tuple(each.academy.code for each in one.application.associated.all()),
            reviews=tuple(reviews.get(one.pk, ())),
            rank=one.application.rank,
            lock=locks.get(one.pk),
            is_continuing=one.application.continues_id in continuing,
            is_newcomer=known is not None and one.application.academy_id not in known,
            schools=schools.get(one.application_id, ()),
        )
        for one in cases
    ]
    instance = build(
        themes=_themes(campaign),
        academies=_academies(cases),
        cases=facts,
        rules=campaign.call_rules,
        pairs=pairs,
    )
    return Gathered({one.application.code: one for one in cases}, instance, pairs)


def instance_of(*, campaign: Campaign) -> Instance:
    """The instance alone."""
    return gathered(campaign=campaign).instance


def _themes(campaign: Campaign) -> list[ThemeFacts]:
    rows = campaign.themes.living().order_by("pk")
    return [
        ThemeFacts(code=one.code, minimum=one.academies_min, maximum=one.academies_max)
        for one in rows
    ]


def _academies(cases: Iterable[Case]) -> list[AcademyFacts]:
    found = {one.application.academy_id: one.application.academy for one in cases}
    return [
        AcademyFacts(
            code=one.code, region=one.region.code if one.region else "", overseas=one.overseas
        )
        for one in found.values()
    ]


def _reviews(campaign: Campaign) -> dict[int, list[float]]:
    """By case, the total of each review, its reviewer's severity taken away where it is known."""
    rows = Review.objects.filter(
        case__campaign=campaign,
        case__application__state=ApplicationState.DEPOSITED,
        state=ReviewState.SUBMITTED,
    ).order_by("pk")
    totals = {
        (reviewer, case): float(total or 0)
        for reviewer, case, total in rows.values_list("reviewer", "case", "total")
    }
    severities = {
        (reviewer, case): part.severities[reviewer]
        for part in correct(totals).parts
        if not part.is_without_effect
        for reviewer, case in totals
        if case in part.raw
    }
    found: dict[int, list[float]] = {}
    for pair, total in totals.items():
        found.setdefault(pair[1], []).append(total + severities.get(pair, 0.0))
    return found


def _locks(campaign: Campaign) -> dict[int, LockKind]:
    rows = Lock.objects.filter(case__campaign=campaign, lifted_at=None).order_by("pk")
    return {
        case: LockKind.IN if is_in else LockKind.OUT
        for case, is_in in rows.values_list("case", "is_in")
    }


def standing_pairs(campaign: Campaign) -> QuerySet[Pair]:
    """The pairs of cases declared incompatible, the latest first."""
    found = Pair.objects.filter(one__campaign=campaign, lifted_at=None)
    return found.order_by("-made_at", "pk")


def _pairs(campaign: Campaign) -> frozenset[frozenset[str]]:
    codes = standing_pairs(campaign).values_list(
        "one__application__code", "other__application__code"
    )
    return frozenset(frozenset(pair) for pair in codes)


def _known(campaign: Campaign) -> set[int] | None:
    """The academies that had a theme in the campaigns of the two years before, those that succeeded
    them included; None when the years are not known."""
    if campaign.first_year is None:
        return None
    years = range(campaign.first_year - BEFORE, campaign.first_year)
    parts = ThemeAcademy.objects.filter(theme__campaign__first_year__in=years)
    retained = Participation.objects.filter(
        theme__campaign__first_year__in=years, state__in=TOOK_PART
    )
    known = {
        *parts.order_by().values_list("academy", flat=True),
        *retained.order_by().values_list("academy", flat=True),
    }
    followed = Academy.objects.exclude(successor=None).order_by("valid_to", "pk")
    for academy, successor in followed.values_list("pk", "successor"):
        if academy in known and successor is not None:
            known.add(successor)
    return known


def _continuing(cases: Iterable[Case]) -> set[int]:
    """The applications of the first year whose academy is still in its theme."""
    wanted = {one.application.continues_id for one in cases} - {None}
    rows = Participation.objects.filter(
        decision__case__application__in=wanted, state__in=sorted(IN_PLACE)
    )
    return set(rows.order_by().values_list("decision__case__application", flat=True))


def _schools(campaign: Campaign) -> dict[int, tuple[str, ...]]:
    """By application, the kinds of school of its team, as last deposited."""
    last = Deposit.objects.filter(application=OuterRef("application")).order_by("-number")
    rows = Deposit.objects.filter(
        application__campaign=campaign,
        application__state=ApplicationState.DEPOSITED,
        pk=Subquery(last.values("pk")[:1]),
    ).annotate(team=KeyTransform(TEAM, KeyTransform("answers", "content")))
    return {
        application: tuple(str(each.get("level", "")) for each in team or ())
        for application, team in rows.order_by("pk").values_list("application", "team")
    }
