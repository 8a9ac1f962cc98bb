"""A long file is checked, then loaded, by jobs: the page says where it stands."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.catalogue.loads import production_row
from tests.house.pages import CheckedClient
from tests.reference.factories import account
from traam.access.roles import Role
from traam.catalogue import load_rules
from traam.catalogue.load_rules import LOAD_LIFE, OPEN, LoadState
from traam.catalogue.loading import asking, uploads
from traam.catalogue.models import Load, Notice
from traam.journal.models import Entry
from traam.kit import jobs
from traam.kit.clock import now as instant

pytestmark = pytest.mark.usefixtures("vocabularies")
ROWS = [production_row(id=f"R{n}") for n in range(3)]


@pytest.fixture
def client() -> CheckedClient:
    client = CheckedClient()
    client.force_login(account(Role.PILOT))
    return client


@pytest.fixture(autouse=True)
def _short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows are many."""
    monkeypatch.setattr(asking, "AT_ONCE", 2)
    monkeypatch.setattr("traam.catalogue.load_views.AT_ONCE", 2)


def bring(client: CheckedClient, rows: list[dict[str, Any]] = ROWS) -> Load:
    content = json.dumps(rows, ensure_ascii=False).encode()
    file = SimpleUploadedFile("p.json", content)
    client.post(reverse("loads"), {"kind": "productions", "file": file})
    return Load.objects.get()


def page(client: CheckedClient, load: Load) -> str:
    content = client.get(reverse("load", kwargs={"key": load.pk})).content.decode()
    return str(content).replace("\u00a0", " ").replace("\u202f", " ")


def press(client: CheckedClient, name: str, load: Load) -> Any:
    return client.post(reverse(name, kwargs={"key": load.pk}))


def fail_all_runs() -> None:
    DBTaskResult.objects.update(status="FAILED")


def test_limit_is_two_thousand_rows() -> None:
    assert load_rules.AT_ONCE == 2000


def test_file_of_the_limit_is_checked_at_once(client: CheckedClient) -> None:
    load = bring(client, ROWS[:2])

    assert (load.state, load.run, load.taken_count) == ("checked", None, 2)
    assert "se chargera à part" not in page(client, load)


def test_long_file_is_checked_by_a_job(client: CheckedClient) -> None:
    load = bring(client)

    assert (load.state, load.row_count, load.rows.count()) == ("checking", 3, 0)
    waiting = page(client, load)
    assert "Vérification en cours" in waiting
    assert "Actualiser la page" in waiting
    assert ">Charger<" not in waiting

    assert jobs.run_next(instant) is True

    load.refresh_from_db()
    assert (load.state, load.taken_count, load.rows.count()) == ("checked", 3, 3)
    checked = page(client, load)
    assert "Charger prendra 3 lignes" in checked
    assert "il se chargera à part" in checked
    assert Notice.objects.count() == 0


def test_long_file_is_loaded_by_a_job_once_whatever_the_clicks(client: CheckedClient) -> None:
    load = bring(client)
    jobs.run_next(instant)

    answers = [press(client, "load_carry_out", load) for _ in range(3)]

    load.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302] * 3
    assert (load.state, Notice.objects.count()) == ("loading", 0)
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    assert "Chargement en cours" in page(client, load)

    assert jobs.run_next(instant) is True
    assert jobs.run_next(instant) is False

    load.refresh_from_db()
    assert (load.state, load.taken_count, Notice.objects.count()) == ("done", 3, 3)
    assert (load.ended_by, load.checked_by) == (load.checked_by, load.checked_by)
    assert "Voir le catalogue" in page(client, load)
    assert Entry.objects.filter(verb="load.carry_out").count() == 1


def test_job_run_again_does_nothing_more(client: CheckedClient, now: datetime) -> None:
    load = bring(client)
    for _ in range(2):
        uploads.check(load=load.pk, now=now)
    for _ in range(2):
        uploads.carry_out(load=load.pk, now=now, person=load.checked_by)

    assert Notice.objects.count() == 3
    assert load.rows.count() == 3
    verbs = Entry.objects.filter(subject=f"load:{load.pk}").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["load.check", "load.carry_out"]


def test_file_under_way_is_not_abandoned(client: CheckedClient) -> None:
    load = bring(client)

    response = press(client, "load_abandon", load)

    assert response.status_code == 400
    assert "est en cours de vérification : attendez la fin" in response.content.decode()


def test_check_that_failed_is_said_and_may_be_abandoned(client: CheckedClient) -> None:
    load = bring(client)
    fail_all_runs()

    said = page(client, load)
    left = press(client, "load_abandon", load)

    load.refresh_from_db()
    assert "La vérification n’a pas abouti" in said
    assert ">Charger<" not in said
    assert (left.status_code, load.state) == (302, "abandoned")


def test_load_that_failed_is_said_and_may_be_asked_again(client: CheckedClient) -> None:
    load = bring(client)
    jobs.run_next(instant)
    press(client, "load_carry_out", load)
    fail_all_runs()

    said = page(client, load)
    press(client, "load_carry_out", load)
    jobs.run_next(instant)

    load.refresh_from_db()
    assert "Le chargement n’a pas abouti : rien n’est chargé" in said
    assert (load.state, Notice.objects.count()) == ("done", 3)


def test_crash_of_the_job_leaves_nothing_and_it_is_tried_again(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = bring(client)
    jobs.run_next(instant)
    press(client, "load_carry_out", load)

    with monkeypatch.context() as patched:
        patched.setattr(uploads, "_report", lambda *_: 1 / 0)  # once all notices are written
        jobs.run_next(instant)

    load.refresh_from_db()
    assert (load.state, Notice.objects.count()) == ("loading", 0)
    assert "Chargement en cours" in page(client, load)
    DBTaskResult.objects.update(run_after=instant())
    jobs.run_next(instant)
    assert Notice.objects.count() == 3


def test_abandoned_load_is_not_loaded_by_a_late_job(client: CheckedClient, now: datetime) -> None:
    load = bring(client)
    jobs.run_next(instant)
    press(client, "load_abandon", load)

    uploads.carry_out(load=load.pk, now=now, person=load.checked_by)

    load.refresh_from_db()
    assert (load.state, Notice.objects.count()) == ("abandoned", 0)


@pytest.mark.parametrize("state", list(LoadState))
def test_life_of_a_load_ends_where_it_must(state: LoadState) -> None:
    assert bool(LOAD_LIFE.open_moves(state)) is (state in OPEN)
    assert ("load" in LOAD_LIFE.open_moves(state)) is (
        state in (LoadState.CHECKED, LoadState.LOADING)
    )
