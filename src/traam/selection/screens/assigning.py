"""The assignment as its pages show it: a case that its reader may not know has no title."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from traam.access.actor import Actor
from traam.campaigns.models import Campaign, Theme
from traam.kit.text import plural
from traam.people.models import User
from traam.selection.actions.assigning import Foreseen
from traam.selection.forms.assigning import GiveForm
from traam.selection.models import Case, Review
from traam.selection.queries.assignment import Panel, readable
from traam.selection.queries.ranking import HIDDEN
from traam.selection.rules.assignment import Pair, Shortage, ShortageKind
from traam.selection.rules.life import ReviewState


@dataclass(frozen=True, slots=True)
class Line:
    """A case: its reviewers, whom it may still be given to, what it lacks."""

    case: Case
    reviews: Sequence[Review]
    closed: Sequence[Review]  # to give, by someone to whom a conflict has closed the case
    declined: Sequence[Review]
    free: Sequence[User]
    lacks: int

    @property
    def form(self) -> GiveForm:
        return GiveForm(self.free, case=self.case.pk)


@dataclass(frozen=True, slots=True)
class Group:
    """A theme, its cases, and how many are closed to the reader."""

    theme: Theme
    lines: Sequence[Line]
    hidden: int

    @property
    def short(self) -> int:
        return sum(line.lacks > 0 for line in self.lines)


@dataclass(frozen=True, slots=True)
class Load:
    """What a reviewer has, and would have."""

    person: User
    before: int
    given: int = 0
    more: int = 0
    maximum: int = 0

    @property
    def after(self) -> int:
        return self.before + self.more


@dataclass(frozen=True)
class AssignmentPage:
    """The cases of some themes with their reviewers."""

    campaign: Campaign
    actor: Actor
    panel: Panel

    @cached_property
    def wanted(self) -> int:
        return self.campaign.call_rules.reviews_per_application

    @cached_property
    def maximum(self) -> int:
        return self.campaign.call_rules.reviews_per_reviewer_max

    @cached_property
    def known(self) -> frozenset[int]:
        return readable(self.actor, self.panel.cases)

    @cached_property
    def groups(self) -> list[Group]:
        reviews: dict[int, list[Review]] = defaultdict(list)
        for review in self.panel.reviews:
            reviews[review.case_id].append(review)
        cases: dict[int, list[Case]] = defaultdict(list)
        for case in self.panel.cases.values():
            cases[case.theme_id].append(case)
        return [
            self._group(theme, cases[theme.pk], reviews) for theme in self.panel.themes.values()
        ]

    def _group(self, theme: Theme, cases: list[Case], reviews: Mapping[int, list[Review]]) -> Group:
        shown = [one for one in cases if one.pk in self.known]
        lines = [self._line(one, reviews[one.pk]) for one in shown]
        return Group(theme, lines, hidden=len(cases) - len(shown))

    def _line(self, case: Case, reviews: list[Review]) -> Line:
        asked = [one for one in reviews if one.state != ReviewState.DECLINED]
        standing = [one for one in asked if self.panel.stands(one)]
        return Line(
            case,
            reviews=standing,
            closed=[one for one in asked if one not in standing],
            declined=[one for one in reviews if one.state == ReviewState.DECLINED],
            free=self.panel.may_be_asked(case),
            lacks=max(self.wanted - len(standing), 0),
        )

    @cached_property
    def loads(self) -> list[Load]:
        """What each reviewer has, by name; what is closed to the reader is not told apart."""
        kept = [one for one in self.panel.reviews if self.panel.stands(one)]
        before = Counter(one.reviewer_id for one in kept)
        given = Counter(one.reviewer_id for one in kept if one.state == ReviewState.SUBMITTED)
        return [
            Load(person, before=before[key], given=given[key], maximum=self.maximum)
            for key, person in by_name(self.panel)
        ]

    @property
    def short(self) -> int:
        return sum(group.short for group in self.groups)


def by_name(panel: Panel) -> list[tuple[int, User]]:
    return sorted(panel.people.items(), key=lambda one: (str(one[1]).casefold(), one[0]))


@dataclass(frozen=True, slots=True)
class Gain:
    """A case and whom it would be given to."""

    title: str
    academy: str
    theme: str
    already: Sequence[str]
    more: Sequence[str]


@dataclass(frozen=True, slots=True)
class Lack:
    """A case that would stay short of reviews, and why."""

    title: str
    sentence: str


@dataclass(frozen=True)
class ForeseenPage:
    """What an automatic assignment would do."""

    gains: list[Gain]
    lacks: list[Lack]
    loads: list[Load]
    to_settle: list[str] = field(default_factory=list)  # kept though a conflict was found
    hidden: int = 0
    count: int = 0
    reviews: int = 0


def foreseen_page(foreseen: Foreseen, actor: Actor) -> ForeseenPage:
    """The same in words, for this reader."""
    panel, result = foreseen.panel, foreseen.result
    known = readable(actor, panel.cases)
    before = foreseen.loads_before
    more = Counter(reader for reader, _ in result.pairs)
    kept, given = _by_case(panel.kept), _by_case(result.pairs)
    return ForeseenPage(
        gains=[
            _gain(panel, one, kept=kept[one.pk], more=given[one.pk])
            for one in panel.cases.values()
            if one.pk in known and one.pk in given
        ],
        lacks=[
            Lack(_title(panel, one.application, known), _why(foreseen, one))
            for one in result.shortages
        ],
        loads=[
            Load(
                person,
                before=before.get(key, 0),
                more=more[key],
                maximum=foreseen.maximum,
            )
            for key, person in by_name(panel)
        ],
        to_settle=_to_settle(foreseen, known),
        hidden=len(panel.cases) - len(known),
        count=len(result.pairs),
        reviews=foreseen.reviews,
    )


def _title(panel: Panel, key: int, known: frozenset[int]) -> str:
    if key not in known:
        return HIDDEN
    case = panel.cases[key]
    return f"{case.application.title} ({case.application.academy.name})"


def _why(foreseen: Foreseen, short: Shortage) -> str:
    """What the case lacks, among the people of its own theme."""
    if short.kind is ShortageKind.FULL:
        return short.sentence
    panel = foreseen.panel
    people = panel.of_theme[panel.cases[short.application].theme.code]
    pairs = [(one, short.application) for one in people]
    barred = sum(pair not in panel.cleared for pair in pairs)
    declined = sum(pair in panel.declined & panel.cleared for pair in pairs)
    can = len(pairs) - barred - declined
    why = [
        plural(barred, "a un conflit d’intérêts", "ont un conflit d’intérêts") if barred else "",
        plural(declined, "a décliné", "ont décliné") if declined else "",
    ]
    others = f" ({', '.join(one for one in why if one)})" if barred or declined else ""
    return (
        f"{short.given} avis sur {foreseen.reviews} : sur "
        f"{plural(len(pairs), 'personne qui juge', 'personnes qui jugent')} ce thème, "
        f"{plural(can, 'peut', 'peuvent')} lire cette candidature{others}."
    )


def _by_case(pairs: Iterable[Pair]) -> Mapping[int, list[int]]:
    """The reviewers of each case, in order."""
    found: dict[int, list[int]] = defaultdict(list)
    for reader, case in sorted(pairs):
        found[case].append(reader)
    return found


def _gain(panel: Panel, case: Case, *, kept: list[int], more: list[int]) -> Gain:
    people = panel.people
    return Gain(
        title=case.application.title,
        academy=case.application.academy.name,
        theme=case.theme.shown_title,
        already=[str(people[key]) for key in kept if key in people],
        more=[str(people[key]) for key in more],
    )


def _to_settle(foreseen: Foreseen, known: frozenset[int]) -> list[str]:
    """Reviews that stand though their reviewer may not judge the case (any more)."""
    panel = foreseen.panel
    return [
        f"{panel.people[reader]} : {_title(panel, case, known)}"
        for reader, case in foreseen.result.barred_kept
        if reader in panel.people and case in known
    ]
