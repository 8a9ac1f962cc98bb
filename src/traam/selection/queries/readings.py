"""The reviews of a campaign as the choice counts them: one query, read by all that follows."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from traam.applications.rules.life import ApplicationState
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.kit.text import instant, number, plural
from traam.selection.models import Case, Review
from traam.selection.rules.life import ReviewState
from traam.selection.rules.severity import Correction, correct

Reading = tuple[int, int]  # the keys of a reviewer and of a case
TO_GIVE = (ReviewState.ASSIGNED, ReviewState.BEGUN)


@dataclass(frozen=True)
class Readings:
    """Of the deposited applications of a campaign. `totals`: given, on 20; `asked`: by case, those
    that were not declined; `owed`: still to give."""

    totals: Mapping[Reading, float]
    asked: Mapping[int, int]
    owed: Collection[Reading]

    @cached_property
    def correction(self) -> Correction:
        """What the severity of each reviewer takes away, over the whole campaign."""
        return correct(self.totals, owed=self.owed)

    def owed_by(self, people: Collection[int]) -> frozenset[int]:
        """The cases that these people must still review."""
        return frozenset(case for reviewer, case in self.owed if reviewer in people)


def readings(campaign: Campaign) -> Readings:
    """Those of this campaign, the oldest first."""
    found = Review.objects.filter(
        case__campaign=campaign, case__application__state=ApplicationState.DEPOSITED
    ).exclude(state=ReviewState.DECLINED)
    rows = list(found.order_by("pk").values_list("reviewer", "case", "state", "total"))
    return Readings(
        totals={
            (reviewer, case): float(total or 0)
            for reviewer, case, state, total in rows
            if state == ReviewState.SUBMITTED
        },
        asked=Counter(case for _, case, _, _ in rows),
        owed=[(reviewer, case) for reviewer, case, state, _ in rows if state in TO_GIVE],
    )


def review_warnings(case: Case) -> list[str]:
    """What to read before deciding of it: how many of its reviews are missing, in French."""
    asked = Review.objects.filter(case=case).exclude(state=ReviewState.DECLINED)
    states = list(asked.values_list("state", flat=True))
    given = sum(one == ReviewState.SUBMITTED for one in states)
    if states and given == len(states):
        return []
    if not states:
        return ["Aucun avis n’est confié sur ce dossier : il se déciderait sans lecture."]
    due = case.campaign.calendar.at(Milestone.REVIEWS_DUE)
    when = f", attendus pour le {instant(due)}" if due else ""
    count = plural(given, "avis rendu", "avis rendus") if given else "aucun avis rendu"
    said = f"{count} sur {len(states)}{when}"
    return [f"Sur ce dossier, {said} : la décision serait prise sans les autres."]


def warnings_of_many(cases: Collection[Case], campaign: Campaign) -> list[str]:
    """The same before deciding of several at once: of how many, and how many reviews; one query."""
    asked = Review.objects.filter(case__in=[one.pk for one in cases])
    asked = asked.exclude(state=ReviewState.DECLINED)
    states: dict[int, list[str]] = {one.pk: [] for one in cases}
    for case, state in asked.order_by("pk").values_list("case", "state"):
        states[case].append(state)
    missing = [sum(one in TO_GIVE for one in each) for each in states.values()]
    unread, short = sum(not each for each in states.values()), sum(map(bool, missing))
    found = []
    if unread:
        found.append(
            f"{_on(unread)}, aucun avis n’est confié : la décision serait préparée sans lecture."
        )
    if short:
        due = campaign.calendar.at(Milestone.REVIEWS_DUE)
        when = f", attendus pour le {instant(due)}" if due else ""
        count = plural(sum(missing), "avis manque", "avis manquent")
        found.append(f"{_on(short)}, {count}{when} : la décision serait préparée sans attendre.")
    return found


def _on(count: int) -> str:
    return f"Sur {number(count)} de ces dossiers"
