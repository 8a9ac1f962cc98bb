"""« Ma journée » during the choice: who deliberates, who arbitrates, and when."""

import pytest
from django.urls import reverse

from tests.desk.reading import items
from tests.selection import factories
from tests.selection.choice.setting import room
from tests.selection.factories import NOW, actor_of
from traam.access.roles import Role
from traam.desk.choice import to_arbitrate, to_assign, to_deliberate
from traam.selection import actions
from traam.selection.models import Review
from traam.selection.rules.life import DecisionKind

pytestmark = pytest.mark.django_db


def titles(provider, actor) -> list[str]:
    return [item.title for item in items(provider, actor, NOW)]


@pytest.fixture
def ready():
    return room()


@pytest.mark.parametrize("role", [Role.EXPERT, Role.GENERAL_INSPECTOR])
def test_theme_deliberates_once_a_proposal_is_there_and_until_all_is_decided(ready, role) -> None:
    person = factories.reviewer(ready.theme, role=role)
    assert titles(to_deliberate, actor_of(person)) == []

    variant = ready.compute()
    item = items(to_deliberate, actor_of(person), NOW)[0]
    assert item.title == f"3 décisions à prendre : {ready.theme.title}"
    assert item.href == reverse("deliberation", kwargs={"code": ready.theme.code})

    actions.take_proposal(variant=variant, now=NOW, actor=ready.pilot)
    assert titles(to_deliberate, actor_of(person)) == []


def test_another_theme_awaits_nothing_of_this_one(ready) -> None:
    ready.compute()
    stranger = factories.reviewer(factories.theme_of(ready.campaign))

    assert titles(to_deliberate, actor_of(stranger)) == []


def test_pilot_computes_then_arbitrates_until_all_is_decided(ready) -> None:
    assert titles(to_arbitrate, ready.pilot) == ["Le choix peut se calculer"]

    ready.compute()
    ready.decide(0, DecisionKind.RETAINED)
    assert titles(to_arbitrate, ready.pilot) == ["1 thème à décider"]

    actions.take_proposal(variant=ready.compute("Deux"), now=NOW, actor=ready.pilot)
    assert titles(to_arbitrate, ready.pilot) == []


def test_pilot_sees_how_far_the_reviews_are_until_all_are_given() -> None:
    ready = room(rules={"reviews_per_application": 2})
    assert [one for one in titles(to_assign, ready.pilot) if "rendu" in one] == []

    Review.objects.filter(case=ready.cases[0]).delete()

    [card] = [one for one in items(to_assign, ready.pilot, NOW) if "rendu" in one.title]
    assert card.title == "4 avis rendus sur 6 attendus"
    assert card.href == reverse("reviews", kwargs={"year": ready.campaign.year})


def test_choice_is_not_computed_while_a_review_is_owed(ready) -> None:
    factories.ReviewFactory(case=ready.cases[0])

    assert titles(to_arbitrate, ready.pilot) == []


def test_experts_are_not_asked_to_arbitrate(ready) -> None:
    assert titles(to_arbitrate, ready.actor()) == []
