"""/sante/*: alive at once, ready when all is."""

import pytest
from django.test import Client

from tests.catalogue.factories import RecordFactory
from tests.catalogue.public import published
from traam.catalogue import search
from traam.catalogue.actions import publish
from traam.people.actions import prepare_personas
from traam.reference.actions import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_index(settings, tmp_path) -> None:
    settings.INDEX_ROOT = tmp_path / "index"
    search.forget()


def test_alive_answers_whatever_is_missing() -> None:
    assert Client().get("/sante/vivant").status_code == 200


def test_ready_waits_for_the_demonstration() -> None:
    answer = Client().get("/sante/pret")

    assert answer.status_code == 503
    assert "la démonstration n’est pas chargée" in answer.content.decode()


def test_ready_builds_the_index_that_nobody_has_asked_for(now) -> None:
    prepare(now=now)
    prepare_personas(now=now)
    published()
    search.forget()

    assert Client().get("/sante/pret").status_code == 200


def test_ready_in_production_wants_no_demonstration(settings) -> None:
    settings.DEMONSTRATION = False

    assert Client().get("/sante/pret").status_code == 200


def test_ready_says_that_the_index_is_behind(settings, now) -> None:
    settings.DEMONSTRATION = False
    Client().get("/sante/pret")
    search.engine().clock = lambda: float("-inf")  # it will not look again

    publish(record=RecordFactory(), origin="essai:1", now=now, actor=None)

    assert Client().get("/sante/pret").status_code == 503
