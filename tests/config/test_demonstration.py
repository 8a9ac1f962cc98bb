"""The demonstration: five campaigns replayed through the real acts, the same each time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from traam.applications.models import Answer, Application
from traam.campaigns.models import Campaign, Signature, Theme
from traam.campaigns.rules.life import CampaignState
from traam.campaigns.rules.signing import TextState
from traam.config import demonstration
from traam.config.archive.verification import verify
from traam.config.demonstration.agenda import Agenda
from traam.config.demonstration.plan import Reach, plots
from traam.config.demonstration.words import Dice, themes
from traam.reference.actions import prepare
from traam.selection.models import Departure, Participation, Review
from traam.selection.rules.life import ParticipationState, ReviewState

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SLUGS = tuple(one.slug for one in themes())


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Played once for all the tests that only look."""
    index = tmp_path_factory.mktemp("index")
    with django_db_blocker.unblock(), override_settings(INDEX_ROOT=index), transaction.atomic():
        prepare(now=NOW)
        demonstration.load(now=NOW, seed=1, scale=0)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_demonstration_holds_five_campaigns_each_at_its_own_step(played):
    found = Campaign.objects.filter(is_demonstration=True).order_by("pk")

    assert [one.state for one in found] == [
        CampaignState.AT_WORK,
        CampaignState.AT_WORK,
        CampaignState.CALL_CLOSED,
        CampaignState.CALL_OPEN,
        CampaignState.PREPARATION,
    ]


@pytest.mark.django_db
def test_demonstration_leaves_something_to_do_at_every_step(played):
    preparing = Theme.objects.filter(campaign__state=CampaignState.PREPARATION)
    answering = Application.objects.filter(campaign__state=CampaignState.CALL_OPEN)
    reading = Review.objects.filter(case__campaign__state=CampaignState.CALL_CLOSED)

    assert TextState.SIGNED_ONCE in preparing.values_list("state", flat=True)
    assert len(set(answering.values_list("state", flat=True))) >= 2
    assert {*reading.values_list("state", flat=True)} == {
        ReviewState.ASSIGNED,
        ReviewState.SUBMITTED,
    }


@pytest.mark.django_db
def test_demonstration_shows_a_departure_and_a_reserve_that_replaces_an_academy(played):
    parts = Participation.objects.values_list("state", flat=True)

    assert Departure.objects.exclude(reason="").exists()
    assert ParticipationState.WITHDRAWN in parts
    called = Participation.objects.filter(called_at__isnull=False)
    assert {one.state for one in called} == {ParticipationState.LAUNCHED}


@pytest.mark.django_db
def test_demonstration_breaks_no_invariant_and_names_functions_only(played):
    assert list(verify()) == []
    leads = Answer.objects.filter(field="lead").values_list("value", flat=True)
    assert {lead.split(",")[0] for lead in leads} == {"Professeur·e référent·e"}
    assert not Signature.objects.filter(signed_at__gt=NOW)


@given(today=st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_plan_has_calendars_in_order_on_any_day(today):
    found = plots(today=today, scale=1, themes=SLUGS)

    years = [one.years.address for one in found]
    assert len(set(years)) == len(years)
    now = datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=12)
    for one in found:
        dates = [*one.dates.values()]
        assert dates == sorted(dates)
        opened, closed = dates[0] < now, dates[1] < now
        assert (opened, closed) == {
            Reach.PREPARATION: (False, False),
            Reach.CALL: (True, False),
            Reach.REVIEWS: (True, True),
        }.get(one.reach, (opened, closed))


def test_agenda_replays_in_the_order_of_time_and_no_further_than_now():
    agenda, seen = Agenda(), []

    def later(now: datetime) -> None:
        seen.append(("first", now))
        agenda.at(now + timedelta(hours=1), lambda at: seen.append(("then", at)))

    agenda.at(NOW + timedelta(hours=3), lambda at: seen.append(("never", at)))
    agenda.at(NOW, lambda at: seen.append(("same instant", at)))
    agenda.at(NOW - timedelta(hours=5), later)
    agenda.replay(NOW + timedelta(minutes=1))

    assert [name for name, _ in seen] == ["first", "then", "same instant"]


def test_dice_depend_on_names_and_not_on_the_order_of_calls():
    first = [Dice(1, "a").number("x", below=1000), Dice(1, "b").number("x", below=1000)]
    second = [Dice(1, "b").number("x", below=1000), Dice(1, "a").number("x", below=1000)]

    assert first == second[::-1]
    assert sorted(Dice(1).some(range(9), 9)) == list(range(9))
