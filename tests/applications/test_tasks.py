"""The jobs of the call: each runs, on the present instant, and twice is once."""

from datetime import timedelta

import pytest

from tests.applications.factories import CLOSES, ExtensionFactory
from tests.applications.world import World, actor, state, written_to
from traam.applications import tasks
from traam.applications.models import Application, Extension
from traam.campaigns import actions as campaigns
from traam.campaigns.models import Campaign
from traam.campaigns.rules.calendar import Milestone
from traam.kit.jobs import SCHEDULE
from traam.post.models import Message


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of the jobs."""
    return lambda instant: monkeypatch.setattr(tasks, "now", lambda: instant)


def test_deadlines_are_followed(world: World, now, at) -> None:
    made = world.complete(now)
    given = ExtensionFactory(campaign=world.campaign, until=CLOSES + timedelta(days=1))
    at(CLOSES + timedelta(days=3))

    for _ in range(2):
        tasks.follow_deadlines.func()

    given.refresh_from_db()
    assert (state(made), given.is_over) == ("lapsed", True)
    assert written_to(world.author).count("lapsed") == 1


def test_authors_are_told_once_that_the_closing_of_their_call_moved_and_why(world, now, at):
    Campaign.objects.update(first_year=2026, last_year=2027)
    made, other = world.complete(now), World(campaign=world.campaign)
    theirs = other.complete(now)
    deposited = World(campaign=world.campaign)
    deposited.deposited(now)
    later = CLOSES + timedelta(days=3)
    ExtensionFactory(campaign=world.campaign, academy=other.academy, until=later)
    Application.objects.filter(pk=theirs.pk).update(extension=Extension.objects.get())
    moment = now + timedelta(hours=1)
    campaigns.set_calendar(
        campaign=world.campaign,
        dates={**world.campaign.calendar.dates, Milestone.CALL_CLOSES: CLOSES - timedelta(days=2)},
        reason="Le jury siège plus tôt.",
        now=moment,
        actor=actor(world.pilot),
    )
    at(moment)

    for _ in range(2):
        tasks.follow_deadlines.func()

    assert written_to(world.author) == ["closing_moved"]
    (message,) = Message.objects.filter(kind="applications/closing_moved", to=world.author.pk)
    assert message.params["until"].startswith("mercredi 1er avril 2026, 18")
    assert "closing_moved" not in [*written_to(other.author), *written_to(deposited.author)]
    assert made.events.get(verb="campaign.move_closing").reason == "Le jury siège plus tôt."


def test_warnings_are_sent(world: World, now, at) -> None:
    world.complete(now)
    at(CLOSES - timedelta(days=1))

    for _ in range(2):
        tasks.warn.func()

    assert written_to(world.author) == ["closing"]


def test_examiners_are_checked_each_minute(world: World, now, at) -> None:
    at(now)

    tasks.check_examiners.func()

    assert SCHEDULE[tasks.check_examiners.module_path] == timedelta(minutes=1)
    assert SCHEDULE[tasks.follow_deadlines.module_path] == timedelta(minutes=1)
