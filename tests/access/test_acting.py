"""Who acts, in whose name, and who is refused: what every action asks first."""

import pytest

from tests.access.places import ALICE, BOB, LILLE, NANTES, TODAY, here
from traam.access.acting import allowed, key_of, person_of
from traam.access.actor import Actor, Mandate, anonymous
from traam.access.roles import Role
from traam.kit.refusals import NotAllowed

RIGHT, PLACE = "application.endorse", here(state="awaiting_visa")
DELEGATE = Actor(ALICE, (Mandate(role=Role.DIGITAL_DELEGATE, academies=LILLE),), TODAY)
DEPUTY = Actor(
    ALICE, (Mandate(role=Role.DIGITAL_DELEGATE, academies=LILLE, delegated_by=BOB),), TODAY
)
ELSEWHERE = Actor(ALICE, (Mandate(role=Role.DIGITAL_DELEGATE, academies=NANTES),), TODAY)


@pytest.mark.parametrize(("actor", "behalf"), [(None, None), (DELEGATE, None), (DEPUTY, BOB)])
def test_act_is_done_in_ones_own_name_or_in_that_of_whom_one_stands_for(actor, behalf) -> None:
    assert allowed(actor, RIGHT, PLACE) == behalf


@pytest.mark.parametrize("actor", [ELSEWHERE, anonymous(TODAY)])
def test_act_is_refused_and_says_who_may(actor) -> None:
    with pytest.raises(NotAllowed, match="DAN"):
        allowed(actor, RIGHT, PLACE)


def test_act_without_a_place_is_allowed_by_its_right_alone() -> None:
    pilot = Actor(ALICE, (Mandate(role=Role.PILOT),), TODAY)

    assert allowed(pilot, "archive.load") is None
    with pytest.raises(NotAllowed):
        allowed(DELEGATE, "archive.load")


def test_person_who_acts_is_known_by_their_key_and_the_house_by_none() -> None:
    assert [person_of(one) for one in (DELEGATE, anonymous(TODAY), None)] == [ALICE, None, None]


def test_row_that_needs_a_person_refuses_a_stranger() -> None:
    assert key_of(DELEGATE) == ALICE
    with pytest.raises(NotAllowed) as refused:
        key_of(anonymous(TODAY))
    assert refused.value.reasons == ["Il faut être connecté pour cela."]
