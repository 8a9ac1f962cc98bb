"""What an actor may do: periods, several mandates, delegations, nobody at all."""

from datetime import date, timedelta

import pytest

from tests.access.places import ALICE, BOB, LILLE, MATHS, NANTES, REACH, SVT, TODAY, here, who
from traam.access.actor import Actor, Mandate, anonymous
from traam.access.place import Flag
from traam.access.policy import RIGHTS, may_somewhere
from traam.access.roles import Role

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (TODAY, None, True),  # the first day counts
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY + DAY, True),
        (TODAY - DAY, TODAY, False),  # the end is exclusive
        (TODAY, TODAY + DAY, True),
        (date.min, TODAY - DAY, False),
    ],
)
def test_mandate_counts_from_its_first_day_to_the_eve_of_its_end(starts, ends, expected):
    actor = Actor(ALICE, (Mandate(role=Role.PILOT, starts_on=starts, ends_on=ends),), TODAY)

    assert actor.may("archive.load") is expected
    assert actor.allows("archive.load") is expected


def test_rights_of_several_mandates_add_up_but_never_mix():
    dan_of_lille = Mandate(role=Role.DIGITAL_DELEGATE, academies=LILLE)
    teacher_of_nantes = Mandate(role=Role.TEACHER, academies=NANTES)
    actor = Actor(ALICE, (dan_of_lille, teacher_of_nantes), TODAY)

    assert actor.allows("application.endorse", here(state="awaiting_visa"))
    assert actor.allows("application.begin", here(Flag.CALL_OPEN, academies=NANTES))
    assert not actor.allows("application.endorse", here(state="awaiting_visa", academies=NANTES))
    assert not actor.allows("application.begin", here(Flag.CALL_OPEN))


def test_two_scopes_must_be_met_by_the_same_mandate():
    split = (
        Mandate(role=Role.CORRESPONDENT, academies=LILLE, disciplines=SVT),
        Mandate(role=Role.CORRESPONDENT, academies=NANTES, disciplines=MATHS),
    )

    assert not Actor(ALICE, split, TODAY).allows("notice.prepare", here())


def test_nobody_without_a_mandate_may_do_more_than_the_public():
    place = here(*Flag, state="draft", authors=frozenset({ALICE}), persons=frozenset({ALICE}))
    without = Actor(ALICE, (), TODAY)

    for right in RIGHTS:
        assert without.allows(right, place) == anonymous(TODAY).allows(right, place), right


def test_anonymous_is_nobody():
    nobody = anonymous(TODAY)

    assert (nobody.is_anonymous, nobody.person, nobody.in_force) == (True, None, ())
    assert nobody.today == TODAY
    assert not Actor(ALICE, (), TODAY).is_anonymous


def test_no_author_is_not_an_anonymous_author():
    """A thing whose author is not known (None) belongs to no stranger."""
    place = here(state="draft", authors=frozenset({None}))

    assert not anonymous(TODAY).allows("application.edit", place)


def test_may_asks_for_a_scope_that_is_not_empty():
    assert not may_somewhere(who(Role.DIGITAL_DELEGATE, disciplines=MATHS), "application.endorse")
    assert may_somewhere(who(Role.DIGITAL_DELEGATE, academies=LILLE), "application.endorse")
    assert not may_somewhere(who(Role.CORRESPONDENT, academies=LILLE), "notice.prepare")
    assert may_somewhere(who(Role.CORRESPONDENT, **REACH), "notice.prepare")
    assert may_somewhere(anonymous(TODAY), "notice.read")
    assert not may_somewhere(anonymous(TODAY), "archive.load")
    assert not may_somewhere(who(Role.TEACHER), "archive.load")
    assert may_somewhere(who(Role.TEACHER), "mandate.delegate")


def test_unknown_right_bursts():
    with pytest.raises(KeyError):
        anonymous(TODAY).may("archive.steal")
    with pytest.raises(KeyError):
        anonymous(TODAY).allows("archive.steal")


def test_delegate_acts_with_the_mandate_of_someone_else():
    lent = Mandate(role=Role.DIGITAL_DELEGATE, academies=LILLE, delegated_by=BOB)
    place = here(state="awaiting_visa")
    delegate = Actor(ALICE, (lent,), TODAY)

    assert delegate.allows("application.endorse", place)
    assert delegate.on_behalf_of("application.endorse", place) == BOB


def test_delegate_stands_where_the_delegator_is_named():
    lent = Mandate(role=Role.INSPECTOR, academies=LILLE, delegated_by=BOB)
    named_bob = here(state="awaiting_agreement", inspectors=frozenset({BOB}))
    named_alice = here(state="awaiting_agreement", inspectors=frozenset({ALICE}))
    delegate = Actor(ALICE, (lent,), TODAY)

    assert delegate.allows("application.agree", named_bob)
    assert not delegate.allows("application.agree", named_alice)


def test_nobody_is_named_when_a_mandate_of_ones_own_suffices():
    lent = Mandate(role=Role.DIGITAL_DELEGATE, academies=LILLE, delegated_by=BOB)
    own = Mandate(role=Role.DIGITAL_DELEGATE, academies=LILLE)
    place = here(state="awaiting_visa")

    assert Actor(ALICE, (lent, own), TODAY).on_behalf_of("application.endorse", place) is None
    assert Actor(ALICE, (), TODAY).on_behalf_of("application.endorse", place) is None
