"""Campaigns under study made on the spot: deposited applications, cases, reviewers, reviews."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.people.factories import MandateFactory, MandateScopeFactory, UserFactory
from tests.reference.factories import AcademyFactory
from traam.access.actor import Actor
from traam.access.roles import Role
from traam.applications.models import Application, Deposit, Examiner
from traam.applications.rules.life import ApplicationState, Standing
from traam.campaigns.models import Campaign, MilestoneDate, Questionnaire, Theme
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.default_form import DEFAULT_FORM
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import TextState
from traam.people.models import ScopeKind, User
from traam.people.queries import actor_for
from traam.reference.models import Academy
from traam.selection.models import Case, Decision, Pair, Review
from traam.selection.rules.life import DecisionKind, ReviewState

NOW = datetime(2026, 4, 20, 9, 30, tzinfo=UTC)  # the call has closed, reviews are under way
TODAY = NOW.date()
CALENDAR = {
    Milestone.CALL_OPENS: datetime(2026, 2, 2, 7, 0, tzinfo=UTC),
    Milestone.CALL_CLOSES: datetime(2026, 4, 3, 16, 0, tzinfo=UTC),
    Milestone.REVIEWS_DUE: datetime(2026, 5, 4, 16, 0, tzinfo=UTC),
    Milestone.DELIBERATION: datetime(2026, 5, 18, 7, 0, tzinfo=UTC),
    Milestone.ANNOUNCEMENT: datetime(2026, 6, 1, 7, 0, tzinfo=UTC),
    Milestone.REPLIES_DUE: datetime(2026, 6, 20, 16, 0, tzinfo=UTC),
}
TEXTS = {
    "summary": "Les élèves comparent leurs mesures avec celles d’un autre collège.",
    "duration_years": "one",
    "lead": "Une professeure de mathématiques",
}


class CaseFactory(DjangoModelFactory[Case]):
    """A deposited application under study, in a theme of its own."""

    class Meta:
        model = Case

    application = factory.LazyFunction(lambda: deposited(theme_of(under_study())))
    campaign = factory.SelfAttribute("application.campaign")
    theme = factory.SelfAttribute("application.theme")
    opened_at = NOW


class ReviewFactory(DjangoModelFactory[Review]):
    """A review to be written by someone who may read the application."""

    class Meta:
        model = Review
        skip_postgeneration_save = True

    case = factory.SubFactory(CaseFactory)
    reviewer = factory.LazyAttribute(lambda one: reviewer(one.case.theme))
    assigned_at = NOW

    class Params:
        begun = factory.Trait(
            state=ReviewState.BEGUN,
            deposit=factory.LazyAttribute(lambda one: one.case.application.deposits.last()),
        )
        submitted = factory.Trait(
            state=ReviewState.SUBMITTED,
            submitted_at=NOW,
            deposit=factory.LazyAttribute(lambda one: one.case.application.deposits.last()),
            scores={"fit": 4, "protocol": 4, "mutualisation": 4, "team": 4, "diffusion": 4},
            total=16,
        )

    @factory.post_generation
    def cleared(self, create: bool, extracted: object, **kwargs: object) -> None:
        if extracted is not False:
            clear([self.case.application], [self.reviewer])


def under_study(**given: Any) -> Campaign:
    """A campaign whose call has closed, with its calendar and its published questions."""
    made: Campaign = CampaignFactory(
        **{"prepared": True, "state": CampaignState.CALL_CLOSED, "state_at": NOW, **given}
    )
    MilestoneDate.objects.bulk_create(
        MilestoneDate(campaign=made, kind=kind, at=at) for kind, at in CALENDAR.items()
    )
    Questionnaire.objects.create(
        campaign=made,
        number=1,
        content=DEFAULT_FORM.as_data(),
        digest="0" * 64,
        published_at=CALENDAR[Milestone.CALL_OPENS],
    )
    return made


def theme_of(campaign: Campaign, **given: Any) -> Theme:
    """A theme of this campaign, signed twice."""
    made: Theme = ThemeFactory(campaign=campaign, state=TextState.SIGNED_TWICE, **given)
    return made


def deposited(
    theme: Theme, academy: Academy | None = None, *, title: str = "", **given: Any
) -> Application:
    """An application of this academy (a new one if None), deposited once."""
    academy = academy or AcademyFactory()
    title = title or f"Mesurer à plusieurs, {academy.name}"
    values = {
        "code": f"{theme.code}-{academy.code}",
        "state": ApplicationState.DEPOSITED,
        "state_at": CALENDAR[Milestone.CALL_CLOSES],
        "created_at": CALENDAR[Milestone.CALL_OPENS],
        "deposited_at": CALENDAR[Milestone.CALL_CLOSES],
        "rank": 1,
        "questionnaire": theme.campaign.questionnaires.get(),
        **given,
    }
    made = Application.objects.create(
        campaign=theme.campaign, theme=theme, academy=academy, title=title, **values
    )
    deposit(made)
    return made


def deposit(application: Application, **answers: Any) -> Deposit:
    """Its next deposit: these answers, over those that every application gives here."""
    number = application.deposits.count() + 1
    content = {
        "application": application.code,
        "campaign": application.campaign.year,
        "theme": application.theme.code,
        "academy": application.academy.code,
        "associated": [],
        "number": number,
        "pieces": [],
        "commitments": [],
        "answers": {"title": application.title, **TEXTS, **answers},
    }
    return Deposit.objects.create(
        application=application,
        number=number,
        content=content,
        digest=hashlib.sha256(f"{application.code} {number}".encode()).hexdigest(),
        deposited_at=CALENDAR[Milestone.CALL_CLOSES] + timedelta(minutes=number),
        deposited_by=User.objects.order_by("pk").first() or UserFactory(),
    )


def reviewer(
    *themes: Theme, role: Role = Role.EXPERT, academies: Iterable[str] = (), **given: Any
) -> User:
    """Someone who judges these themes; `academies`: the codes of their home academies."""
    person: User = UserFactory(**given)
    mandate = MandateFactory(person=person, role=role, academies=tuple(academies))
    for theme in themes:
        MandateScopeFactory(mandate=mandate, kind=ScopeKind.THEME, code=theme.code)
    return person


def pilot(**given: Any) -> User:
    person: User = UserFactory(**given)
    MandateFactory(person=person, role=Role.PILOT)
    return person


def actor_of(person: User, today: date = TODAY) -> Actor:
    """This person with the mandates that the database holds."""
    return actor_for(person, today)


def clear(
    applications: Iterable[Application],
    people: Iterable[User],
    *,
    standing: Standing = Standing.CLEAR,
    kinds: str = "",
    reason: str = "",
) -> None:
    """Each of these people before each of these applications: checked, with this standing."""
    for application in applications:
        for person in people:
            Examiner.objects.update_or_create(
                application=application,
                person=person,
                defaults={
                    "standing": standing,
                    "kinds": kinds,
                    "reason": reason,
                    "checked_at": NOW,
                },
            )


@dataclass(frozen=True)
class Study:
    """A campaign under study, with all that its choice looks at."""

    campaign: Campaign
    pilot: User
    themes: list[Theme]
    academies: list[Academy]
    applications: list[Application]
    cases: list[Case]
    reviewers: dict[str, list[User]] = field(default_factory=dict)  # by theme's code

    def cases_of(self, theme: Theme) -> list[Case]:
        return [one for one in self.cases if one.theme_id == theme.pk]


def study(
    *, themes: int = 1, academies: int = 3, reviewers: int = 3, rules: dict[str, Any] | None = None
) -> Study:
    """`themes` themes; an application of each of `academies` academies on each, deposited and under
    study; `reviewers` experts per theme, all cleared. No review is assigned."""
    campaign = under_study(rules=rules or {})
    made = [theme_of(campaign) for _ in range(themes)]
    places = AcademyFactory.create_batch(academies)
    boss = pilot()
    applications = [deposited(theme, academy) for theme in made for academy in places]
    cases = [CaseFactory(application=one) for one in applications]
    people = {theme.code: [reviewer(theme) for _ in range(reviewers)] for theme in made}
    for theme in made:
        clear([one for one in applications if one.theme_id == theme.pk], people[theme.code])
    return Study(campaign, boss, made, places, applications, cases, people)


def review_all(made: Study, totals: Sequence[Sequence[int]]) -> list[Review]:
    """Submitted reviews: `totals[case][reviewer]`, a whole score from 0 to 5 on every criterion.

    A case without a row, or a negative score, gets none.
    """
    keys = [one.key for one in made.campaign.call_rules.grid.criteria]
    found = []
    for case, row in zip(made.cases, totals, strict=False):
        for person, score in zip(made.reviewers[case.theme.code], row, strict=False):
            if score >= 0:
                found.append(
                    ReviewFactory(
                        case=case,
                        reviewer=person,
                        submitted=True,
                        scores=dict.fromkeys(keys, score),
                        total=score * 4,
                        cleared=False,
                    )
                )
    return found


class PairFactory(DjangoModelFactory[Pair]):
    """Two cases of one campaign, declared incompatible."""

    class Meta:
        model = Pair

    one = factory.SubFactory(CaseFactory)
    other = factory.SubFactory(
        CaseFactory,
        application=factory.LazyAttribute(
            lambda case: deposited(theme_of(case.factory_parent.one.campaign))
        ),
    )
    reason = "La même équipe."
    made_at = NOW
    made_by = factory.SubFactory(UserFactory)


class DecisionFactory(DjangoModelFactory[Decision]):
    """A decision prepared in private: retained, by default."""

    class Meta:
        model = Decision

    case = factory.SubFactory(CaseFactory)
    kind = DecisionKind.RETAINED
    prepared_at = NOW
    version = 1

    class Params:
        refused = factory.Trait(kind=DecisionKind.NOT_RETAINED, reason="Le protocole est absent.")
