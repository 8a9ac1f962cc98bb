"""Visitors of the pages of trials, and what they type."""

import uuid

from django.test import Client
from django.utils.html import strip_tags

from tests.trials.setting import SEEN
from traam.people.models import User


def browser(actor) -> Client:
    client = Client()
    client.force_login(
        User.objects.get(pk=actor.person), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def text(answer) -> str:
    """What the page says, on one line, its spaces plain."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).replace("\u00a0", " ").split())


def typed(place, **more: str) -> dict[str, str]:
    return {
        "vu": SEEN,
        "quand": "2026-11-10T10:00",
        "lieu": "salle 12",
        "eleves": "24",
        "qui": "self",
        "cle": str(uuid.UUID(int=7)),
        "i_i1": "seen",
        "i_i2": "contrary",
    } | more
