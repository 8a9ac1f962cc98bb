"""An application's own page, once the decision on it is announced."""

import pytest
import time_machine
from django.urls import reverse

from tests.house.pages import CheckedClient
from tests.selection.announcement.setting import IN, OUT, Hall, hall
from tests.selection.factories import NOW
from traam.applications.models import Examiner
from traam.applications.rules.life import Standing

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def ready(settings, tmp_path) -> Hall:
    settings.FILES_ROOT = tmp_path / "fichiers"
    return hall((IN, OUT))


def read(user, application, status: int = 200) -> str:
    """The page of the application as this person reads it."""
    client = CheckedClient()
    client.force_login(user, backend=BACKEND)
    with time_machine.travel(NOW, tick=False):
        answer = client.get(reverse("application_show", kwargs={"code": application.code}))
    assert answer.status_code == status
    return answer.content.decode()


def href(ready: Hall, place: int) -> str:
    return f'href="{reverse("decision", kwargs={"key": ready.decision(place).pk})}"'


@pytest.mark.parametrize("who", ["author", "inspector", "delegate"])
def test_page_leads_to_its_decision_once_announced_and_says_nothing_before(ready, who) -> None:
    user = getattr(ready.team(1), who)
    before = read(user, ready.application(1))
    ready.announce()

    after = read(user, ready.application(1))

    assert "Lire la décision" not in before
    assert href(ready, 1) in after
    assert "Lire la décision\u00a0: non retenue" in after
    assert href(ready, 0) not in after


def test_expert_reads_it_too_and_one_in_conflict_reads_neither(ready: Hall) -> None:
    expert, other = ready.study.reviewers[ready.theme.code][:2]
    rows = Examiner.objects.filter(person=other, application=ready.application(0))
    ready.announce()
    rows.update(standing=Standing.PINNED)

    assert href(ready, 0) in read(expert, ready.application(0))
    read(other, ready.application(0), status=404)


def test_page_costs_one_query_more_once_announced(ready: Hall) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for announce in (False, True):
        if announce:
            ready.announce()
        read(ready.team(0).delegate, ready.application(0))  # what is kept is known
        with CaptureQueriesContext(connection) as queries:
            read(ready.team(0).delegate, ready.application(0))
        counts.append(sum("selection_decision" in one["sql"] for one in queries.captured_queries))

    assert counts == [0, 1]
