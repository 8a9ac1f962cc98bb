"""Several at once, on PostgreSQL: one deposit, one application, every text kept."""

import pytest

from tests.applications.world import World, actor, holding
from tests.catalogue.test_actions_postgres import at_once
from traam.access.roles import Role
from traam.applications import actions
from traam.applications.actions import Write
from traam.applications.models import Answer, AnswerVersion, Application, Deposit
from traam.kit.refusals import Refusal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db) -> World:
    return World()


def test_two_delegates_pressing_at_once_deposit_once(world: World, now) -> None:
    made = world.agreed(now)
    other = holding(Role.DIGITAL_DELEGATE, academy=world.academy.code)

    calls = [lambda by=by: world.endorse(now, made.code, by=by) for by in (world.dan, other)]
    receipts = at_once(*calls)

    assert len({each[0].digest for each in receipts}) == 1
    assert Deposit.objects.count() == 1


def test_application_begun_by_two_at_once_is_one(world: World, now) -> None:
    def begin(person):
        try:
            return world.begun(now, actor=actor(person)).code
        except Refusal as refusal:
            return refusal.reasons[0]

    told = at_once(*[lambda by=by: begin(by) for by in (world.author, world.coauthor)])

    assert Application.objects.count() == 1
    assert sum(Application.objects.get().code == one for one in told) == 1


def test_eight_texts_of_one_field_at_once_are_all_kept(world: World, now) -> None:
    made = world.begun(now)
    by = actor(world.author)

    def save(number: int):
        write = Write("lead", f"texte {number}", 0, f"t{number}-1")
        return actions.save(application=made, writes=[write], now=now, actor=by)

    at_once(*[lambda number=number: save(number) for number in range(8)])

    kept = AnswerVersion.objects.filter(application=made, field="lead")
    assert {one.value for one in kept} == {f"texte {number}" for number in range(8)}
    assert Answer.objects.get(application=made, field="lead").version == 1
    assert kept.filter(is_rival=True, settled_at=None).count() == 7
