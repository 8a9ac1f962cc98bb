"""What the choice of a campaign is computed from, fetched in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform

from traam.applications.models import ApplicationAcademy, Deposit
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign, Theme, ThemeAcademy
from traam.campaigns.rules.default_form import TEAM
from traam.campaigns.rules.signing import TextState
from traam.reference.models import Academy
from traam.selection.models import Case, Decision, Lock, Pair, Participation
from traam.selection.optimiser.instance import Instance, LockKind
from traam.selection.optimiser.wording import Names
from traam.selection.queries.readings import Readings, readings
from traam.selection.rules.gathering import AcademyFacts, CaseFacts, ThemeFacts, build
from traam.selection.rules.life import ParticipationState

BEFORE = 2  # years: an academy without a theme in them is a newcomer
TOOK_PART = (
    ParticipationState.RETAINED,
    ParticipationState.LAUNCHED,
    ParticipationState.COMPLETED,
    ParticipationState.WITHDRAWN,
)
IN_PLACE = frozenset(TOOK_PART) - {ParticipationState.WITHDRAWN}
ASSOCIATED = Prefetch(
    "application__associated", ApplicationAcademy.objects.select_related("academy")
)
# Of a case: the team of its application, as last deposited; whether it goes on with an application
# of the first year whose academy is still in its theme.
_TEAM = (
    Deposit.objects.filter(application=OuterRef("application"))
    .order_by("-number")
    .annotate(team=KeyTransform(TEAM, KeyTransform("answers", "content")))
    .values("team")[:1]
)
_CONTINUED = Participation.objects.filter(
    decision__case__application=OuterRef("application__continues"), state__in=sorted(IN_PLACE)
)


@dataclass(frozen=True)
class Gathered:
    """The cases of a campaign with their decisions and standing locks, and the instance that is
    made of those that are studied; what it alone looks at is asked when it is."""

    campaign: Campaign
    cases: Mapping[str, Case]  # studied, by their application's code
    others: Sequence[Case]  # not studied any more: taken back, or of a theme that was withdrawn
    readings: Readings

    @property
    def all_cases(self) -> list[Case]:
        """The studied ones first."""
        return [*self.cases.values(), *self.others]

    def decisions(self, theme: Theme | None = None) -> dict[int, Decision]:
        """By case: of the campaign, or of one theme."""
        found = ((one, getattr(one, "decision", None)) for one in self.all_cases)
        return {
            case.pk: decision
            for case, decision in found
            if decision is not None and (theme is None or case.theme_id == theme.pk)
        }

    @cached_property
    def instance(self) -> Instance:
        """As it stands now. Three queries more, whatever the size."""
        return build(
            themes=_themes(self.themes),
            academies=_academies(self.cases.values()),
            cases=_facts(self),
            rules=self.campaign.call_rules,
            pairs=self.pairs,
        )

    @cached_property
    def themes(self) -> list[Theme]:
        """The living themes, in the order of lists."""
        rows = self.campaign.themes.living()
        return list(rows.order_by("-transversal", "discipline_text", "pk"))

    @cached_property
    def pairs(self) -> frozenset[frozenset[str]]:
        """The cases declared incompatible, by code."""
        codes = standing_pairs(self.campaign).values_list(
            "one__application__code", "other__application__code"
        )
        return frozenset(frozenset(pair) for pair in codes)

    @cached_property
    def academies(self) -> list[Academy]:
        """All that ever were, those overseas last; `took_part`: in the two years before."""
        return list(_with_part(self.campaign).order_by("overseas", "name", "pk"))

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
    """What the choice looks at: the cases, the académies associated with them, the reviews."""
    found = Case.objects.annotate(
        standing_lock=FilteredRelation("locks", condition=Q(locks__lifted_at=None)),
        team=Subquery(_TEAM),
        is_continuing=Exists(_CONTINUED),
    ).select_related("theme", "application__academy__region", "decision__prepared_by")
    found = found.select_related("standing_lock__locked_by")  # type: ignore[misc]  # a relation too
    ordered = found.order_by("theme__code", "application__academy__code", "pk")
    rows = list(ordered.filter(campaign=campaign).prefetch_related(ASSOCIATED))
    for one in rows:
        one.campaign = one.theme.campaign = one.application.campaign = campaign
        one.application.theme = one.theme
    return Gathered(
        campaign=campaign,
        cases={one.application.code: one for one in rows if _is_studied(one)},
        others=[one for one in rows if not _is_studied(one)],
        readings=readings(campaign),
    )


def _is_studied(case: Case) -> bool:
    """As `studied` asks it."""
    is_in = case.application.state == ApplicationState.DEPOSITED
    return is_in and case.theme.state != TextState.WITHDRAWN


def instance_of(*, campaign: Campaign) -> Instance:
    """The instance alone."""
    return gathered(campaign=campaign).instance


def lock_of(case: Case) -> Lock | None:
    """The lock that stands on a gathered case."""
    found: Lock | None = getattr(case, "standing_lock", None)
    return found


def _facts(data: Gathered) -> list[CaseFacts]:
    reviews, known = _totals(data.readings), _known(data)
    return [_fact(one, reviews.get(one.pk, ()), known) for one in data.cases.values()]


def _fact(case: Any, reviews: Sequence[float], known: Collection[int] | None) -> CaseFacts:
    """`known`: the académies that are no newcomers; None where nobody can say."""
    one, lock = case.application, lock_of(case)
    return CaseFacts(
        code=one.code,
        theme=case.theme.code,
        academy=one.academy.code,
        associated=tuple(each.academy.code for each in one.associated.all()),
        reviews=tuple(reviews),
        rank=one.rank,
        lock=None if lock is None else LockKind.IN if lock.is_in else LockKind.OUT,
        is_continuing=case.is_continuing,
        is_newcomer=known is not None and one.academy_id not in known,
        schools=tuple(str(each.get("level", "")) for each in case.team or ()),
    )


def _themes(rows: Iterable[Theme]) -> list[ThemeFacts]:
    return [
        ThemeFacts(code=one.code, minimum=one.academies_min, maximum=one.academies_max)
        for one in sorted(rows, key=lambda one: one.pk)
    ]


def _academies(cases: Iterable[Case]) -> list[AcademyFacts]:
    found = {one.application.academy_id: one.application.academy for one in cases}
    return [
        AcademyFacts(
            code=one.code, region=one.region.code if one.region else "", overseas=one.overseas
        )
        for one in found.values()
    ]


def _totals(given: Readings) -> dict[int, list[float]]:
    """By case, the total of each review, its reviewer's severity taken away where it is known."""
    severities = {
        (reviewer, case): part.severities[reviewer]
        for part in given.correction.parts
        if not part.is_without_effect
        for reviewer, case in given.totals
        if case in part.raw
    }
    found: dict[int, list[float]] = {}
    for pair, total in given.totals.items():
        found.setdefault(pair[1], []).append(total + severities.get(pair, 0.0))
    return found


