"""The choice across the themes of a campaign: what is decided, what is proposed, what clashes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from traam.campaigns.models import Campaign, Theme
from traam.reference.models import Academy
from traam.selection.models import Case, Decision, Departure, Seal, Variant
from traam.selection.models.choice import SealKind
from traam.selection.optimiser.instance import Application, Instance
from traam.selection.optimiser.instance import Theme as Limit
from traam.selection.queries.instance import Gathered, gathered
from traam.selection.queries.variants import reading, reference_of
from traam.selection.rules.gathering import SCHOOLS
from traam.selection.rules.kept import Computed
from traam.selection.rules.life import DecisionKind
from traam.selection.rules.proposing import computed_kind, departs, proposes

D = DecisionKind
ORDER = [word for pair in SCHOOLS.values() for word in pair]  # from the youngest pupils on


@dataclass(frozen=True, slots=True)
class ThemeState:
    """Where a theme stands: its cases, what is decided of them, its limits."""

    theme: Theme
    cases: int
    retained: int
    reserve: int
    refused: int
    proposed: int  # retained by the reference
    departures: int
    minimum: int
    maximum: int

    @property
    def undecided(self) -> int:
        return self.cases - self.retained - self.reserve - self.refused


@dataclass(frozen=True, slots=True)
class Served:
    """What a set of retained applications serves."""

    retained: int
    academies: int
    regions: int
    overseas: int
    newcomers: int
    levels: Mapping[str, int]
    schools: Mapping[str, int]


@dataclass(frozen=True)
class Arbitration:
    """All themes of a campaign, as the pilot reads them."""

    campaign: Campaign
    gathered: Gathered
    themes: Sequence[Theme]
    decisions: Mapping[int, Decision]
    departures: Sequence[Departure]
    reference: Variant | None
    computed: Computed | None
    withdrawn: Sequence[Decision]  # prepared for an application that is not studied any more
    seal: Seal | None

    @property
    def is_stale(self) -> bool:
        return self.computed is not None and self.computed.instance != self.gathered.instance

    @property
    def undecided(self) -> int:
        return sum(one.undecided for one in self.states)

    @property
    def offers(self) -> bool:
        """Would taking the proposal prepare a decision?"""
        cases = self.gathered.cases.items()
        left = [code for code, case in cases if case.pk not in self.decisions]
        return proposes(self.computed, left)

    @cached_property
    def retained(self) -> list[str]:
        """The codes of the applications retained by people."""
        return [code for code, case in self.gathered.cases.items() if self._is(case, D.RETAINED)]

    def _is(self, case: Case, kind: DecisionKind) -> bool:
        decision = self.decisions.get(case.pk)
        return decision is not None and decision.kind == kind

    @cached_property
    def states(self) -> list[ThemeState]:
        limits = {str(one.id): one for one in self.gathered.instance.themes}
        cases: dict[int, list[Case]] = defaultdict(list)
        for case in self.gathered.cases.values():
            cases[case.theme_id].append(case)
        return [self._state(one, cases[one.pk], limits[one.code]) for one in self.themes]

    def _state(self, theme: Theme, cases: Sequence[Case], limit: Limit) -> ThemeState:
        kinds = Counter(self.decisions[one.pk].kind for one in cases if one.pk in self.decisions)
        proposed = set(self.computed.choice.retained) if self.computed else set()
        return ThemeState(
            theme=theme,
            cases=len(cases),
            retained=kinds[D.RETAINED],
            reserve=kinds[D.RESERVE],
            refused=kinds[D.NOT_RETAINED],
            proposed=sum(one.application.code in proposed for one in cases),
            departures=sum(self._departs(one) for one in cases),
            minimum=limit.minimum,
            maximum=limit.maximum or 0,
        )

    def _departs(self, case: Case) -> bool:
        decision = self.decisions.get(case.pk)
        if decision is None or self.computed is None:
            return False
        return departs(computed_kind(self.computed, case.application.code), D(decision.kind))

    # -- what clashes between themes

    @cached_property
    def over(self) -> list[tuple[Academy, list[Theme], int]]:
        """The academies retained on more themes than the call allows, with these themes."""
        most = self.campaign.call_rules.themes_per_academy_max
        held: dict[int, list[Case]] = defaultdict(list)
        for code in self.retained:
            case = self.gathered.cases[code]
            held[case.application.academy_id].append(case)
        return [
            (cases[0].application.academy, [one.theme for one in cases], most)
            for cases in held.values()
            if len(cases) > most
        ]

    @cached_property
    def twice(self) -> list[tuple[Case, Case]]:
        """Retained pairs that are forbidden: an academy twice on one theme, or declared so."""
        kept = set(self.retained)
        return [
            (self.gathered.cases[str(one)], self.gathered.cases[str(other)])
            for one, other in self.gathered.instance.incompatible
            if {str(one), str(other)} <= kept
        ]

    @cached_property
    def without(self) -> list[Academy]:
        """The academies that answered and, all being decided, are on no theme."""
        answered = {
            one.application.academy_id: one.application.academy
            for one in self.gathered.cases.values()
        }
        open_ = {
            one.application.academy_id
            for one in self.gathered.cases.values()
            if one.pk not in self.decisions
        }
        kept = {self.gathered.cases[code].application.academy_id for code in self.retained}
        left = [one for key, one in answered.items() if key not in kept | open_]
        return sorted(left, key=lambda one: (one.name, one.pk))

    # -- what is served

    @property
    def decided(self) -> Served:
        return served(self.gathered.instance, self.retained)

    @property
    def proposed(self) -> Served | None:
        if self.computed is None or not self.computed.is_possible:
            return None
        return served(self.computed.instance, [str(one) for one in self.computed.choice.retained])

    @property
    def answered(self) -> Served:
        """What every application would serve: the most that can be."""
        rows = self.gathered.instance.applications
        return served(self.gathered.instance, [str(row.id) for row in rows])


def served(instance: Instance, codes: Collection[str]) -> Served:
    wanted = set(codes)
    rows = [row for row in instance.applications if str(row.id) in wanted]
    held = {row.academy for row in rows}
    academies = [one for one in instance.academies if one.id in held]
    return Served(
        retained=len(rows),
        academies=len(academies),
        regions=len({one.region for one in academies if one.region is not None}),
        overseas=sum(one.overseas for one in academies),
        newcomers=len({row.academy for row in rows if row.newcomer}),
        levels=_counted(rows, "levels"),
        schools=_counted(rows, "school_types"),
    )


def _counted(rows: Iterable[Application], name: str) -> dict[str, int]:
    found = Counter(word for row in rows for word in getattr(row, name))
    return {word: found[word] for word in sorted(found, key=ORDER.index)}


def arbitration(*, campaign: Campaign) -> Arbitration:
    """The campaign's choice as it stands; a fixed number of queries, whatever the size."""
    data = gathered(campaign=campaign)
    decisions = data.decisions()
    reference = reference_of(campaign)
    departures = Departure.objects.filter(case__campaign=campaign).select_related(
        "case__application__academy", "case__theme", "variant", "person"
    )
    lost = [decisions[one.pk] for one in data.others if one.pk in decisions]
    seals = Seal.objects.filter(campaign=campaign, kind=SealKind.CHOICE)
    return Arbitration(
        campaign=campaign,
        gathered=data,
        themes=data.themes,
        decisions=decisions,
        departures=list(departures.order_by("-at", "-pk")),
        reference=reference,
        computed=reading(reference) if reference else None,
        withdrawn=sorted(lost, key=lambda one: one.pk),
        seal=seals.order_by("-number").first(),
    )
