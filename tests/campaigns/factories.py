"""Campaigns and themes made on the spot."""

import hashlib

import factory
from factory.django import DjangoModelFactory

from tests.reference.factories import AcademyFactory
from traam.campaigns.models import Campaign, Theme, ThemeAcademy, ThemeTerm
from traam.campaigns.rules.life import CampaignState, Part


class CampaignFactory(DjangoModelFactory[Campaign]):
    """A closed campaign of the archive, each a year after the one before."""

    class Meta:
        model = Campaign

    first_year = factory.Sequence(lambda n: 2001 + n % 90)
    last_year = factory.LazyAttribute(lambda campaign: campaign.first_year + 1)
    year = factory.LazyAttribute(lambda campaign: f"{campaign.first_year}-{campaign.last_year}")
    state = CampaignState.CLOSED
    is_archive = True

    class Params:
        of_no_year = factory.Trait(year="annee-inconnue", first_year=None, last_year=None)
        prepared = factory.Trait(state=CampaignState.PREPARATION, is_archive=False)


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
