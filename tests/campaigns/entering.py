"""Who opens the pages of a campaign being prepared in these tests, and what their forms send."""

from typing import Any

from django.test import Client

from tests.campaigns.preparing import Prepared
from tests.house.pages import CheckedClient
from traam.access.actor import Actor
from traam.campaigns.contents import theme_text
from traam.people.models import User

HERE = "/preparation/campagnes/"


def of(actor: Actor | Any) -> Client:
    client = CheckedClient()
    client.force_login(User.objects.get(pk=actor.person))
    return client


def page(client: Client, path: str, **posted: Any) -> str:
    answer = client.post(path, posted, follow=True) if posted else client.get(path)
    return str(answer.content.decode())


def theme_data(made: Prepared, **changes: Any) -> dict[str, Any]:
    """What the form of the theme sends."""
    data = {
        "title": made.theme.title,
        "problem": made.theme.problem,
        "disciplines": ["MATHS"],
        "cycles": ["C4"],
        "duration_years": "1",
        "continues": "",
        "version": str(made.theme.version),
        "axes-TOTAL_FORMS": "2",
        "axes-INITIAL_FORMS": "2",
        "axes-0-label": "Recueillir",
        "axes-0-text": "Mesurer en classe.",
        "axes-1-label": "Représenter",
        "axes-1-text": "",
    }
    return data | changes


def facts_of(made: Prepared) -> Any:
    return theme_text(made.theme)
