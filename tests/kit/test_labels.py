"""Enums whose members speak French."""

import pytest

from traam.kit.labels import Labelled


class Visa(Labelled):
    GIVEN = "given", "visée par le DAN", "transmise"
    REFUSED = "refused", "renvoyée"


def test_labelled_member_is_its_value_with_a_label() -> None:
    assert Visa("given") is Visa.GIVEN
    assert f"{Visa.GIVEN}" == "given"
    assert Visa.GIVEN.label == "visée par le DAN"


def test_labelled_public_label_is_the_label_unless_another_is_given() -> None:
    assert [member.public_label for member in Visa] == ["transmise", "renvoyée"]


def test_labelled_choices_are_the_pairs_of_a_form() -> None:
    assert Visa.choices() == [("given", "visée par le DAN"), ("refused", "renvoyée")]


def test_labelled_member_without_a_label_is_refused() -> None:
    with pytest.raises(TypeError, match="has no French label"):

        class Mute(Labelled):
            NOTHING = "nothing"
