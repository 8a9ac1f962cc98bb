"""The agreement of a school in plain values: by when it is of use, what a team does next."""

from datetime import date, timedelta

import pytest

from traam.trials.rules.agreeing import GONE, NEXT, STANDINGS, awaited_by, next_of
from traam.trials.rules.life import AgreementState as S

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize("state", S)
def test_every_state_has_its_colour_and_what_to_do_next(state) -> None:
    assert state in STANDINGS
    assert (state in NEXT) == (state is not S.TAKEN_BACK)


@pytest.mark.parametrize("can_be_answered", [True, False])
@pytest.mark.parametrize(
    ("state", "start"),
    [
        (S.ASKED, "La réponse n’est pas encore donnée"),
        (S.GIVEN, "L’essai peut se faire dans l’établissement."),
        (S.REFUSED, "Voyez ensemble ce qui peut changer"),
    ],
)
def test_only_a_request_that_nobody_can_answer_is_to_be_taken_back(
    state, start, can_be_answered
) -> None:
    is_gone = state is S.ASKED and not can_be_answered

    assert next_of(state, can_be_answered=can_be_answered).startswith(GONE if is_gone else start)


@pytest.mark.parametrize(
    ("days", "expected"), [(None, None), (-1, None), (0, None), (1, TODAY + timedelta(days=1))]
)
def test_answer_is_awaited_before_the_trial_while_it_is_to_come(days, expected) -> None:
    planned = None if days is None else TODAY + timedelta(days=days)

    assert awaited_by(planned, TODAY) == expected