def standing_pairs(campaign: Campaign) -> QuerySet[Pair]:
    """The pairs of cases declared incompatible, the latest first."""
    found = Pair.objects.filter(one__campaign=campaign, lifted_at=None)
    return found.order_by("-made_at", "pk")


def _with_part(campaign: Campaign) -> QuerySet[Academy]:
    """The academies; `took_part`: they had a theme in the campaigns of the two years before."""
    first = campaign.first_year or 0
    years = Q(theme__campaign__first_year__range=(first - BEFORE, first - 1))
    parts = ThemeAcademy.objects.filter(years, academy=OuterRef("pk"))
    retained = Participation.objects.filter(years, academy=OuterRef("pk"), state__in=TOOK_PART)
    return Academy.objects.annotate(took_part=Exists(parts) | Exists(retained))


def _known(data: Gathered) -> set[int] | None:
    """The academies that had a theme in the campaigns of the two years before, those that succeeded
    them included; None when the years are not known."""
    if data.campaign.first_year is None:
        return None
    rows: list[Any] = data.academies
    known = {one.pk for one in rows if one.took_part}
    merged = [one for one in rows if one.successor_id is not None]
    for one in sorted(merged, key=lambda one: (one.valid_to or date.max, one.pk)):
        if one.pk in known:
            known.add(one.successor_id)
    return known
