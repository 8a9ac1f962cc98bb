"""School holidays as data: which academy is in which zone, and when each zone has no class.

Two vocabularies say it: `holiday-zones` (a zone and its academies) and `holidays` (a period of a
zone). The zones A, B and C are shipped; Corse and overseas are loaded as other editions of both.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from traam.reference.rules.vocabulary import Vocabulary

ZONES, PERIODS = "holiday-zones", "holidays"


@dataclass(frozen=True, slots=True)
class Period:
    """Days without class; both ends are included."""

    label: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Holidays:
    """The zone of each academy, by its code, and the periods of each zone."""

    zones: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Self:
        """What the loaded editions say; a period without a zone or its two days is left out."""
        zones: dict[str, str] = {}
        periods: dict[str, list[Period]] = defaultdict(list)
        for term in vocabulary.terms(ZONES):
            facts = vocabulary.facts(scheme=ZONES, code=term.code)
            zones |= dict.fromkeys(facts.facts.get("academies", ()) if facts else (), term.code)
        for term in vocabulary.terms(PERIODS):
            facts = vocabulary.facts(scheme=PERIODS, code=term.code)
            zone = facts.facts.get("zone") if facts else None
            if facts and zone and facts.valid_from and facts.valid_to:
                made = Period(term.label, facts.valid_from, facts.valid_to)
                periods[str(zone)].append(made)
        return cls(zones, {zone: tuple(found) for zone, found in periods.items()})

    def off(self, academy: str, day: date) -> Period | None:
        """The holidays of this academy that hold this day; None on a school day, and where its
        calendar is not known."""
        known = self.periods.get(self.zones.get(academy, ""), ())
        return next((period for period in known if period.holds(day)), None)

    def back_on(self, academy: str, day: date) -> date:
        """That day, or the first one after the holidays that hold it."""
        while period := self.off(academy, day):
            day = period.last + timedelta(days=1)
        return day
