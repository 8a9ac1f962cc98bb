"""Which campaigns the demonstration plays, when, and how many answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.years import Years, school_year_of
from traam.kit.labels import Labelled

PARIS = ZoneInfo("Europe/Paris")
M = Milestone


class Reach(Labelled):
    """How far a campaign has come today."""

    PREPARATION = "preparation", "en préparation, un thème attend une signature"
    CALL = "call", "appel ouvert"
    REVIEWS = "reviews", "appel clos, avis commencés"
    AT_WORK = "at_work", "au travail depuis l’automne"
    CLOSED = "closed", "close l’été dernier, synthèses publiées"

    @property
    def is_chosen(self) -> bool:
        """Are its academies chosen, their teams formed?"""
        return self in (Reach.AT_WORK, Reach.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A campaign: `themes` (slugs), how many academies answer each, how many are retained."""

    years: Years
    reach: Reach
    themes: tuple[str, ...]
    answers: tuple[int, int]  # at least, at most, for each theme
    places: tuple[int, int]  # academies per theme
    dates: Mapping[Milestone, datetime]

    @property
    def begins_at(self) -> datetime:
        """When it begins to be prepared."""
        return self.dates[M.CALL_OPENS] - timedelta(days=50)


def _at(day: date, hour: int) -> datetime:
    """That hour in Paris."""
    return datetime.combine(day, time(hour), PARIS).astimezone(UTC)


def _spring(year: int) -> dict[Milestone, datetime]:
    """The calendar of a call in the spring of that year, for the next autumn."""
    return {
        M.CALL_OPENS: _at(date(year, 2, 3), 9),
        M.CALL_CLOSES: _at(date(year, 4, 3), 18),
        M.REVIEWS_DUE: _at(date(year, 5, 15), 18),
        M.DELIBERATION: _at(date(year, 5, 28), 9),
        M.ANNOUNCEMENT: _at(date(year, 6, 16), 10),
        M.REPLIES_DUE: _at(date(year, 7, 1), 18),
        M.LAUNCH: _at(date(year, 9, 24), 9),
        M.END: _at(date(year + 1, 6, 30), 18),
    }


def _around(today: date, *, opened: int, closes: int) -> dict[Milestone, datetime]:
    """A calendar told from today: days since (or before) the opening, days until the end."""
    closing = today + timedelta(days=closes)
    later = (
        (M.REVIEWS_DUE, 35, 18),
        (M.DELIBERATION, 45, 9),
        (M.ANNOUNCEMENT, 60, 10),
        (M.REPLIES_DUE, 75, 18),
        (M.LAUNCH, 120, 9),
        (M.END, 480, 18),
    )
    return {
        M.CALL_OPENS: _at(today - timedelta(days=opened), 9),
        M.CALL_CLOSES: _at(closing, 18),
        **{each: _at(closing + timedelta(days=days), hour) for each, days, hour in later},
    }


def plots(*, today: date, scale: int, themes: tuple[str, ...]) -> tuple[Plot, ...]:
    """The five campaigns, the oldest first; `scale` multiplies the themes of the one at work.

    At scale 0, the same five with two themes each and a few academies: for a quick look.
    """
    found = _plots(today, scale, themes)
    return found if scale else tuple(_small(one) for one in found)


def _small(plot: Plot) -> Plot:
    return replace(plot, themes=plot.themes[:2], answers=(3, 3), places=(2, 2))


def _plots(today: date, scale: int, themes: tuple[str, ...]) -> tuple[Plot, ...]:
    year = school_year_of(today)
    few = themes[:6]
    many = tuple(f"{slug}-{n}" if n else slug for n in range(scale or 1) for slug in themes)
    return (
        Plot(
            years=Years(year - 1, year),
            reach=Reach.CLOSED,
            themes=few,
            answers=(5, 7),
            places=(4, 5),
            dates=_spring(year - 1),
        ),
        Plot(
            years=Years(year, year + 1),
            reach=Reach.AT_WORK,
            themes=many,
            answers=(7, 10),
            places=(4, 7),
            dates=_spring(year),
        ),
        Plot(
            years=Years(year, year + 2),
            reach=Reach.REVIEWS,
            themes=(themes[0], themes[6], themes[15], themes[18]),
            answers=(6, 8),
            places=(4, 6),
            dates=_around(today, opened=70, closes=-14),
        ),
        Plot(
            years=Years(year + 1, year + 2),
            reach=Reach.CALL,
            themes=(themes[0], themes[3], themes[7], themes[16], themes[19]),
            answers=(4, 7),
            places=(4, 8),
            dates=_around(today, opened=24, closes=11),
        ),
        Plot(
            years=Years(year + 1, year + 3),
            reach=Reach.PREPARATION,
            themes=(themes[0], themes[1], themes[4]),
            answers=(0, 0),
            places=(4, 8),
            dates=_around(today, opened=-30, closes=85),
        ),
    )
