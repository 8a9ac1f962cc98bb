"""Delegations, and the actor that mandates make."""

from datetime import date

import pytest

from tests.people.acting import DAY, LILLE, TODAY, verbs
from tests.people.factories import (
    DelegationFactory,
    MandateFactory,
    UserFactory,
)
from traam.access.roles import Role
from traam.journal.models import Entry
from traam.kit.refusals import NotAllowed, Refusal
from traam.people import actions
from traam.people.models import Delegation
from traam.people.queries import actor_for, address_of
from traam.people.rules import (
    Period,
    delegation_faults,
    said,
)
from traam.post.models import Message

# -- delegate


def delegate(mandate, *, now, actor, to=None, starts_on=TODAY, ends_on=TODAY + 5 * DAY):
    return actions.delegate(
        mandate=mandate,
        to=to or UserFactory(),
        starts_on=starts_on,
        ends_on=ends_on,
        now=now,
        actor=actor,
    )


def test_delegate_acts_during_the_delegation_only(now, db):
    mandate = MandateFactory(role=Role.DIGITAL_DELEGATE, academies=["09"])
    deputy = UserFactory()

    delegate(mandate, now=now, actor=actor_for(mandate.person, TODAY), to=deputy)

    for day, expected in [
        (TODAY - DAY, 0),
        (TODAY, 1),
        (TODAY + 4 * DAY, 1),
        (TODAY + 5 * DAY, 0),
    ]:
        assert len(actor_for(deputy, day).in_force) == expected, day
    (held,) = actor_for(deputy, TODAY).in_force
    assert (held.delegated_by, held.academies) == (mandate.person_id, LILLE)
    assert len(actor_for(mandate.person, TODAY).in_force) == 1  # the holder keeps theirs


def test_delegate_is_told_and_the_journal_too_once(now, db):
    mandate = MandateFactory()
    deputy = UserFactory()
    holder = actor_for(mandate.person, TODAY)

    first = delegate(mandate, now=now, actor=holder, to=deputy)
    assert delegate(mandate, now=now, actor=holder, to=deputy) == first

    (message,) = Message.objects.all()
    assert (message.to, message.kind) == (deputy.pk, "people/delegation")
    assert message.params == {
        "role": "enseignant·e",
        "starts_on": "20/03/2026",
        "last_on": "24/03/2026",
    }
    assert verbs() == ["mandate.delegate"]


def test_nobody_delegates_the_mandate_of_someone_else(now, db):
    mandate = MandateFactory()
    stranger = MandateFactory().person

    with pytest.raises(NotAllowed):
        delegate(mandate, now=now, actor=actor_for(stranger, TODAY))


def test_pilot_delegates_for_whoever_cannot(pilot, now):
    assert delegate(MandateFactory(), now=now, actor=pilot).pk


def test_delegate_does_not_delegate_in_turn(now, db):
    delegation = DelegationFactory()
    deputy = actor_for(delegation.delegate, TODAY)

    with pytest.raises(Refusal, match="seul son titulaire"):
        delegate(delegation.mandate, now=now, actor=deputy)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "to_oneself", "expected"),
    [
        (TODAY, TODAY + DAY, False, []),
        (date(2025, 9, 1), date(2026, 9, 1), False, []),
        (date(2025, 8, 31), TODAY, False, ["tenir dans le mandat"]),
        (TODAY, date(2026, 9, 2), False, ["tenir dans le mandat"]),
        (TODAY, TODAY, False, ["vient avant le premier"]),
        (TODAY, TODAY + DAY, True, ["pas à soi-même"]),
        (date(2025, 1, 1), date(2025, 1, 1), True, ["vient avant", "soi-même", "tenir dans"]),
    ],
)
def test_delegation_is_refused_with_its_faults(starts_on, ends_on, to_oneself, expected):
    faults = delegation_faults(
        mandate=Period(date(2025, 9, 1), date(2026, 9, 1)),
        delegation=Period(starts_on, ends_on),
        to_oneself=to_oneself,
    )

    assert len(faults) == len(expected)
    for fault, words in zip(faults, expected, strict=True):
        assert words in fault


