"""The pages of meetings, due dates and feeds in a real browser: on a phone, and for axe."""

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext

from tests.e2e.looking import faults
from tests.groups.factories import NOW, DueFactory
from tests.groups.meeting_setting import Room, convened, details, proposed, room
from traam.groups import actions
from traam.people.models import User

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:No directory at"),  # WhiteNoise, before the collection
]


def opened(browser: Browser, address: str, person: User) -> BrowserContext:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(base_url=address, locale="fr-FR")
    value = client.cookies[live.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": live.SESSION_COOKIE_NAME, "value": value, "url": address}])
    return context


def addresses(made: Room) -> list[str]:
    """Every page of this part, each with something to show."""
    for days in (20, 40, 60):
        DueFactory(group=made.group, due_on=NOW.date().replace(month=12, day=days // 4))
    meeting = convened(made, details=details(title="Point d’étape : essais et tests croisés"))
    section = actions.begin_minutes(meeting=meeting, now=NOW, actor=made.expert)[0]
    for base, text in enumerate(("Deux essais", "Trois essais\n\n- Lille\n- Lyon")):
        actions.save_section(section=section, text=text, base=base, now=NOW, actor=made.expert)
    actions.open_feed(group=None, now=NOW, actor=made.expert)
    group, key = {"code": made.group.code}, {"key": meeting.pk}
    return [
        reverse("group_meetings", kwargs=group),
        reverse("group_meeting_new", kwargs=group),
        reverse("meeting", kwargs=key),
        reverse("meeting", kwargs={"key": proposed(made).pk}),
        reverse("meeting_edit", kwargs=key),
        reverse("meeting_act", kwargs={**key, "act": "annuler"}),
        reverse("meeting_hold", kwargs=key),
        reverse("minutes_edit", kwargs=key),
        reverse("section_versions", kwargs={"key": section.pk}),
        reverse("group_calendar", kwargs=group),
        reverse("due_new", kwargs=group),
        reverse("feeds"),
    ]


def test_every_page_fits_and_is_axe_clean(browser, settings, live_server, tmp_path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.SESSION_COOKIE_SECURE = False
    made = room()
    pages = addresses(made)
    person = User.objects.get(pk=made.expert.person)
    context = opened(browser, live_server.url, person)
    page = context.new_page()

    found = [
        fault
        for number, address in enumerate(pages)
        for fault in faults(page, address, shot=f"meetings-{number:02d}")
    ]
    assert found == []
    context.close()
