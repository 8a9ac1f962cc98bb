"""The span of school years that a campaign or a production covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

UNKNOWN_YEAR = "annee-inconnue"  # the address of the campaign of what has no year
_STARTS_IN = 9  # September


@dataclass(frozen=True, slots=True)
class Years:
    """From the autumn of `first` to the summer of `last`; both None: the year is not known."""

    first: int | None = None
    last: int | None = None

    @property
    def address(self) -> str:
        """The part of an address, which is also the label: « 2016-2017 », « 2021-2023 »."""
        return UNKNOWN_YEAR if self.first is None else f"{self.first}-{self.last}"

    @property
    def school_years(self) -> tuple[str, ...]:
        """« 2021-2022 » and « 2022-2023 » for « 2021-2023 »."""
        if self.first is None or self.last is None:
            return ()
        return tuple(f"{year}-{year + 1}" for year in range(self.first, self.last))

    @property
    def starts_on(self) -> date | None:
        return date(self.first, _STARTS_IN, 1) if self.first else None

    @property
    def ends_on(self) -> date | None:
        """The last day of the last school year, 31 August."""
        return date(self.last, _STARTS_IN - 1, 31) if self.last else None

    def is_far_ahead(self, today: date) -> bool:
        """Does it begin after the next school year? A year not known is not."""
        return self.first is not None and self.first > school_year_of(today) + 1

    def covers(self, other: "Years") -> bool:
        """Does this span hold the whole of the other? The unknown covers the unknown only."""
        if self.first is None or other.first is None:
            return self.first == other.first
        return self.first <= other.first and (other.last or 0) <= (self.last or 0)


def school_year_of(day: date) -> int:
    """The year in which the school year of this day began."""
    return day.year if day.month >= _STARTS_IN else day.year - 1


def span(school_years: Sequence[str]) -> Years:
    """The span of consecutive school years, oldest first: « 2021-2022 », « 2022-2023 »."""
    if not school_years:
        return Years()
    return Years(int(school_years[0][:4]), int(school_years[-1][-4:]))
