"""A message is written with the act it speaks of, once for a key, and shows no address."""

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from jinja2 import TemplateNotFound, UndefinedError

from tests.post.factories import MessageFactory
from traam.kit.machines import MoveRefused
from traam.kit.refusals import Unknown
from traam.post import actions, queries, rules
from traam.post.models import Message
from traam.post.rules import State

pytestmark = pytest.mark.django_db


def send(now, **changes):
    given = {"to": 7, "kind": "sample/hello", "params": {"title": "x"}, "key": "a:1", "now": now}
    actions.send(**given | changes)


def test_send_writes_one_message_for_a_key(now):
    send(now)
    send(now, params={"title": "y"})

    rows = Message.objects.values_list("to", "kind", "params", "state", "next_try_at")
    assert list(rows) == [(7, "sample/hello", {"title": "x"}, "queued", now)]


def test_send_asks_for_one_delivery_however_many_messages(now):
    for number in range(3):
        send(now, key=f"a:{number}")

    paths = DBTaskResult.objects.values_list("task_path", flat=True)
    assert list(paths) == ["traam.post.tasks.deliver"]


def test_send_is_forgotten_with_the_act_that_fails(now):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the act, then its fault)
        send(now)
        raise RuntimeError

    assert Message.objects.count() == 0


def test_send_asks_few_queries(now, django_assert_num_queries):
    with django_assert_num_queries(3):  # the message, is a delivery asked, the task
        send(now)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"params": {}}, UndefinedError),
        ({"kind": "sample/absent"}, TemplateNotFound),
        ({"params": {"title": "bob@exemple.invalid"}}, rules.Unfit),
    ],
)
def test_send_bursts_at_once_on_a_fault_of_the_caller(now, changes, error):
    with pytest.raises(error):
        send(now, **changes)

    assert Message.objects.count() == 0


def test_relaunch_gives_a_failed_message_its_attempts_again(now):
    failed = MessageFactory(failed=True)

    actions.relaunch(message=failed.pk, now=now)

    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.next_try_at) == ("queued", 0, now)


@pytest.mark.parametrize("state", [State.QUEUED, State.SENT])
def test_relaunch_refuses_what_did_not_fail(now, state):
    message = MessageFactory(sent=state is State.SENT)

    with pytest.raises(MoveRefused):
        actions.relaunch(message=message.pk, now=now)


def test_relaunch_knows_neither_a_secret_nor_what_is_not_there(now):
    trace = MessageFactory(failed=True, to=None)

    for key in (trace.pk, 999_999):
        with pytest.raises(Unknown):
            actions.relaunch(message=key, now=now)


def test_counts_name_every_state_in_the_order_of_the_life():
    MessageFactory.create_batch(2)
    MessageFactory(failed=True)

    assert queries.counts() == [
        (State.QUEUED, 2),
        (State.SENDING, 0),
        (State.SENT, 0),
        (State.FAILED, 1),
        (State.ON_SCREEN, 0),
    ]
