"""Campaigns and themes made on the spot."""

import hashlib
from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from tests.people.factories import UserFactory
from tests.reference.factories import AcademyFactory
from traam.campaigns.models import (
    Adoption,
    Axis,
    Brief,
    Campaign,
    CampaignEvent,
    MilestoneDate,
    Questionnaire,
    Signature,
    TextVersion,
    Theme,
    ThemeAcademy,
    ThemeTerm,
)
from traam.campaigns.rules.calendar import Milestone
from traam.campaigns.rules.default_form import DEFAULT_FORM
from traam.campaigns.rules.life import CampaignState, Part
from traam.campaigns.rules.signing import Side, TextState, digest_of


class CampaignFactory(DjangoModelFactory[Campaign]):
    """A closed campaign of the archive, each a year after the one before."""

    class Meta:
        model = Campaign

    first_year = factory.Sequence(lambda n: 1911 + n % 88)  # before any year that a test names
    last_year = factory.LazyAttribute(lambda campaign: campaign.first_year + 1)
    year = factory.LazyAttribute(lambda campaign: f"{campaign.first_year}-{campaign.last_year}")
    state = CampaignState.CLOSED
    is_archive = True

    class Params:
        of_no_year = factory.Trait(year="annee-inconnue", first_year=None, last_year=None)
        prepared = factory.Trait(state=CampaignState.PREPARATION, is_archive=False)
        call_open = factory.Trait(state=CampaignState.CALL_OPEN, is_archive=False)


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"theme-{n}")
    title = factory.Sequence(lambda n: f"Le numérique et la question {n}")
    discipline_text = "SVT"
    source = "https://exemple.fr/"
    natural_key = factory.LazyAttribute(lambda t: hashlib.sha256(t.code.encode()).hexdigest())
    digest = factory.LazyAttribute(lambda t: hashlib.sha256(t.title.encode()).hexdigest())

    class Params:
        of_no_title = factory.Trait(title="")
        signed = factory.Trait(state=TextState.SIGNED_TWICE, problem="Pourquoi ?")
        draft = factory.Trait(state=TextState.DRAFT)


class ThemeTermFactory(DjangoModelFactory[ThemeTerm]):
    class Meta:
        model = ThemeTerm

    theme = factory.SubFactory(ThemeFactory)
    scheme = "disciplines"
    code = "SVT"
    label = "Sciences de la vie et de la Terre"


class ThemeAcademyFactory(DjangoModelFactory[ThemeAcademy]):
    class Meta:
        model = ThemeAcademy

    theme = factory.SubFactory(ThemeFactory)
    academy = factory.SubFactory(AcademyFactory)
    part = Part.RETAINED
    named_as = factory.LazyAttribute(lambda one: one.academy.name)
    place = factory.SelfAttribute("theme.list_place")


class AxisFactory(DjangoModelFactory[Axis]):
    class Meta:
        model = Axis

    theme = factory.SubFactory(ThemeFactory, draft=True)
    position = factory.Sequence(lambda n: n + 1)
    title = "Essayer en classe"


class AdoptionFactory(DjangoModelFactory[Adoption]):
    class Meta:
        model = Adoption

    theme = factory.SubFactory(ThemeFactory, signed=True, transversal=True)
    discipline = "SVT"
    label = "Sciences de la vie et de la Terre"
    person = factory.SubFactory(UserFactory)
    adopted_at = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


class MilestoneDateFactory(DjangoModelFactory[MilestoneDate]):
    class Meta:
        model = MilestoneDate

    campaign = factory.SubFactory(CampaignFactory, prepared=True)
    kind = Milestone.CALL_OPENS
    at = datetime(2026, 3, 27, 9, 30, tzinfo=UTC)


class QuestionnaireFactory(DjangoModelFactory[Questionnaire]):
    """A draft of the questions that a campaign begins with."""

    class Meta:
        model = Questionnaire

    campaign = factory.SubFactory(CampaignFactory, prepared=True)
    number = 1
    content = factory.LazyFunction(DEFAULT_FORM.as_data)
    digest = factory.LazyAttribute(lambda one: digest_of(one.content))


class BriefFactory(DjangoModelFactory[Brief]):
    class Meta:
        model = Brief

    campaign = factory.SubFactory(CampaignFactory, prepared=True)
    text = "Des séances en classe."

    class Params:
        signed = factory.Trait(state=TextState.SIGNED_TWICE)


class TextVersionFactory(DjangoModelFactory[TextVersion]):
    class Meta:
        model = TextVersion

    theme = factory.SubFactory(ThemeFactory, state=TextState.SUBMITTED)
    number = 1
    content = factory.LazyAttribute(lambda one: {"title": one.theme.title})
    digest = factory.LazyAttribute(lambda one: digest_of(one.content))
    submitted_at = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    submitted_by = factory.SubFactory(UserFactory)


class SignatureFactory(DjangoModelFactory[Signature]):
    class Meta:
        model = Signature

    version = factory.SubFactory(TextVersionFactory)
    side = Side.DNE
    person = factory.SubFactory(UserFactory)
    signed_at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class CampaignEventFactory(DjangoModelFactory[CampaignEvent]):
    class Meta:
        model = CampaignEvent

    campaign = factory.SubFactory(CampaignFactory, prepared=True)
    kind = "campaign.reopen_call"
    reason = "Une tempête a fermé les écoles."
    at = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
