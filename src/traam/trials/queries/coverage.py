"""The cross-tests of a group: how each production is covered, and who owes what."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from traam.access.actor import Actor
from traam.access.policy import roles_of
from traam.groups.models import Member, NationalGroup, Team
from traam.groups.models.team import bonds_of_teams
from traam.groups.queries.teams import FOLLOW, over_which
from traam.groups.rules.life import TeamState
from traam.kit.together import Asking
from traam.productions.models import Production
from traam.productions.queries import reading
from traam.trials.models import CrossTest, Trial
from traam.trials.rules.life import COUNTED, CrossTestState, TrialState

READ, ANSWER, ASK = "cross_test.read", "cross_test.answer", "cross_test.ask"
BEGIN = "trial.begin"
S = CrossTestState


def whole(tests: QuerySet[CrossTest]) -> QuerySet[CrossTest]:
    """Cross-tests with all that their place and their pages need: no further query for each."""
    rows = tests.select_related(
        "production__team__group__theme__campaign",
        "production__team__academy__successor",
        "tester__group__theme__campaign",
        "tester__academy__successor",
        "trial__teacher",
        "asked_by",
    )
    return rows.prefetch_related(
        bonds_of_teams("tester__bonds"),
        "tester__group__teams",
        "tester__group__theme__terms",
        bonds_of_teams("production__team__bonds"),
        "production__team__group__teams",
        "production__team__group__theme__terms",
    )


def testers(team: Team, today: date) -> QuerySet[Member]:
    """The members of a team who may lead a trial in class, by the table of rights: an inspector or
    a partner reads it, and has no class to try it in."""
    roles = sorted(roles_of(BEGIN))
    rows: QuerySet[Member] = Member.objects.filter(
        team=team, role__in=roles, person__is_active=True
    )
    return rows.on(today)  # type: ignore[attr-defined,no-any-return]


def trial_of(test: CrossTest) -> Trial | None:
    """Its trial, begun by the team that tests, of the production tested: not fetched again."""
    trial = test.trial
    if trial is not None:
        trial.team, trial.production = test.tester, test.production
    return trial


@dataclass(frozen=True)
class Covered:
    """A production and its cross-tests, the declined and cancelled ones apart."""

    production: Production
    tests: tuple[CrossTest, ...]
    refused: tuple[CrossTest, ...]

    @property
    def given(self) -> int:
        """Tests given back."""
        return sum(one.state == S.CLOSED for one in self.tests)

    @property
    def awaited(self) -> int:
        """Tests asked or accepted, not given back yet."""
        return len(self.tests) - self.given

    @property
    def square(self) -> str:
        """« 0 », « 1 » or « 2+ »: tests given back."""
        return "2+" if self.given >= 2 else str(self.given)


@dataclass(frozen=True)
class Owing:
    """A team and what it has been asked to test."""

    team: Team
    tests: tuple[CrossTest, ...]
    today: date

    @property
    def to_answer(self) -> int:
        return sum(one.state == S.ASKED for one in self.tests)

    @property
    def to_give(self) -> int:
        return sum(one.state == S.ACCEPTED for one in self.tests)

    @property
    def given(self) -> int:
        return sum(one.state == S.CLOSED for one in self.tests)

    @property
    def late(self) -> int:
        """Those past their day."""
        return sum(
            one.state in (S.ASKED, S.ACCEPTED)
            and one.due_on is not None
            and one.due_on < self.today
            for one in self.tests
        )


@dataclass(frozen=True)
class Coverage:
    """A group's cross-tests, seen both ways."""

    productions: tuple[Covered, ...]
    teams: tuple[Owing, ...]

    def count(self, square: str) -> int:
        """How many productions have « 0 », « 1 » or « 2+ » tests given back."""
        return sum(one.square == square for one in self.productions)

    @property
    def uncovered(self) -> int:
        """Productions that nobody tests or is asked to test."""
        return sum(not one.tests for one in self.productions)


