"""What the page of indicators shows: chapters of figures, bars, the map of the academies."""

from collections.abc import Sequence
from dataclasses import dataclass

from traam.campaigns.models import Campaign
from traam.indicators.definitions import CHAPTERS, DEFINITIONS, PART_OF, Measure
from traam.indicators.queries.figures import Figure, by_kind, by_state, figures, presences
from traam.indicators.queries.scope import Scope
from traam.kit.maps import Area, Drawing, drawn
from traam.reference.models import Academy
from traam.reference.queries import vocabulary
from traam.reference.rules import Vocabulary

MANY = 4  # teams from which an academy is drawn full
LEGEND = (
    ("full", "", f"{MANY} équipes ou plus"),
    ("lines", "", f"de une à {MANY - 1} équipes"),
    ("none", "", "aucune équipe"),
)


@dataclass(frozen=True)
class Shown:
    """A figure as the page tells it; `percent`: of what it is a part of."""

    figure: Figure
    definition: str
    percent: int | None
    of: str

    @property
    def measure(self) -> Measure:
        return self.figure.measure


@dataclass(frozen=True)
class Bar:
    """A line of a chart, and its share of the longest, in percent."""

    label: str
    count: int
    share: int


@dataclass(frozen=True)
class IndicatorsPage:
    """All that the page shows of a campaign."""

    campaign: Campaign
    chapters: Sequence[tuple[str, Sequence[Shown]]]
    coverage: Sequence[Bar]
    trials: Sequence[Bar]
    kinds: Sequence[Bar]
    drawing: Drawing
    presences: Sequence[tuple[str, int]]

    LEGEND = LEGEND

    @property
    def map_text(self) -> str:
        """What the map says, in a sentence."""
        present = sum(count > 0 for _, count in self.presences)
        return f"{present} académies ont au moins une équipe au travail, sur {len(self.presences)}."

    @property
    def is_empty(self) -> bool:
        """Nothing has been launched yet."""
        return not any(count for _, count in self.presences)


def page_of(scope: Scope) -> IndicatorsPage:
    """The page of a campaign, in the nation or in some academies."""
    found = figures(scope)
    words = vocabulary()
    academies = _presences(scope, words)
    return IndicatorsPage(
        campaign=scope.campaign,
        chapters=[
            (title, [_shown(measure, found) for measure in measures])
            for title, measures in CHAPTERS
        ],
        coverage=_coverage(found),
        trials=_bars([(state.label, count) for state, count in by_state(scope).items()]),
        kinds=_bars([(_kind(code, words), count) for code, count in by_kind(scope)]),
        drawing=drawn(_area(row, count) for row, count in academies),
        presences=[(row.name, count) for row, count in academies],
    )


def _shown(measure: Measure, found: dict[Measure, Figure]) -> Shown:
    figure, whole = found[measure], PART_OF.get(measure)
    percent = None
    if whole is not None and figure.value is not None and found[whole].value:
        percent = round(100 * figure.value / found[whole].value)  # type: ignore[operator]
    of = whole.label if whole is not None else ""
    return Shown(figure, DEFINITIONS[measure], percent, of)


def _bars(rows: Sequence[tuple[str, int]]) -> list[Bar]:
    longest = max((count for _, count in rows), default=0)
    return [
        Bar(label, count, round(100 * count / longest) if longest else 0) for label, count in rows
    ]


def _coverage(found: dict[Measure, Figure]) -> list[Bar]:
    every, once, twice = (
        int(found[measure].value or 0)
        for measure in (Measure.PRODUCTIONS, Measure.TESTED, Measure.TESTED_TWICE)
    )
    rows = [
        ("deux tests ou plus", twice),
        ("un test", once - twice),
        ("pas encore de test", every - once),
    ]
    return _bars(rows)


def _kind(code: str, words: Vocabulary) -> str:
    known = words.term(scheme="kinds", code=code)
    return known.label if known else code


def _presences(scope: Scope, words: Vocabulary) -> list[tuple[Academy, int]]:
    """The academies of today, in alphabetical order, and their teams at work."""
    teams = presences(scope)
    rows = Academy.objects.filter(valid_to=None).order_by("name", "pk")
    shown = scope.academies
    return [(row, teams.get(row.code, 0)) for row in rows if shown is None or row.code in shown]


def _area(academy: Academy, teams: int) -> Area:
    style = "full" if teams >= MANY else "lines" if teams else "none"
    said = "aucune équipe" if not teams else f"{teams} équipe{'s' if teams > 1 else ''}"
    return Area(academy.code, academy.name, academy.departments, style, str(teams or ""), said)
