"""The ranking of a campaign's cases by their reviews: means, spread, severity, disagreement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from traam.access.actor import Actor
from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign, Theme
from traam.selection.models import Case
from traam.selection.queries.assignment import readable
from traam.selection.queries.readings import Readings, readings
from traam.selection.rules.severity import Correction, Effect
from traam.selection.rules.statistics import Ranked, Summary, is_to_discuss, ranking, summary

HIDDEN = "Dossier en conflit d’intérêts"


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the ranking. `case` is None where the reader may not know which it is, and then
    nothing else is told; `summary` is None too while they owe their own review of it.

    `expected`: the reviews that were asked and not declined; `corrected`: the mean on 20 once the
    severity of reviewers is taken away, the plain mean where that is without effect.
    """

    case: Case | None
    given: int = 0
    expected: int = 0
    summary: Summary | None = None
    corrected: float | None = None
    effect: Effect | None = None
    place: Ranked | None = None  # among the cases of its theme, by corrected mean
    is_to_discuss: bool = False
    owes: bool = False  # the reader has not given their own review yet

    @property
    def title(self) -> str:
        return HIDDEN if self.case is None else self.case.application.title


@dataclass(frozen=True)
class Ranking:
    """The rows by theme then place, those hidden last; `correction`: of the whole campaign."""

    rows: list[Row]
    correction: Correction

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the correction did to the parts at hand, each once, the largest part first."""
        shown = {row.case.pk for row in self.rows if row.case is not None}
        parts = (part for part in self.correction.parts if shown & part.raw.keys())
        return tuple(dict.fromkeys(part.effect for part in parts))


def ranked(
    *, campaign: Campaign, theme: Theme | None = None, actor: Actor | None = None
) -> Ranking:
    """The cases of a campaign, or of one theme, by their reviews. Three queries, whatever the size.

    `actor`: whoever will read it; None for the house, which sees all. Severity is estimated over
    the whole campaign: reviewers are joined by every file they share.
    """
    cases = _cases(campaign, theme)
    return ranking_of(
        cases,
        readings(campaign),
        known=frozenset(cases) if actor is None else readable(actor, cases),
        names=[] if actor is None else names_of(actor),
        disagreement=campaign.call_rules.disagreement,
    )


def ranking_of(
    cases: Mapping[int, Case],
    given: Readings,
    *,
    known: Collection[int],
    names: Collection[int],
    disagreement: float,
) -> Ranking:
    """The same from what is at hand. `known`: the cases that may be told; `names`: the people for
    whom the reader acts, from whom the scores that they still owe are kept."""
    owing = given.owed_by(names)
    made = _Rows(cases, given, disagreement=disagreement)
    rows = [made.row(key, owes=key in owing) for key in cases if key in known]
    rows.sort(key=_order)
    hidden = [Row(case=None) for key in cases if key not in known]
    return Ranking([*rows, *hidden], given.correction)


def _order(row: Row) -> tuple[str, int, int]:
    assert row.case is not None
    place = row.place.rank if row.place and not row.owes else 1_000_000
    return row.case.theme.code, place, row.case.pk


def _cases(campaign: Campaign, theme: Theme | None) -> dict[int, Case]:
    found = Case.objects.filter(campaign=campaign, application__state=ApplicationState.DEPOSITED)
    if theme is not None:
        found = found.filter(theme=theme)
    rows = found.select_related("application__academy", "theme").order_by("theme__code", "pk")
    return {one.pk: one for one in rows}


def names_of(actor: Actor) -> list[int]:
    """The people in whose name the actor acts: their own, those whose mandates they exercise."""
    lent = {each.delegated_by for each in actor.in_force if each.delegated_by is not None}
    own = {actor.person} if actor.person is not None else set()
    return sorted(own | lent)


class _Rows:
    """The numbers of each case, once for all."""

    def __init__(self, cases: Mapping[int, Case], given: Readings, *, disagreement: float) -> None:
        self.cases, self.asked, self.disagreement = cases, given.asked, disagreement
        self.scores: dict[int, list[float]] = {}
        for (_, case), value in sorted(given.totals.items()):
            self.scores.setdefault(case, []).append(value)
        self.corrected = given.correction.corrected
        self.effects = {key: part.effect for part in given.correction.parts for key in part.raw}
        self.places = self._places()

    def _places(self) -> dict[int, Ranked]:
        """The place of each case among those of its theme."""
        themes: dict[int, dict[int, float]] = {}
        for key, case in self.cases.items():
            if key in self.scores:
                themes.setdefault(case.theme_id, {})[key] = self.corrected[key]
        return {one.key: one for each in themes.values() for one in ranking(each)}

    def row(self, key: int, *, owes: bool) -> Row:
        scores = self.scores.get(key, [])
        case = self.cases[key]
        expected = self.asked.get(key, 0)
        if owes:
            return Row(case=case, given=len(scores), expected=expected, owes=True)
        return Row(
            case=case,
            given=len(scores),
            expected=expected,
            summary=summary(scores),
            corrected=self.corrected.get(key),
            effect=self.effects.get(key),
            place=self.places.get(key),
            is_to_discuss=is_to_discuss(scores, threshold=self.disagreement),
        )
