"""What a pilot reads costs the same queries whatever its rows, and prints a page at most."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.campaigns.factories import CampaignFactory
from tests.groups.factories import DueFactory, MeetingFactory, NationalGroupFactory, TeamFactory
from tests.people.factories import MandateFactory, UserFactory
from tests.post.factories import MessageFactory
from tests.productions.factories import ProductionFactory
from tests.reference.factories import TermFactory
from tests.syntheses.factories import SynthesisFactory
from tests.trials.factories import TrialFactory
from traam.access.roles import Role
from traam.campaigns.models import Campaign
from traam.campaigns.rules.life import CampaignState
from traam.people.models import User

pytestmark = pytest.mark.django_db

MANY = 299  # beside the first: three hundred times the rows
SHOWN = 60  # rows at most on a page
PAGED = ("groups", "syntheses", "people", "outbox")
READ = (*PAGED, "dashboard", "indicators")
ROW = re.compile(r"<tr\b|<li class=\"kit-row")


@pytest.fixture
def pilot() -> User:
    """First of every list of people: a mandate is read on the page, whatever its rows."""
    return MandateFactory(role=Role.PILOT, person__name="Aa").person


@pytest.fixture
def campaign() -> Campaign:
    return CampaignFactory(state=CampaignState.AT_WORK, is_archive=False)


def _fill(count: int, campaign: Campaign, pilot: User) -> None:
    groups = [
        NationalGroupFactory(theme__campaign=campaign, campaign=campaign) for _ in range(count)
    ]
    for group in groups:
        team = TeamFactory(group=group)
        production = ProductionFactory(team=team)
        TrialFactory(production=production, team=team)
        SynthesisFactory(group=group)
        MeetingFactory(group=group)
        DueFactory(group=group)
        UserFactory()
        TermFactory(needs_review=True)
        MessageFactory(to=pilot.pk, kind="people/invitation", params={})


def _asked(client: Client, name: str) -> tuple[int, str]:
    address = reverse(name)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, name
    return len(asked), answer.content.decode()


def test_lists_cost_the_same_and_show_a_page_whatever_their_rows(campaign, pilot, index) -> None:
    client = Client()
    client.force_login(pilot, backend="django.contrib.auth.backends.ModelBackend")
    _fill(1, campaign, pilot)
    before = {name: _asked(client, name) for name in READ}

    _fill(MANY, campaign, pilot)
    found = {name: _asked(client, name) for name in READ}

    assert [found[name][0] for name in READ] == [before[name][0] for name in READ]
    for name in PAGED:
        few, many = (len(ROW.findall(asked[name][1])) for asked in (before, found))
        assert few < many <= SHOWN, name
