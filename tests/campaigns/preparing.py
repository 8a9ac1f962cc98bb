"""A campaign being prepared, for tests: who acts, what they write, and how far it has come."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.people.factories import MandateFactory, MandateScopeFactory, UserFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.campaigns import actions
from traam.campaigns.models import Brief, Campaign, Theme
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.signing import Side
from traam.campaigns.rules.texts import AxisText, ThemeText
from traam.campaigns.rules.years import Years
from traam.people.models import User
from traam.people.queries import actor_for

NOW = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 20)
DAY = timedelta(days=1)
YEARS = Years(2026, 2027)
OPENS, CLOSES = NOW + 7 * DAY, NOW + 28 * DAY
DATES = {Milestone.CALL_OPENS: OPENS, Milestone.CALL_CLOSES: CLOSES}
FACTS = ThemeText(
    title="Raisonner avec des données",
    problem="Que gagnent les élèves à travailler sur des données réelles ?",
    axes=(AxisText("Recueillir", "Mesurer en classe."), AxisText("Représenter")),
    disciplines=("MATHS",),
    cycles=("C4",),
)


def acting(person: User) -> Actor:
    return actor_for(person, TODAY)


def pilot() -> Actor:
    return acting(MandateFactory(role=Role.PILOT, person=UserFactory(name="Alice")).person)


def named_on(theme: Theme, role: Role, name: str = "Bob") -> Actor:
    """Someone whose mandate of this role is limited to the theme."""
    mandate = MandateFactory(role=role, person=UserFactory(name=name))
    MandateScopeFactory(mandate=mandate, kind="theme", code=theme.code)
    return acting(mandate.person)


@dataclass
class Prepared:
    """A campaign whose every text could be signed, and those who may act on it."""

    campaign: Campaign
    theme: Theme
    brief: Brief
    pilot: Actor
    expert: Actor
    inspector: Actor

    @property
    def texts(self) -> tuple[Theme, Brief]:
        return (self.theme, self.brief)

    def again(self) -> "Prepared":
        """The same, read again from the database."""
        for thing in (self.campaign, self.theme, self.brief):
            thing.refresh_from_db()
        return self


def prepared(*, years: Years = YEARS, dates: Any = DATES, facts: Any = FACTS) -> Prepared:
    """A calendar, a cahier des charges, one theme with its expert and its inspector general."""
    alice = pilot()
    campaign = actions.prepare(years=years, copy_from=None, now=NOW, actor=alice)
    if dates:
        actions.set_calendar(campaign=campaign, dates=dates, now=NOW, actor=alice)
    text = "## Ce que l’on demande\n\nDes séances en classe."
    brief = actions.write_brief(campaign=campaign, text=text, version=0, now=NOW, actor=alice)
    theme = actions.add_theme(campaign=campaign, facts=facts, now=NOW, actor=alice)
    return Prepared(
        campaign=campaign,
        theme=theme,
        brief=brief,
        pilot=alice,
        expert=named_on(theme, Role.EXPERT, "Bob"),
        inspector=named_on(theme, Role.GENERAL_INSPECTOR, "Charlie"),
    )


def submitted(**words: Any) -> Prepared:
    made = prepared(**words)
    for text in made.texts:
        actions.submit_text(text=text, now=NOW, actor=made.pilot)
    return made.again()


def signed(**words: Any) -> Prepared:
    """Everything signed twice: the call waits for its hour alone."""
    made = submitted(**words)
    for text in made.texts:
        actions.sign_text(text=text, side=Side.DNE, now=NOW, actor=made.pilot)
        actions.sign_text(text=text, side=Side.IG, now=NOW, actor=made.inspector)
    return made.again()


def opened(**words: Any) -> Prepared:
    """A call that is open since its instant."""
    made = signed(**words)
    assert [one.pk for one in actions.open_due(now=OPENS)] == [made.campaign.pk]
    return made.again()
