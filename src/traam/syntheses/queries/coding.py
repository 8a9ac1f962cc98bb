"""What « code and find » shows: observations of closed trials, and findings beside them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet

from traam.access.actor import Actor
from traam.groups.models import NationalGroup
from traam.syntheses.models import Evidence, Finding
from traam.syntheses.queries.contents import with_group_place
from traam.syntheses.queries.evidence import stated, with_state
from traam.syntheses.rules.content import Cited, Stated
from traam.syntheses.rules.life import FindingKind
from traam.trials.models import Observation, Sight, Trial
from traam.trials.rules.life import Outcome, TrialState

PER_PAGE = 20
SEARCH_MAX = 100  # characters


def groups_of(actor: Actor) -> QuerySet[NationalGroup]:
    """The groups whose findings this person may read: those who write them, and the pilot's."""
    mine = NationalGroup.objects.over_which(actor, "group.read")
    return with_group_place(mine).order_by("-campaign__first_year", "code", "pk")


def of_group(group: NationalGroup) -> Q:
    """A trial of the group: by one of its teams, or of one of its productions."""
    return Q(team__group=group) | Q(production__team__group=group)


def trials_of(group: NationalGroup) -> QuerySet[Trial]:
    """The closed and the abandoned ones: where a finding may have been sought."""
    ended = (TrialState.CLOSED, TrialState.ABANDONED)
    return Trial.objects.filter(of_group(group), state__in=ended)


def observations_of(group: NationalGroup) -> QuerySet[Observation]:
    """What may be evidence: standing observations of its closed trials."""
    closed = Trial.objects.closed().filter(of_group(group))
    return Observation.objects.standing().filter(kept_at=None, trial__in=closed.values("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows the list on the left. Empty: everything."""

    words: str = ""
    academy: str = ""
    level: str = ""
    outcome: str = ""
    unused: bool = False

    def apply(self, rows: QuerySet[Observation]) -> QuerySet[Observation]:
        if self.words:
            rows = rows.filter(seen__icontains=self.words[:SEARCH_MAX])
        if self.academy:
            rows = rows.filter(trial__team__academy__code=self.academy)
        if self.level:
            rows = rows.filter(trial__level=self.level)
        if self.outcome:
            met = Sight.objects.filter(outcome=self.outcome)
            rows = rows.filter(pk__in=met.values("observation"))
        if self.unused:
            used = Evidence.objects.filter(observation__isnull=False)
            rows = rows.exclude(pk__in=used.values("observation"))
        return rows


def observations(group: NationalGroup, filters: Filters, *, page: str | None) -> Page[Observation]:
    """A page of observations with their trial and what they say of each indicator."""
    sights = Sight.objects.select_related("indicator").exclude(outcome=Outcome.NOT_SOUGHT)
    rows = (
        filters.apply(observations_of(group))
        .select_related("trial__team__academy", "trial__production", "trial__cross_test")
        .prefetch_related(Prefetch("sights", sights.order_by("indicator__position", "pk")))
        .order_by("-seen_at", "pk")
    )
    return Paginator(rows, PER_PAGE).get_page(page)


def facets(group: NationalGroup) -> tuple[list[tuple[str, str]], list[str]]:
    """The academies (code, name) and the levels that its closed trials know; one query."""
    trials = Trial.objects.closed().filter(of_group(group))
    rows = list(trials.values_list("team__academy__code", "team__academy__name", "level"))
    academies = {(code, name) for code, name, _ in rows if code}
    return sorted(academies, key=lambda one: one[1]), sorted({level for *_, level in rows if level})


@dataclass(frozen=True, slots=True)
class Counted:
    """A finding with its counts, and those of its observations that are on the page."""

    finding: Finding
    stated: Stated
    used: dict[str, Cited]  # its evidence, by the observation's key

    @property
    def is_stale(self) -> bool:
        return self.stated.counts.stale > 0


def findings(group: NationalGroup, *, kind: str = "", words: str = "") -> list[Counted]:
    """Its standing findings with their counts, by kind then by age; three queries."""
    rows = Finding.objects.standing().filter(group=group)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(text__icontains=words[:SEARCH_MAX])
    return with_counts(list(rows.order_by("created_at", "pk")))


def with_counts(rows: list[Finding]) -> list[Counted]:
    """These findings, in the order of their kinds."""
    said = stated(rows)
    order = {kind.value: rank for rank, kind in enumerate(FindingKind)}
    ordered = sorted(rows, key=lambda one: order[one.kind])
    return [
        Counted(one, said[one.pk], {each.key: each for each in said[one.pk].evidence})
        for one in ordered
    ]


def evidence_of(finding: Finding) -> list[Evidence]:
    """Its evidence with each observation and its trial, and `is_stale`; one query."""
    rows = with_state(Evidence.objects.filter(finding=finding)).select_related(
        "observation__trial__team__academy", "observation__trial__production"
    )
    return list(rows.order_by("support", "added_at", "pk"))


@dataclass(frozen=True, slots=True)
class SoughtTrials:
    """Where a finding was sought: the closed trials, which its counts are out of; the others."""

    closed: list[Trial]
    beside: list[Trial]


def sought_trials(finding: Finding) -> SoughtTrials:
    """Where it was sought, with the team of each; one query."""
    rows = Trial.objects.filter(pk__in=finding.sought.values("trial"))
    found = list(rows.select_related("team__academy", "production").order_by("state", "pk"))
    return SoughtTrials(
        closed=[one for one in found if one.state == TrialState.CLOSED],
        beside=[one for one in found if one.state != TrialState.CLOSED],
    )
