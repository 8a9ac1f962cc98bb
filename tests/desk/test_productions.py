"""« Ma journée » and productions: what awaits the inspector, the expert, the team."""

import pytest
from django.urls import reverse

from tests.desk.reading import items
from tests.productions.setting import NOW, World
from traam.desk.productions import returned, to_publish, to_validate
from traam.productions import actions
from traam.reference import queries
from traam.reference.rules import Vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    shipped = Vocabulary(queries.shipped_vocabulary().schemes, "")
    monkeypatch.setattr(queries, "_kept", shipped)
    return World()


def titles(provider, actor) -> list[str]:
    return [item.title for item in items(provider, actor, NOW)]


def test_production_awaits_each_in_turn(world):
    everyone = ("referent", "teacher", "inspector", "expert", "fellow", "stranger", "pilot")
    made = world.proposed()

    assert {who for who in everyone if titles(to_validate, getattr(world, who))} == {"inspector"}
    (item,) = items(to_validate, world.inspector, NOW)
    assert item.title == "1 production à valider"
    assert item.href == reverse("production", kwargs={"code": made.code})

    actions.validate(production=made, now=NOW, actor=world.inspector)
    assert titles(to_validate, world.inspector) == []
    assert {who for who in everyone if titles(to_publish, getattr(world, who))} == {"expert"}

    actions.send_back(production=made, reason="Créditer.", now=NOW, actor=world.expert)
    assert titles(to_publish, world.expert) == []
    assert {who for who in everyone if titles(returned, getattr(world, who))} == {
        "referent",
        "teacher",
    }


def test_several_lead_to_the_list_of_what_awaits_me(world):
    world.proposed()
    world.proposed()

    (item,) = items(to_validate, world.inspector, NOW)

    assert item.title == "2 productions à valider"
    assert item.href == f"{reverse('productions')}?attente=moi"


def test_nothing_awaits_before_anything_is_proposed(world):
    world.shared()

    assert titles(to_validate, world.inspector) == []
    assert titles(to_publish, world.expert) == []
    assert titles(returned, world.referent) == []
