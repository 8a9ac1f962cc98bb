"""What a group's plan of cross-tests is computed from: shared productions, teams at work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from traam.groups.models import Member, NationalGroup, Team
from traam.groups.rules.life import TeamState
from traam.productions.models import Production
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary
from traam.trials.matching.closeness import Profile, difference, fit
from traam.trials.matching.instance import Instance, Pair, Suits, Work
from traam.trials.matching.instance import Team as Tester
from traam.trials.models import CrossTest, CrossTestPlan, Trial
from traam.trials.rules.life import COUNTED, CrossTestState

WANTED = 2  # tests for each production


@dataclass(frozen=True)
class Panel:
    """A group before its plan: what is tested, by whom, and what is settled. Keys are codes."""

    productions: Mapping[str, Production]
    teams: Mapping[str, Team]
    tests: tuple[CrossTest, ...]  # of these productions, whatever their state
    written_for: Mapping[str, Profile]  # by production
    taught: Mapping[str, Profile]  # by team

    def instance(self, *, wanted: int = WANTED, maximum: int | None = None) -> Instance:
        """What the optimiser is asked. `maximum`: tests that a team gives at most."""
        works = [Work(code, one.team.code) for code, one in self.productions.items()]
        testers = [Tester(code, _academy(one), maximum) for code, one in self.teams.items()]
        pairs = {_pair(one): CrossTestState(one.state) for one in self.tests}
        known = {pair: state for pair, state in pairs.items() if pair[1] in self.teams}
        return Instance(
            productions=tuple(works),
            testers=tuple(testers),
            suits=self._suits(),
            kept=frozenset(pair for pair, state in known.items() if state in COUNTED),
            refused=frozenset(
                pair for pair, state in known.items() if state is CrossTestState.DECLINED
            ),
            wanted=wanted,
        )

    def _suits(self) -> dict[Pair, Suits]:
        found = {}
        for code, production in self.productions.items():
            for team in self.teams.values():
                if _academy(team) == _academy(production.team):
                    continue
                how = fit(self.written_for[code], self.taught[team.code])
                if how is not None:
                    away = difference(self.written_for[code], self.taught[team.code])
                    found[code, team.code] = Suits(how, away)
        return found


def _pair(test: CrossTest) -> Pair:
    return test.production.code, test.tester.code


def _academy(team: Team) -> str:
    """The academy as it is today: two that merged do not test each other."""
    if team.academy is None:
        return f"hors académie {team.code}"
    return (team.academy.successor or team.academy).code


def panel(group: NationalGroup) -> Panel:
    """The group as its plan sees it; six queries beside its teams, whatever its size."""
    productions = list(
        Production.objects.filter(team__group=group)
        .shared()
        .select_related("team__academy__successor", "team__group")
        .prefetch_related("terms")
        .order_by("code", "pk")
    )
    at_work = [one for one in group.placed_teams() if one.state == TeamState.AT_WORK]
    teams = sorted(at_work, key=lambda one: (one.code, one.pk))
    tests = CrossTest.objects.filter(production__in=productions)
    words, classes = vocabulary(), _classes(group)
    members = _members(teams)
    return Panel(
        productions={one.code: one for one in productions},
        teams={one.code: one for one in teams},
        tests=tuple(tests.select_related("production", "tester").order_by("pk")),
        written_for={one.code: _of_production(one, classes, words) for one in productions},
        taught={one.code: _of_team(one, members, classes, words) for one in teams},
    )


def _members(teams: Iterable[Team]) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = defaultdict(list)
    for member in Member.objects.filter(team__in=teams, ends_on=None).order_by("pk"):
        found[member.team_id].append(member)
    return found


@dataclass
class _Classes:
    """What the trials of a team tell of its classes; the latest wins."""

    equipment: str = ""
    is_priority: bool | None = None


def _classes(group: NationalGroup) -> dict[int, _Classes]:
    found: dict[int, _Classes] = defaultdict(_Classes)
    for trial in Trial.objects.filter(team__group=group).order_by("pk"):
        kept = found[trial.team_id]
        kept.equipment = trial.equipment or kept.equipment
        kept.is_priority = kept.is_priority if trial.is_priority is None else trial.is_priority
    return found


def _of_production(
    production: Production, classes: Mapping[int, _Classes], words: Vocabulary
) -> Profile:
    by_scheme: dict[str, set[str]] = defaultdict(set)
    for term in production.terms.all():
        by_scheme[term.scheme].add(term.code)
    return _profile(
        by_scheme["disciplines"],
        by_scheme["levels"],
        by_scheme["school_types"],
        classes.get(production.team_id, _Classes()),
        words,
        cycles=by_scheme["cycles"],
    )


def _of_team(
    team: Team,
    members: Mapping[int, list[Member]],
    classes: Mapping[int, _Classes],
    words: Vocabulary,
) -> Profile:
    people = members.get(team.pk, [])
    return _profile(
        {one.discipline for one in people} - {""},
        {one.level for one in people} - {""},
        {one.school_type for one in people} - {""},
        classes.get(team.pk, _Classes()),
        words,
    )


def _profile(
    disciplines: Iterable[str],
    levels: Iterable[str],
    school_types: Iterable[str],
    classes: _Classes,
    words: Vocabulary,
    *,
    cycles: Iterable[str] = (),
) -> Profile:
    named = frozenset(levels)
    audience = words.around(named)
    return Profile(
        disciplines=frozenset(disciplines),
        levels=named,
        cycles=frozenset({*cycles, *(term.code for term in audience.cycles)}),
        school_types=frozenset({*school_types, *(term.code for term in audience.school_types)}),
        equipment=classes.equipment,
        is_priority=classes.is_priority,
    )


def latest_plan(group: NationalGroup) -> CrossTestPlan | None:
    """The plan computed last, adopted or not."""
    return CrossTestPlan.objects.filter(group=group).order_by("-number").first()
