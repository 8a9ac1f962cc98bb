"""The jobs of the call: each runs, on the present instant, and twice is once."""

from datetime import timedelta

import pytest

from tests.applications.factories import CLOSES, ExtensionFactory
from tests.applications.world import World, state, written_to
from traam.applications import tasks
from traam.kit.jobs import SCHEDULE


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
