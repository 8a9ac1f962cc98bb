"""The kit is tested on a site of its own."""

from collections.abc import Iterator

import pytest
from django.conf import settings as live
from django.template import engines
from django.test import Client

from tests.house.pages import CheckedClient, checked_client  # noqa: F401
from traam.kit.layout import find
from traam.kit.specimens import component_names

REFUSALS = "traam.kit.middleware.Refusals"


@pytest.fixture
def site(settings, tmp_path) -> Iterator[None]:
    """The small site, with the middleware of refusals whatever the settings say."""
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns of a folder that does not exist
    settings.ROOT_URLCONF = "tests.kit.addresses"
    if REFUSALS not in live.MIDDLEWARE:
        settings.MIDDLEWARE = [*live.MIDDLEWARE, REFUSALS]
    find.cache_clear()  # the addresses are others
    yield
    find.cache_clear()


@pytest.fixture
def visitor(site) -> Client:
    """A stranger whose every page is checked; a fault of ours is answered, not raised."""
    return CheckedClient(raise_request_exception=False)


@pytest.fixture
def rendered():
    """Renders a piece of template in which every component is known by its name."""

    def render(source: str, **context: object) -> str:
        head = f'{{% from "kit/components.html" import {", ".join(component_names())} %}}'
        return str(engines["jinja2"].from_string(head + source).render(context)).strip()

    return render
