"""A campaign whose reviews are all given, ready to be chosen among."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.selection import factories
from tests.selection.factories import NOW, Study, actor_of
from traam.access.actor import Actor
from traam.applications.models import Application
from traam.campaigns.models import Campaign, Theme
from traam.kit.text import FIXED, NARROW
from traam.people.models import User
from traam.selection import actions
from traam.selection.models import Case, Decision, Participation, Variant
from traam.selection.rules.life import DecisionKind, ParticipationState

RULES = {
    "academies_min": 1,
    "academies_max": 2,
    "themes_per_academy_max": 2,
    "weights": {"score": 1, "rank": 0, "served": 0, "region": 0},
}


@dataclass
class Room:
    """A study, with shorter words for those who deliberate and arbitrate."""

    study: Study

    @property
    def campaign(self) -> Campaign:
        return self.study.campaign

    @property
    def theme(self) -> Theme:
        return self.study.themes[0]

    @property
    def cases(self) -> list[Case]:
        return self.study.cases

    @property
    def expert(self) -> User:
        return self.study.reviewers[self.theme.code][0]

    @property
    def pilot(self) -> Actor:
        return actor_of(self.study.pilot)

    def actor(self, person: User | None = None) -> Actor:
        return actor_of(person or self.expert)

    def code(self, place: int) -> str:
        return self.cases[place].application.code

    def compute(self, name: str = "Premier calcul", **more: Any) -> Variant:
        given = {"campaign": self.campaign, "name": name, "now": NOW, "actor": self.pilot} | more
        return actions.compute(**given)

    def decide(self, place: int, kind: DecisionKind, **more: Any) -> Decision:
        known = Decision.objects.filter(case=self.cases[place]).first()
        given = {
            "case": self.cases[place],
            "kind": kind,
            "version": known.version if known else 0,
            "now": NOW,
            "actor": self.actor(),
        }
        return actions.decide(**(given | more))


def room(
    totals: list[list[int]] | None = None, *, rules: dict[str, Any] | None = None, **given: Any
) -> Room:
    """One theme of two places, three academies, two reviews each: 16, 12 and 8 on 20."""
    merged = RULES | (rules or {})
    weights = dict.fromkeys(("score", "rank", "served", "region", "overseas", "newcomer"), 0)
    merged["weights"] = weights | {"balance": 0} | merged["weights"]
    made = factories.study(**({"academies": 3, "reviewers": 2, "rules": merged} | given))
    factories.review_all(made, [[4, 4], [3, 3], [2, 2]] if totals is None else totals)
    return Room(made)


def year_before(room: Room, application: Application, state: ParticipationState) -> Application:
    """The first year of this application, decided and in this state; it is now continued."""
    years = room.campaign.first_year - 1
    before = factories.under_study(
        first_year=years, last_year=years + 1, year=f"{years}-{years + 1}", state="at_work"
    )
    theme = factories.theme_of(before)
    first = factories.deposited(theme, application.academy)
    case = factories.CaseFactory(application=first)
    decision = Decision.objects.create(
        case=case, kind=DecisionKind.RETAINED, state="announced", announced_at=NOW, prepared_at=NOW
    )
    ended = {"reason": "Départ", "ended_at": NOW} if state == "withdrawn" else {}
    Participation.objects.create(
        decision=decision,
        theme=theme,
        academy=application.academy,
        state=state,
        began_at=NOW,
        **ended,
    )
    application.continues = first
    application.save(update_fields=["continues"])
    return first


def past_theme(room: Room, *, years: int) -> Theme:
    """A theme of a campaign that many years before."""
    first = room.campaign.first_year - years
    campaign = CampaignFactory(first_year=first, last_year=first + 1)
    return ThemeFactory(campaign=campaign)


def text_of(answer: Any) -> str:
    """A page as it is read, its spaces plain."""
    return unescape(answer.content.decode()).replace(FIXED, " ").replace(NARROW, " ")
