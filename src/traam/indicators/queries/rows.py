"""The rows behind each figure: as many as it says, sums and medians apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet

from traam.access.roles import Role
from traam.campaigns.models import ThemeTerm
from traam.groups.models import Allotment, Member, Spent, Team
from traam.groups.rules.life import TeamState
from traam.indicators.definitions import Measure
from traam.indicators.queries.figures import delays
from traam.indicators.queries.scope import COUNTED, Scope
from traam.kit.clock import day_of
from traam.kit.sheets import Cell, Sheet
from traam.productions.models import Production
from traam.syntheses.models import Synthesis
from traam.trials.models import Observation, Trial
from traam.trials.rules.life import TrialState

M = Measure
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure. `things`: a queryset, or a list where there are few; `line`: how
    each is told. No person is named: a figure never serves to judge one."""

    headers: Sequence[str]
    things: QuerySet[Any, Any] | Sequence[Any]
    line: Callable[[Any], Row]

    def sheet(self, title: str) -> Sheet:
        """All of them, read when they are written."""
        return Sheet(title, self.headers, self._lines())

    def _lines(self) -> Iterator[Row]:
        for one in self.things:  # no comprehension: it would read them at once
            yield self.line(one)


def rows_of(measure: Measure, scope: Scope) -> Behind:
    """The rows that a figure counts: as many as it says, sums and medians apart."""
    return _delays(scope) if measure is M.DELAY else _TOLD[measure](COUNTED[measure](scope))


def _teams(rows: QuerySet[Team]) -> Behind:
    headers = ("Équipe", "Académie", "Thème", "État", "Depuis")
    return Behind(
        headers, rows.select_related("academy", "group__theme").order_by("code", "pk"), _team
    )


def _team(one: Team) -> Row:
    title, state = one.group.theme.shown_title, TeamState(one.state).label
    return one.code, one.named, title, state, day_of(one.state_at)


def _members(rows: QuerySet[Member]) -> Behind:
    """A person of two teams is told once, of the first."""
    headers = ("Équipe", "Académie", "Rôle", "Discipline", "Niveau", "Depuis", "Première fois")
    order = ("team__code", "role", "pk")
    first = rows.filter(person=OuterRef("person")).order_by(*order).values("pk")[:1]
    once = rows.filter(Q(person=None) | Q(pk=first))
    return Behind(headers, once.select_related("team__academy").order_by(*order), _member)


def _member(one: Member) -> Row:
    role, newcomer = Role(one.role).label, "oui" if one.is_newcomer else "non"
    team = one.team
    return team.code, team.named, role, one.discipline, one.level, one.starts_on, newcomer


def _productions(rows: QuerySet[Production]) -> Behind:
    headers = ("Production", "Académie", "Sorte", "État", "Partagée le", "Publiée le")
    return Behind(headers, rows.select_related("team__academy").order_by("code", "pk"), _production)


def _production(one: Production) -> Row:
    shared, published = _day(one.shared_at), _day(one.published_at)
    return one.title, one.team.named, one.kind, one.get_state_display(), shared, published


def _day(instant: datetime | None) -> date | None:
    return day_of(instant) if instant is not None else None


def _trials(rows: QuerySet[Trial]) -> Behind:
    headers = ("Essai", "Production", "Académie", "État", "Depuis")
    found = rows.select_related("team__academy", "production").order_by("code", "pk")
    return Behind(headers, found, _trial)


def _trial(one: Trial) -> Row:
    state = TrialState(one.state).label
    return one.code, one.production.title, one.team.named, state, day_of(one.state_at)


def _observations(rows: QuerySet[Observation]) -> Behind:
    found = rows.select_related("trial__team__academy").order_by("seen_at", "pk")
    return Behind(("Essai", "Académie", "Vue le"), found, _observation)


def _observation(one: Observation) -> Row:
    return one.trial.code, one.trial.team.named, day_of(one.seen_at)


def _syntheses(rows: QuerySet[Synthesis]) -> Behind:
    found = rows.order_by("published_at", "pk")
    return Behind(("Synthèse", "Sorte", "Publiée le"), found, _synthesis)


def _synthesis(one: Synthesis) -> Row:
    return one.title, one.get_kind_display(), _day(one.published_at)


def _delays(scope: Scope) -> Behind:
    headers = ("Synthèse", "Publiée le", "Jours depuis la fin de la campagne")
    return Behind(headers, delays(scope), _late)


def _late(found: tuple[Synthesis, int]) -> Row:
    one, days = found
    return one.title, _day(one.published_at), days


def _academies(rows: QuerySet[Team]) -> Behind:
    today = F("academy__successor__name")
    found = rows.values("academy__name", after=today).annotate(number=Count("pk"))
    counts: dict[str, int] = {}
    for row in found:
        name = row["after"] or row["academy__name"]
        counts[name] = counts.get(name, 0) + row["number"]
    return Behind(("Académie", "Équipes"), sorted(counts.items()), tuple)


def _disciplines(terms: QuerySet[ThemeTerm]) -> Behind:
    rows = terms.values_list("label").annotate(number=Count("theme", distinct=True))
    return Behind(("Discipline", "Thèmes"), rows.order_by("label"), tuple)


def _hours(rows: QuerySet[Allotment] | QuerySet[Spent], day: str) -> Behind:
    found = rows.select_related("team__academy").order_by("team__code", "pk")

    def line(one: Allotment | Spent) -> Row:
        when = getattr(one, day)
        return one.team.code, one.team.named, one.hours, when if day == "on" else day_of(when)

    return Behind(("Équipe", "Académie", "Heures", "Le"), found, line)


_TOLD: Mapping[Measure, Callable[[QuerySet[Any, Any]], Behind]] = {
    M.TEACHERS: _members,
    M.NEWCOMERS: _members,
    M.TEAMS: _teams,
    M.LEFT: _teams,
    M.ACADEMIES: _academies,
    M.DISCIPLINES: _disciplines,
    M.GRANTED: lambda rows: _hours(rows, "given_at"),
    M.SPENT: lambda rows: _hours(rows, "on"),
    M.PRODUCTIONS: _productions,
    M.SHARED_DISCIPLINES: _productions,
    M.SHARED_CYCLES: _productions,
    M.TESTED: _productions,
    M.TESTED_TWICE: _productions,
    M.TRIALS: _trials,
    M.ABANDONED: _trials,
    M.OBSERVATIONS: _observations,
    M.PUBLISHED: _productions,
    M.SYNTHESES: _syntheses,
}
