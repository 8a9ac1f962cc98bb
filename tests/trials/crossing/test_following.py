"""A cross-test follows its trial, through the acts on the trial; who owes one is reminded."""

from datetime import timedelta

import pytest

from tests.groups.factories import NOW, TODAY, MemberFactory
from tests.trials.factories import CrossTestFactory, TrialFactory
from traam.access.roles import Role
from traam.post.models import Message
from traam.trials import asking
from traam.trials.actions import closing
from traam.trials.models import CrossTest
from traam.trials.queries.coverage import due_for_reminder
from traam.trials.rules.life import CrossTestState

pytestmark = pytest.mark.django_db
S = CrossTestState


@pytest.fixture
def owed():
    """An accepted test whose trial is at work."""
    made = CrossTestFactory(due_on=TODAY + timedelta(days=8))
    MemberFactory(team=made.tester, role=Role.REFERENT)
    trial = TrialFactory(at_work=True, production=made.production, team=made.tester)
    CrossTest.objects.filter(pk=made.pk).update(state=S.ACCEPTED, trial=trial)
    made.refresh_from_db()
    return made


def test_abandoning_the_trial_declines_the_test_and_resuming_it_takes_it_back(owed):
    closing.abandon(trial=owed.trial, reason="La classe a changé.", now=NOW, actor=None)
    owed.refresh_from_db()
    declined = (owed.state, owed.reason)

    closing.reopen(trial=owed.trial, reason="Une autre classe.", now=NOW, actor=None)
    owed.refresh_from_db()

    assert declined == (S.DECLINED, "La classe a changé.")
    assert owed.state == S.ACCEPTED


def test_each_reminder_is_sent_once_before_and_once_after(owed):
    sent = []
    for day in range(-5, 30):
        today = TODAY + timedelta(days=day)
        for one in due_for_reminder(today=today, by=today + timedelta(days=10)):
            asking.late(one, today=today, now=NOW + timedelta(days=day))
        sent.append(Message.objects.filter(kind__contains="cross_test_").count())

    kinds = Message.objects.values_list("kind", flat=True).order_by("kind")
    assert list(kinds) == ["trials/cross_test_due", "trials/cross_test_late"]
    assert [sent.index(1) - 5, sent.index(2) - 5] == [-2, 9]


def test_given_and_declined_tests_are_not_reminded(owed):
    CrossTest.objects.filter(pk=owed.pk).update(state=S.CLOSED)

    assert list(due_for_reminder(today=TODAY, by=TODAY + timedelta(days=60))) == []
