"""Clients signed in as the people of a world, each of whose pages is checked; what forms send."""

from typing import Any

from lxml import html as lxml_html

from tests.house.pages import CheckedClient
from traam.applications.models import Answer, Application
from traam.people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def client_of(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user, backend=BACKEND)
    return client


def page(user: User, address: str, status: int = 200) -> str:
    """The words of a page as this person reads it."""
    answer = client_of(user).get(address)
    assert answer.status_code == status, (answer.status_code, answer.get("Location"))
    return answer.content.decode()


def posted(user: User, address: str, data: dict[str, Any], status: int = 200) -> str:
    """The words of the page that a POST leads to, or of its refusal."""
    answer = client_of(user).post(address, data, follow=True)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def form_of(text: str, where: str = "//form[@data-save]") -> dict[str, Any]:
    """What a browser without script would send of this form, untouched."""
    form = lxml_html.document_fromstring(text).xpath(where)[0]
    values: dict[str, Any] = {}
    areas = set(form.xpath(".//textarea/@name"))
    for name, value in form.form_values():
        # As browsers do, the line that opens a text area is none of its text.
        values.setdefault(name, []).append(value.removeprefix("\n") if name in areas else value)
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}


def said(application: Application) -> dict[str, Any]:
    found = Answer.objects.filter(application=application)
    return dict(found.values_list("field", "value"))


def step(application: Application, name: str = "projet") -> str:
    return f"/candidatures/{application.code}/modifier/?etape={name}"