def test_open_delegation_does_not_fit_a_bounded_mandate():
    assert not Period(TODAY).within(Period(TODAY, TODAY + DAY))
    assert Period(TODAY).within(Period(TODAY))


def test_closed_account_receives_no_delegation(now, db):
    mandate = MandateFactory()

    with pytest.raises(Refusal, match="fermé"):
        delegate(
            mandate,
            now=now,
            actor=actor_for(mandate.person, TODAY),
            to=UserFactory(closed=True),
        )


@pytest.mark.parametrize("who", ["holder", "delegate"])
def test_delegation_is_withdrawn_by_either_of_the_two(now, db, who):
    delegation = DelegationFactory()
    actor = actor_for(getattr(delegation, who), TODAY)

    actions.withdraw_delegation(delegation=delegation, on=TODAY, now=now, actor=actor)

    assert not actor_for(delegation.delegate, TODAY).in_force
    assert actor_for(delegation.delegate, TODAY - DAY).in_force
    assert Entry.objects.get().after == {"ends_on": "2026-03-20"}


def test_delegation_that_has_counted_does_not_end_in_the_past(now, db):
    delegation = DelegationFactory()
    actor = actor_for(delegation.holder, TODAY)

    with pytest.raises(Refusal, match="sans effet de la suppléance"):
        actions.withdraw_delegation(
            delegation=delegation, on=delegation.starts_on, now=now, actor=actor
        )

    assert Delegation.objects.filter(ends_on=delegation.ends_on).exists()


def test_delegation_withdrawn_before_it_begins_disappears(now, db):
    delegation = DelegationFactory(starts_on=TODAY)
    actor = actor_for(delegation.holder, TODAY)

    actions.withdraw_delegation(
        delegation=delegation, on=delegation.starts_on, now=now, actor=actor
    )

    assert not Delegation.objects.exists()


def test_stranger_withdraws_nothing(now, db):
    delegation = DelegationFactory()
    stranger = actor_for(MandateFactory().person, TODAY)

    with pytest.raises(NotAllowed):
        actions.withdraw_delegation(delegation=delegation, on=TODAY, now=now, actor=stranger)


def test_delegation_never_outlives_the_mandate(db):
    """Should the mandate have been shortened behind its back."""
    mandate = MandateFactory(ends_on=TODAY)
    delegation = DelegationFactory(mandate=mandate)

    assert not actor_for(delegation.delegate, TODAY).in_force
    assert actor_for(delegation.delegate, TODAY - DAY).in_force


# -- the actor


@pytest.mark.django_db
def test_actor_of_nobody_asks_nothing_of_the_database(django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    with django_assert_num_queries(0):
        assert actor_for(AnonymousUser(), TODAY).is_anonymous


@pytest.mark.django_db
@pytest.mark.parametrize("mandates", [0, 1, 3])
def test_actor_costs_one_query(django_assert_num_queries, mandates):
    user = UserFactory()
    for _ in range(mandates):
        MandateFactory(person=user, academies=["09"], disciplines=["MATHS", "SVT"])
        DelegationFactory(delegate=user)

    with django_assert_num_queries(1):  # the mandates held, those received; each with its limits
        actor = actor_for(user, TODAY)
        assert len(actor.in_force) == 2 * mandates


def test_actor_has_each_mandate_once_whatever_its_delegations(db):
    mandate = MandateFactory(academies=["09"])
    for _ in range(3):
        DelegationFactory(mandate=mandate)

    assert len(actor_for(mandate.person, TODAY).mandates) == 1


def test_address_is_that_of_a_living_account(db):
    user, closed = UserFactory(), UserFactory(closed=True)

    assert address_of(user.pk) == user.email
    assert address_of(closed.pk) is None
    assert address_of(999_999) is None


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(date(2025, 9, 1)), "depuis le 1er septembre 2025, sans fin fixée"),
        (Period(date(2025, 9, 1), date(2026, 9, 1)), "du 1er septembre 2025 au 31 août 2026"),
    ],
)
def test_period_is_said_with_its_last_day_included(period, expected):
    assert said(period) == expected
