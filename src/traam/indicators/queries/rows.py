"""The rows behind each figure: as many as it says, sums and medians apart; where each is read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.urls import reverse

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns.models import ThemeTerm
from traam.groups.models import Allotment, Member, Spent, Team
from traam.groups.queries import teams
from traam.groups.rules.life import TeamState
from traam.indicators.definitions import Measure
from traam.indicators.queries.figures import delays
from traam.indicators.queries.scope import COUNTED, Scope
from traam.kit.clock import day_of
from traam.kit.sheets import Cell, Sheet
from traam.productions.models import Production
from traam.productions.queries import reading
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary
from traam.syntheses.models import Synthesis
from traam.syntheses.queries import contents
from traam.trials.models import Observation, Trial
from traam.trials.queries import trials
from traam.trials.rules.life import TrialState

M = Measure
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Subject:
    """What a row is about, and the page of it. `of`: the thing that a row names; `readable`: those
    that a person may read."""

    page: str
    of: Callable[[Any], Any]
    readable: Callable[[Actor], QuerySet[Any]]


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure. `things`: a queryset, or a list where there are few; `line`: how
    each is told. No person is named: a figure never serves to judge one."""

    headers: Sequence[str]
    things: QuerySet[Any, Any] | Sequence[Any]
    line: Callable[[Any, Vocabulary], Row]
    subject: Subject | None = None

    def told(self, rows: Sequence[Any], actor: Actor) -> list[tuple[str, Row]]:
        """These rows as this person reads them, each with the page it leads to, empty where they
        may not; one query, beside the vocabulary's."""
        words, pages = vocabulary(), self._pages(rows, actor)
        return [(page, self.line(one, words)) for page, one in zip(pages, rows, strict=True)]

    def _pages(self, rows: Sequence[Any], actor: Actor) -> list[str]:
        if self.subject is None:
            return [""] * len(rows)
        things = [self.subject.of(one) for one in rows]
        asked = self.subject.readable(actor).filter(pk__in={one.pk for one in things})
        open_ones = set(asked.values_list("pk", flat=True))
        return [
            reverse(self.subject.page, kwargs={"code": one.code}) if one.pk in open_ones else ""
            for one in things
        ]

    def sheet(self, title: str) -> Sheet:
        """All of them, read when they are written."""
        return Sheet(title, self.headers, self._lines())

    def _lines(self) -> Iterator[Row]:
        words = vocabulary()
        for one in self.things:  # no comprehension: it would read them at once
            yield self.line(one, words)


def _word(words: Vocabulary, scheme: str, code: str) -> str:
    known = words.term(scheme=scheme, code=code)
    return known.label if known else code


def _itself(one: Any) -> Any:
    return one


def _teams_read(actor: Actor) -> QuerySet[Team]:
    return Team.objects.over_which(actor, teams.FOLLOW)


def _productions_read(actor: Actor) -> QuerySet[Production]:
    return Production.objects.over_which(actor, reading.READ)


TEAM = Subject("team", _itself, _teams_read)
OF_A_TEAM = Subject("team", lambda one: one.team, _teams_read)
PRODUCTION = Subject("production", _itself, _productions_read)
TRIAL = Subject("trial", _itself, trials.readable)
OF_A_TRIAL = Subject("trial", lambda one: one.trial, trials.readable)
SYNTHESIS = Subject("synthesis", _itself, contents.readable)
OF_A_DELAY = Subject("synthesis", lambda found: found[0], contents.readable)


def rows_of(measure: Measure, scope: Scope) -> Behind:
    """The rows that a figure counts: as many as it says, sums and medians apart."""
    return _delays(scope) if measure is M.DELAY else _TOLD[measure](COUNTED[measure](scope))


def _teams(rows: QuerySet[Team]) -> Behind:
    headers = ("Équipe", "Thème", "État", "Depuis")
    found = rows.select_related("academy", "group__theme").order_by("code", "pk")
    return Behind(headers, found, _team, TEAM)


def _named(one: Team) -> tuple[str, str]:
    """As its academy and its theme say: a code means nothing to who reads."""
    return one.named, one.group.theme.shown_title


def _team(one: Team, _: Vocabulary) -> Row:
    return *_named(one), TeamState(one.state).label, day_of(one.state_at)


