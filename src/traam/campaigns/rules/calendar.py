"""The calendar of a campaign: its instants, their order, and where a day stands among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from traam.kit.labels import Labelled


class Milestone(Labelled):
    """An instant that a campaign sets, in the order of the year."""

    CALL_OPENS = "call_opens", "ouverture de l’appel"
    CALL_CLOSES = "call_closes", "clôture de l’appel"
    REVIEWS_DUE = "reviews_due", "avis rendus"
    DELIBERATION = "deliberation", "délibération"
    ANNOUNCEMENT = "announcement", "annonce des décisions"
    REPLIES_DUE = "replies_due", "fin du droit de réponse"
    LAUNCH = "launch", "lancement des travaux"
    END = "end", "fin des travaux"


NEEDED = (Milestone.CALL_OPENS, Milestone.CALL_CLOSES)  # without which no call opens


@dataclass(frozen=True)
class Calendar:
    """The instants that are set, by milestone (aware); those not set yet are absent."""

    dates: Mapping[Milestone, datetime] = field(default_factory=dict)

    def at(self, milestone: Milestone) -> datetime | None:
        return self.dates.get(milestone)

    @property
    def opens_at(self) -> datetime | None:
        return self.at(Milestone.CALL_OPENS)

    @property
    def closes_at(self) -> datetime | None:
        return self.at(Milestone.CALL_CLOSES)

    def faults(self) -> list[str]:
        """What is out of order, in French: each milestone follows those before it."""
        found = []
        known = [(each, self.dates[each]) for each in Milestone if each in self.dates]
        for (first, before), (second, after) in zip(known, known[1:], strict=False):
            if after <= before:
                found.append(f"« {second.label.capitalize()} » doit venir après « {first.label} ».")
        return found

    def missing(self) -> list[Milestone]:
        """What must be set before the call may open."""
        return [each for each in NEEDED if each not in self.dates]

    def is_open_at(self, now: datetime) -> bool:
        """Whether the call is open at this very instant: the opening included, the end excluded."""
        opens, closes = self.opens_at, self.closes_at
        return opens is not None and closes is not None and opens <= now < closes
