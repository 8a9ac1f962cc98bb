"""What the pages of cross-tests are read with."""

import pytest
import time_machine

from tests.groups.factories import NOW
from tests.house.pages import CheckedClient
from traam.people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def enter():
    """A browser in which this actor has signed in; it fails on a page with a fault."""

    def signed(actor):
        client = CheckedClient()
        client.force_login(User.objects.get(pk=actor.person), backend=BACKEND)
        return client

    with time_machine.travel(NOW, tick=False):
        yield signed