def _members(rows: QuerySet[Member]) -> Behind:
    """A person of two teams is told once, of the first."""
    headers = ("Équipe", "Thème", "Rôle", "Discipline", "Niveau", "Depuis", "Première fois")
    order = ("team__code", "role", "pk")
    first = rows.filter(person=OuterRef("person")).order_by(*order).values("pk")[:1]
    once = rows.filter(Q(person=None) | Q(pk=first))
    once = once.select_related("team__academy", "team__group__theme").order_by(*order)
    return Behind(headers, once, _member, OF_A_TEAM)


def _member(one: Member, words: Vocabulary) -> Row:
    role, newcomer = Role(one.role).label, "oui" if one.is_newcomer else "non"
    discipline = _word(words, "disciplines", one.discipline)
    level = _word(words, "levels", one.level)
    return *_named(one.team), role, discipline, level, one.starts_on, newcomer


def _productions(rows: QuerySet[Production]) -> Behind:
    headers = ("Production", "Académie", "Sorte", "État", "Partagée le", "Publiée le")
    found = rows.select_related("team__academy").order_by("code", "pk")
    return Behind(headers, found, _production, PRODUCTION)


def _production(one: Production, words: Vocabulary) -> Row:
    shared, published = _day(one.shared_at), _day(one.published_at)
    kind = _word(words, "kinds", one.kind)
    return one.title, one.team.named, kind, one.get_state_display(), shared, published


def _day(instant: datetime | None) -> date | None:
    return day_of(instant) if instant is not None else None


def _trials(rows: QuerySet[Trial]) -> Behind:
    headers = ("Essai de", "Académie", "Niveau", "État", "Depuis")
    found = rows.select_related("team__academy", "production").order_by("code", "pk")
    return Behind(headers, found, _trial, TRIAL)


def _trial(one: Trial, words: Vocabulary) -> Row:
    state, level = TrialState(one.state).label, _word(words, "levels", one.level)
    return one.production.title, one.team.named, level, state, day_of(one.state_at)


def _observations(rows: QuerySet[Observation]) -> Behind:
    found = rows.select_related("trial__team__academy", "trial__production")
    headers = ("Essai de", "Académie", "Vue le")
    return Behind(headers, found.order_by("seen_at", "pk"), _observation, OF_A_TRIAL)


def _observation(one: Observation, _: Vocabulary) -> Row:
    return one.trial.production.title, one.trial.team.named, day_of(one.seen_at)


def _syntheses(rows: QuerySet[Synthesis]) -> Behind:
    found = rows.order_by("published_at", "pk")
    return Behind(("Synthèse", "Sorte", "Publiée le"), found, _synthesis, SYNTHESIS)


def _synthesis(one: Synthesis, _: Vocabulary) -> Row:
    return one.title, one.get_kind_display(), _day(one.published_at)


def _delays(scope: Scope) -> Behind:
    headers = ("Synthèse", "Publiée le", "Jours depuis la fin de la campagne")
    return Behind(headers, delays(scope), _late, OF_A_DELAY)


def _late(found: tuple[Synthesis, int], _: Vocabulary) -> Row:
    one, days = found
    return one.title, _day(one.published_at), days


def _academies(rows: QuerySet[Team]) -> Behind:
    today = F("academy__successor__name")
    found = rows.values("academy__name", after=today).annotate(number=Count("pk"))
    counts: dict[str, int] = {}
    for row in found:
        name = row["after"] or row["academy__name"]
        counts[name] = counts.get(name, 0) + row["number"]
    return Behind(("Académie", "Équipes"), sorted(counts.items()), _as_it_is)


def _disciplines(terms: QuerySet[ThemeTerm]) -> Behind:
    rows = terms.values_list("label").annotate(number=Count("theme", distinct=True))
    return Behind(("Discipline", "Thèmes"), rows.order_by("label"), _as_it_is)


def _as_it_is(found: Sequence[Cell], _: Vocabulary) -> Row:
    return tuple(found)


def _hours(rows: QuerySet[Allotment] | QuerySet[Spent], day: str) -> Behind:
    found = rows.select_related("team__academy", "team__group__theme").order_by("team__code", "pk")

    def line(one: Allotment | Spent, _: Vocabulary) -> Row:
        when = getattr(one, day)
        return *_named(one.team), one.hours, when if day == "on" else day_of(when)

    return Behind(("Équipe", "Thème", "Heures", "Le"), found, line, OF_A_TEAM)


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
