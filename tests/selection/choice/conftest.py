"""A campaign ready to be chosen among, and a browser for those who look at it."""

import pytest
from django.urls import reverse

from tests.house.pages import check_page
from tests.selection.choice.setting import Room, room, text_of
from tests.selection.factories import NOW


@pytest.fixture
def ready(db: None) -> Room:
    return room()


@pytest.fixture
def clock(monkeypatch) -> None:
    """The pages are read on the day of the reviews."""
    import traam.people.middleware as middleware

    for module in ("deliberation", "deciding", "arbitration", "variants", "pairs"):
        monkeypatch.setattr(f"traam.selection.views.{module}.now", lambda: NOW)
    monkeypatch.setattr(middleware, "now", lambda: NOW)


@pytest.fixture
def visit(client, clock):
    """A page as text, once it is well written, for this person."""

    def get(person, name, query="", status=200, **kwargs) -> str:
        client.force_login(person)
        answer = client.get(reverse(name, kwargs=kwargs) + query)
        assert answer.status_code == status
        if status == 200:
            check_page(answer.content.decode())
        return text_of(answer)

    return get


@pytest.fixture
def press(client, clock):
    """A form sent by this person: the answer."""

    def post(person, name, data=None, headers=None, **kwargs):
        client.force_login(person)
        return client.post(reverse(name, kwargs=kwargs), data or {}, headers=headers or {})

    return post
