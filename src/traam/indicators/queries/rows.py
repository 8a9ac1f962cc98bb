"""The rows behind each figure: as many as it says, sums and medians apart."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from django.db.models import Count, F, QuerySet

from traam.access.roles import Role
from traam.campaigns.models import ThemeTerm
from traam.groups.models import Allotment, Member, Spent, Team
from traam.groups.rules.life import TeamState
from traam.indicators.definitions import Measure
from traam.indicators.queries.figures import delays
from traam.indicators.queries.scope import Scope
from traam.kit.clock import day_of
from traam.kit.sheets import Cell, Sheet
from traam.productions.models import Production
from traam.syntheses.models import Synthesis
from traam.trials.models import Observation, Trial
from traam.trials.rules.life import TrialState

M = Measure
Row = tuple[Cell, ...]
_TEAM_HEADERS = ("Équipe", "Académie", "Thème", "État", "Depuis")
_MEMBER_HEADERS = ("Équipe", "Académie", "Rôle", "Discipline", "Niveau", "Depuis", "Première fois")
_PRODUCTION_HEADERS = ("Production", "Académie", "Sorte", "État", "Partagée le", "Publiée le")
_TRIAL_HEADERS = ("Essai", "Production", "Académie", "État", "Depuis")
_HOURS_HEADERS = ("Équipe", "Académie", "Heures", "Le")


def rows_of(measure: Measure, scope: Scope) -> Sheet:
    """The rows that a figure counts: as many as it says, sums and medians apart. No person is
    named: a figure never serves to judge one."""
    headers, rows = _ROWS[measure](scope)
    return Sheet(measure.label, headers, rows)


def _team_rows(rows: QuerySet[Team]) -> Iterable[Row]:
    for one in rows.select_related("academy", "group__theme").order_by("code", "pk"):
        state = TeamState(one.state).label
        yield one.code, one.named, one.group.theme.shown_title, state, day_of(one.state_at)


def _member_rows(rows: QuerySet[Member]) -> Iterable[Row]:
    found = rows.select_related("team__academy").order_by("team__code", "role", "pk")
    seen = set()
    for one in found:
        if one.person_id is not None and one.person_id in seen:
            continue
        seen.add(one.person_id)
        role, first = Role(one.role).label, "oui" if one.is_newcomer else "non"
        team = one.team
        yield team.code, team.named, role, one.discipline, one.level, one.starts_on, first


def _production_rows(rows: QuerySet[Production]) -> Iterable[Row]:
    for one in rows.select_related("team__academy").order_by("code", "pk"):
        shared, published = _day(one.shared_at), _day(one.published_at)
        yield one.title, one.team.named, one.kind, one.get_state_display(), shared, published


def _day(instant: datetime | None) -> date | None:
    return day_of(instant) if instant is not None else None


def _trial_rows(rows: QuerySet[Trial]) -> Iterable[Row]:
    found = rows.select_related("team__academy", "production").order_by("code", "pk")
    for one in found:
        state = TrialState(one.state).label
        yield one.code, one.production.title, one.team.named, state, day_of(one.state_at)


def _observation_rows(rows: QuerySet[Observation]) -> Iterable[Row]:
    for one in rows.select_related("trial__team__academy").order_by("seen_at", "pk"):
        yield one.trial.code, one.trial.team.named, day_of(one.seen_at)


def _synthesis_rows(rows: Iterable[Synthesis]) -> Iterable[Row]:
    for one in rows:
        yield one.title, one.get_kind_display(), _day(one.published_at)


def _academy_rows(scope: Scope) -> Iterable[Row]:
    rows = scope.living().exclude(academy=None)
    today = F("academy__successor__name")
    found = rows.values("academy__name", after=today).annotate(number=Count("pk"))
    counts: dict[str, int] = {}
    for row in found:
        name = row["after"] or row["academy__name"]
        counts[name] = counts.get(name, 0) + row["number"]
    yield from sorted(counts.items())


def _discipline_rows(scope: Scope) -> Iterable[Row]:
    terms = ThemeTerm.objects.filter(scheme="disciplines", theme__in=scope.themes())
    rows = terms.values_list("label").annotate(number=Count("theme", distinct=True))
    yield from rows.order_by("label")


def _hour_rows(rows: QuerySet[Allotment] | QuerySet[Spent], day: str) -> Iterable[Row]:
    for one in rows.select_related("team__academy").order_by("team__code", "pk"):
        when = getattr(one, day)
        yield one.team.code, one.team.named, one.hours, when if day == "on" else day_of(when)


_Made = tuple[tuple[str, ...], Iterable[Row]]
_ROWS: Mapping[Measure, Callable[[Scope], _Made]] = {
    M.TEACHERS: lambda scope: (_MEMBER_HEADERS, _member_rows(scope.members())),
    M.NEWCOMERS: lambda scope: (
        _MEMBER_HEADERS,
        _member_rows(scope.members().filter(is_newcomer=True)),
    ),
    M.TEAMS: lambda scope: (_TEAM_HEADERS, _team_rows(scope.living())),
    M.LEFT: lambda scope: (
        _TEAM_HEADERS,
        _team_rows(scope.teams().filter(state=TeamState.WITHDRAWN)),
    ),
    M.ACADEMIES: lambda scope: (("Académie", "Équipes"), _academy_rows(scope)),
    M.DISCIPLINES: lambda scope: (("Discipline", "Thèmes"), _discipline_rows(scope)),
    M.GRANTED: lambda scope: (_HOURS_HEADERS, _hour_rows(scope.allotments(), "given_at")),
    M.SPENT: lambda scope: (_HOURS_HEADERS, _hour_rows(scope.spent(), "on")),
    M.PRODUCTIONS: lambda scope: (_PRODUCTION_HEADERS, _production_rows(scope.productions())),
    M.SHARED_DISCIPLINES: lambda scope: (
        _PRODUCTION_HEADERS,
        _production_rows(scope.of_several("disciplines")),
    ),
    M.SHARED_CYCLES: lambda scope: (
        _PRODUCTION_HEADERS,
        _production_rows(scope.of_several("cycles")),
    ),
    M.TESTED: lambda scope: (_PRODUCTION_HEADERS, _production_rows(scope.tested(1))),
    M.TESTED_TWICE: lambda scope: (_PRODUCTION_HEADERS, _production_rows(scope.tested(2))),
    M.TRIALS: lambda scope: (
        _TRIAL_HEADERS,
        _trial_rows(scope.trials().filter(state=TrialState.CLOSED)),
    ),
    M.ABANDONED: lambda scope: (
        _TRIAL_HEADERS,
        _trial_rows(scope.trials().filter(state=TrialState.ABANDONED)),
    ),
    M.OBSERVATIONS: lambda scope: (
        ("Essai", "Académie", "Vue le"),
        _observation_rows(scope.observations()),
    ),
    M.PUBLISHED: lambda scope: (
        _PRODUCTION_HEADERS,
        _production_rows(scope.productions().exclude(ark="")),
    ),
    M.SYNTHESES: lambda scope: (
        ("Synthèse", "Sorte", "Publiée le"),
        _synthesis_rows(scope.syntheses().order_by("published_at", "pk")),
    ),
    M.DELAY: lambda scope: (
        ("Synthèse", "Publiée le", "Jours depuis la fin de la campagne"),
        [(one.title, _day(one.published_at), days) for one, days in delays(scope)],
    ),
}
