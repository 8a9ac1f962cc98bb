"""Campaigns whose call is open, applications, and the people around them."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from tests.campaigns.factories import CampaignFactory, ThemeFactory
from tests.documents.factories import StoredFileFactory
from tests.people.factories import UserFactory
from tests.reference.factories import AcademyFactory
from traam.applications.models import (
    Answer,
    AnswerVersion,
    Application,
    ApplicationAcademy,
    Author,
    Deposit,
    Event,
    Examiner,
    Extension,
    NamedInspector,
    Piece,
    Presence,
)
from traam.applications.rules.life import Standing
from traam.campaigns.models import MilestoneDate, Questionnaire
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.default_form import DEFAULT_FORM
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import TextState, digest_of

OPENS = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)
CLOSES = datetime(2026, 4, 3, 16, 0, tzinfo=UTC)  # 18 h in Paris
EARLIER = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class OpenCampaignFactory(CampaignFactory):
    """Its call is open, from 2 February to 3 April 2026."""

    class Meta:
        skip_postgeneration_save = True

    state = CampaignState.CALL_OPEN
    is_archive = False

    @factory.post_generation
    def calendar(self, create, extracted, **kwargs):
        dates = {Milestone.CALL_OPENS: OPENS, Milestone.CALL_CLOSES: CLOSES} | (extracted or {})
        for kind, at in dates.items():
            MilestoneDate.objects.create(campaign=self, kind=kind, at=at)


class OpenThemeFactory(ThemeFactory):
    """Signed twice, in a campaign whose call is open."""

    campaign = factory.SubFactory(OpenCampaignFactory)
    state = TextState.SIGNED_TWICE


class QuestionnaireFactory(DjangoModelFactory[Questionnaire]):
    """Published."""

    class Meta:
        model = Questionnaire

    campaign = factory.SubFactory(OpenCampaignFactory)
    number = factory.Sequence(lambda n: n + 1)
    content = factory.LazyFunction(DEFAULT_FORM.as_data)
    digest = factory.LazyAttribute(lambda one: digest_of(one.content))
    published_at = OPENS


class ApplicationFactory(DjangoModelFactory[Application]):
    """A draft of an academy, on the questions of its campaign."""

    class Meta:
        model = Application

    class Params:
        deposited = factory.Trait(state="deposited", deposited_at=EARLIER)
        withdrawn = factory.Trait(state="withdrawn")

    code = factory.Sequence(lambda n: f"2026-2027-{n}")
    theme = factory.SubFactory(OpenThemeFactory)
    campaign = factory.SelfAttribute("theme.campaign")
    academy = factory.SubFactory(AcademyFactory)
    questionnaire = factory.LazyAttribute(
        lambda one: (
            Questionnaire.objects.filter(campaign=one.campaign).first()
            or QuestionnaireFactory(campaign=one.campaign)
        )
    )
    title = factory.Sequence(lambda n: f"Apprendre avec le numérique, essai {n}")
    state_at = EARLIER
    created_at = EARLIER


class ApplicationAcademyFactory(DjangoModelFactory[ApplicationAcademy]):
    class Meta:
        model = ApplicationAcademy

    application = factory.SubFactory(ApplicationFactory)
    academy = factory.SubFactory(AcademyFactory)


class ExtensionFactory(DjangoModelFactory[Extension]):
    class Meta:
        model = Extension

    campaign = factory.SubFactory(OpenCampaignFactory)
    academy = factory.SubFactory(AcademyFactory)
    until = datetime(2026, 4, 10, 16, 0, tzinfo=UTC)
    reason = "Cyclone."
    given_at = EARLIER
    given_by = factory.SubFactory(UserFactory)


class AuthorFactory(DjangoModelFactory[Author]):
    """The one who submits."""

    class Meta:
        model = Author

    application = factory.SubFactory(ApplicationFactory)
    person = factory.SubFactory(UserFactory)
    deposits = True


class NamedInspectorFactory(DjangoModelFactory[NamedInspector]):
    class Meta:
        model = NamedInspector

    application = factory.SubFactory(ApplicationFactory)
    person = factory.SubFactory(UserFactory)


class AnswerFactory(DjangoModelFactory[Answer]):
    class Meta:
        model = Answer

    application = factory.SubFactory(ApplicationFactory)
    field = "summary"
    value = "Un résumé."
    saved_at = EARLIER


class AnswerVersionFactory(DjangoModelFactory[AnswerVersion]):
    class Meta:
        model = AnswerVersion

    application = factory.SubFactory(ApplicationFactory)
    field = "summary"
    value = "Un résumé."
    version = 1
    saved_at = EARLIER


class PieceFactory(DjangoModelFactory[Piece]):
    class Meta:
        model = Piece

    application = factory.SubFactory(ApplicationFactory)
    file = factory.SubFactory(StoredFileFactory)
    name = "accord.pdf"
    added_at = EARLIER
    added_by = factory.SubFactory(UserFactory)


class PresenceFactory(DjangoModelFactory[Presence]):
    class Meta:
        model = Presence

    application = factory.SubFactory(ApplicationFactory)
    person = factory.SubFactory(UserFactory)
    seen_at = EARLIER


class ExaminerFactory(DjangoModelFactory[Examiner]):
    """Checked, and free of any conflict."""

    class Meta:
        model = Examiner

    application = factory.SubFactory(ApplicationFactory)
    person = factory.SubFactory(UserFactory)
    standing = Standing.CLEAR
    checked_at = EARLIER


class EventFactory(DjangoModelFactory[Event]):
    class Meta:
        model = Event

    application = factory.SubFactory(ApplicationFactory)
    verb = "application.begin"
    at = EARLIER


class DepositFactory(DjangoModelFactory[Deposit]):
    class Meta:
        model = Deposit

    application = factory.SubFactory(ApplicationFactory)
    number = 1
    content = factory.LazyFunction(dict)
    digest = factory.LazyAttribute(lambda one: digest_of(one.content))
    deposited_at = EARLIER
    deposited_by = factory.SubFactory(UserFactory)