def coverage(group: NationalGroup, *, today: date) -> Coverage:
    """The shared productions and living teams of the group; two queries beside its teams."""
    productions = (
        Production.objects.filter(team__group=group)
        .shared()
        .select_related("team__academy")
        .order_by("team__code", "title", "pk")
    )
    teams = [one for one in group.placed_teams() if one.state == TeamState.AT_WORK]
    tests = CrossTest.objects.filter(production__team__group=group)
    of_production: dict[int, list[CrossTest]] = defaultdict(list)
    of_team: dict[int, list[CrossTest]] = defaultdict(list)
    rows = tests.select_related("production__team__academy", "tester__academy", "trial")
    for one in rows.order_by("due_on", "pk"):
        of_production[one.production_id].append(one)
        of_team[one.tester_id].append(one)
    return Coverage(
        productions=tuple(_covered(one, of_production[one.pk]) for one in productions),
        teams=tuple(
            Owing(one, tuple(t for t in of_team[one.pk] if t.state in COUNTED), today)
            for one in sorted(teams, key=lambda one: (one.code, one.pk))
        ),
    )


def _covered(production: Production, tests: list[CrossTest]) -> Covered:
    return Covered(
        production,
        tuple(one for one in tests if one.state in COUNTED),
        tuple(one for one in tests if one.state not in COUNTED),
    )


def teams_that_ask(group: NationalGroup, actor: Actor) -> set[int]:
    """The teams of the group for whose productions this person may ask a test."""
    return over_which(group, actor, ASK)


def to_answer(actor: Actor) -> QuerySet[CrossTest]:
    """The requests that await this person's answer."""
    rows: QuerySet[CrossTest] = CrossTest.objects.filter(state=S.ASKED)
    return rows.over_which(actor, ANSWER).order_by("due_on", "pk")  # type: ignore[attr-defined,no-any-return]


@dataclass(frozen=True, slots=True)
class Openable:
    """The keys of what a reader may open from the page of a group's tests."""

    tests: frozenset[int]
    productions: frozenset[int]
    teams: frozenset[int]


def openable(group: NationalGroup, actor: Actor) -> Openable:
    """Who follows a group may know that a test exists without reading it; three queries beside its
    teams."""
    tests = CrossTest.objects.over_which(actor, READ).filter(production__team__group=group)
    works = Production.objects.over_which(actor, reading.READ).filter(team__group=group)
    return Openable(
        tests=frozenset(tests.values_list("pk", flat=True)),
        productions=frozenset(works.values_list("pk", flat=True)),
        teams=frozenset(over_which(group, actor, FOLLOW)),
    )


def to_give(actor: Actor) -> QuerySet[CrossTest]:
    """The accepted tests whose trial is this person's, not closed yet."""
    rows = CrossTest.objects.filter(state=S.ACCEPTED, trial__teacher=actor.person)
    return rows.exclude(trial__state=TrialState.CLOSED).order_by("due_on", "pk")


def uncovered(groups: QuerySet[NationalGroup]) -> Asking[dict[str, int]]:
    """By group, how many shared productions of living teams nobody is asked to test, though another
    team has not declined; one query."""
    tested = CrossTest.objects.filter(production=OuterRef("pk"), state__in=sorted(COUNTED))
    declined = CrossTest.objects.filter(production=OuterRef(OuterRef("pk")), state=S.DECLINED)
    others = Team.objects.filter(group=OuterRef("team__group"), state=TeamState.AT_WORK)
    left = others.exclude(pk=OuterRef("team")).filter(
        ~Exists(declined.filter(tester=OuterRef("pk")))
    )
    rows = Production.objects.shared().filter(
        ~Exists(tested), Exists(left), team__group__in=groups, team__state=TeamState.AT_WORK
    )
    counted = rows.values_list("team__group__code").annotate(number=Count("pk"))
    return dict((yield counted.order_by("team__group__code")))


def due_for_reminder(*, today: date, by: date) -> Iterator[CrossTest]:
    """The tests still owed whose day comes by then, or is past."""
    rows = whole(CrossTest.objects.filter(state__in=(S.ASKED, S.ACCEPTED), due_on__lte=by))
    yield from rows.order_by("due_on", "pk")
