"""Who may review what: the readers of each theme, the pairs that are barred, the reviews given."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from traam.access.actor import Actor
from traam.applications.models import Examiner
from traam.applications.rules.life import MAY_READ, ApplicationState
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.queries import people_of_themes
from traam.people.models import MandateScope, ScopeKind, User
from traam.selection.models import Case, Review
from traam.selection.rules.assignment import Pair, Reader, ToRead
from traam.selection.rules.life import ReviewState


@dataclass(frozen=True)
class Panel:
    """A campaign before its assignment; keys are those of people and of cases.

    `cleared`: the pairs (person, case) that were checked and hold no conflict.
    """

    themes: dict[str, Theme]
    cases: dict[int, Case]
    people: dict[int, User]
    of_theme: dict[str, list[int]]  # the people who judge each theme, by name
    cleared: frozenset[Pair]
    reviews: list[Review] = field(default_factory=list)  # of these cases, declined ones included
    disciplines: Mapping[int, frozenset[str]] = field(default_factory=dict)  # by person

    @cached_property
    def kept(self) -> frozenset[Pair]:
        """The pairs that stand: given, or to be given by someone who may read the case."""
        return frozenset(_pair(one) for one in self.reviews if self.stands(one))

    def stands(self, review: Review) -> bool:
        """A review that is still to give does not, once a conflict has closed it."""
        if review.state == ReviewState.SUBMITTED:
            return True
        return review.state != ReviewState.DECLINED and _pair(review) in self.cleared

    @cached_property
    def declined(self) -> frozenset[Pair]:
        return frozenset(_pair(one) for one in self.reviews if one.state == ReviewState.DECLINED)

    @cached_property
    def free(self) -> frozenset[Pair]:
        """The pairs that could be made by hand; those that were declined too."""
        return self.cleared - self.kept

    @cached_property
    def barred(self) -> frozenset[Pair]:
        """Every pair that may not be made: of another theme, not cleared, or declined already."""
        possible = {
            (person, case.pk)
            for case in self.cases.values()
            for person in self.of_theme[case.theme.code]
        }
        allowed = (possible & self.cleared) - self.declined
        return frozenset((one, key) for one in self.people for key in self.cases) - allowed

    def readers(self, maximum: int) -> list[Reader]:
        found = self.disciplines
        return [Reader(key, maximum, found.get(key, frozenset())) for key in sorted(self.people)]

    def to_read(self) -> list[ToRead]:
        return [
            ToRead(one.pk, frozenset() if one.theme.transversal else _disciplines(one.theme))
            for one in self.cases.values()
        ]

    def may_be_asked(self, case: Case) -> list[User]:
        """The people who could be given this case by hand, by name; those who declined it too."""
        asked = self.of_theme[case.theme.code]
        return [self.people[one] for one in asked if (one, case.pk) in self.free]


def _pair(review: Review) -> Pair:
    return review.reviewer_id, review.case_id


def _disciplines(theme: Theme) -> frozenset[str]:
    return frozenset(term.code for term in theme.terms.all() if term.scheme == "disciplines")


def panel(*, campaign: Campaign, today: date, themes: Iterable[Theme] | None = None) -> Panel:
    """All that an assignment looks at, over these themes (None: all); a fixed number of queries."""
    cases = (
        Case.objects.filter(campaign=campaign, application__state=ApplicationState.DEPOSITED)
        .select_related("application__academy", "theme")
        .prefetch_related("theme__terms")
        .order_by("theme__code", "application__academy__name", "pk")
    )
    if themes is not None:
        cases = cases.filter(theme__in=[one.pk for one in themes])
    found = {one.pk: one for one in cases}
    by_code = {one.theme.code: one.theme for one in found.values()}
    judges = people_of_themes(by_code, today)
    mandates = {code: [*each.experts, *each.inspectors] for code, each in judges.items()}
    people = {one.person_id: one.person for each in mandates.values() for one in each}
    return Panel(
        themes=by_code,
        cases=found,
        people=people,
        of_theme={
            code: list(dict.fromkeys(one.person_id for one in each))
            for code, each in mandates.items()
        },
        cleared=_cleared(found),
        reviews=list(
            Review.objects.filter(case__in=found).select_related("reviewer").order_by("pk")
        ),
        disciplines=_disciplines_of(people, today),
    )


def _cleared(cases: Mapping[int, Case]) -> frozenset[Pair]:
    keys = {one.application_id: one.pk for one in cases.values()}
    rows = Examiner.objects.filter(application__in=keys, standing__in=sorted(MAY_READ))
    return frozenset(
        (person, keys[application])
        for application, person in rows.values_list("application", "person")
    )


def _disciplines_of(people: Iterable[int], today: date) -> dict[int, frozenset[str]]:
    """By person, the disciplines of their mandates in force."""
    scopes = MandateScope.objects.in_force(today).filter(
        kind=ScopeKind.DISCIPLINE,
        mandate__person__in=list(people),
    )
    found: dict[int, set[str]] = defaultdict(set)
    for person, code in scopes.values_list("mandate__person", "code"):
        found[person].add(code)
    return {person: frozenset(codes) for person, codes in found.items()}


def readable(actor: Actor, cases: Iterable[int]) -> frozenset[int]:
    """Those of these cases whose application the actor may read: only they have a title."""
    rows = Case.objects.over_which(actor, "application.read")
    return frozenset(rows.filter(pk__in=list(cases)).values_list("pk", flat=True))
