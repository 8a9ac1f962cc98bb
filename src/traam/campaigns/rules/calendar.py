"""The calendar of a campaign: its instants, their order, and where a day stands among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.years import Years
from traam.kit.clock import PARIS
from traam.kit.labels import Labelled
from traam.kit.text import instant, short_day, span


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
        for (first, before), (second, after) in pairwise(known):
            if after <= before:
                found.append(f"« {second.label.capitalize()} » doit venir après « {first.label} ».")
        return found

    def strays(self, years: Years) -> list[str]:
        """What is set far from the years of the campaign, in French: a year before or after."""
        if years.first is None or years.last is None:
            return []
        first, last = years.first - 1, years.last + 1
        return [
            f"« {each.label.capitalize()} » ({short_day(at)}) tombe loin de la campagne "
            f"{years.address} : donnez une date de {first} à {last}."
            for each in Milestone
            if (at := self.dates.get(each)) and not first <= at.astimezone(PARIS).year <= last
        ]

    def missing(self) -> list[Milestone]:
        """What must be set before the call may open."""
        return [each for each in NEEDED if each not in self.dates]

    @property
    def next_after_closing(self) -> Milestone | None:
        """The first act that no answer may come after: the announcement, else the work itself."""
        found = (Milestone.ANNOUNCEMENT, Milestone.LAUNCH, Milestone.END)
        return next((each for each in found if each in self.dates), None)

    def is_open_at(self, now: datetime) -> bool:
        """Whether the call is open at this very instant: the opening included, the end excluded."""
        opens, closes = self.opens_at, self.closes_at
        return opens is not None and closes is not None and opens <= now < closes

    def is_over_at(self, now: datetime) -> bool:
        """Whether the call has closed: at its very instant, whatever the jobs have done since."""
        return self.closes_at is not None and self.closes_at <= now

    def moved(self, years: int) -> "Calendar":
        """The same calendar this many years later (`same_weekday`)."""
        return Calendar({each: same_weekday(at, years) for each, at in self.dates.items()})


def same_weekday(at: datetime, years: int) -> datetime:
    """The same hour in Paris, `years` later, on the nearest day of the same day of the week.

    « vendredi 3 avril 2026, 18 h » gives « vendredi 2 avril 2027, 18 h », were the clocks changed
    in between.
    """
    local = at.astimezone(PARIS)
    there = _same_day(local.date(), years)
    apart = (local.weekday() - there.weekday() + 3) % 7 - 3  # from 3 days before to 3 days after
    return datetime.combine(there + timedelta(days=apart), local.time(), tzinfo=PARIS)


def _same_day(day: date, years: int) -> date:
    """29 February gives 28 February where the year has no other."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def phase_at(state: CampaignState, calendar: Calendar, now: datetime) -> CampaignState:
    """Where a campaign stands at this instant: a call is closed from its instant on, were the job
    that says so late. It opens by an act only, since signatures may be missing."""
    if state == CampaignState.CALL_OPEN and calendar.is_over_at(now):
        return CampaignState.CALL_CLOSED
    return state


def moved_closing(before: datetime, after: datetime) -> str:
    """What moving the end of an open call does, in French, for who is about to."""
    change = "de moins" if after < before else "de plus"
    return (
        f"L’appel se clora le {instant(after)}, et non plus le {instant(before)} : "
        f"{span(before, after)} {change} pour toutes les académies. Le motif "
        "est écrit aux recteurs, rectrices et DAN, et montré aux auteurs des candidatures qui ne "
        "sont pas déposées."
    )
