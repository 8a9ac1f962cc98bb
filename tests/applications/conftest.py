"""An academy and its people."""

import pytest

from tests.applications.world import World


@pytest.fixture
def world(db: None) -> World:
    return World()
