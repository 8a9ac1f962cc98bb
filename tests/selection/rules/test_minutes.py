"""What is typed of a session before its minutes are written: kept, said, and bounded."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traam.selection.rules.minutes import COUNT_MAX, OTHERS_MAX, REMARKS_MAX, Session

WHOLE = Session(
    held_on=date(2026, 5, 12),
    experts=2,
    inspectors=1,
    pilots=3,
    others=" Une observatrice. ",
    remarks="**Rien** à signaler.",
)
SESSIONS = st.builds(
    Session,
    held_on=st.none() | st.dates(),
    experts=st.integers(0, COUNT_MAX),
    inspectors=st.integers(0, COUNT_MAX),
    pilots=st.integers(0, COUNT_MAX),
    others=st.text(max_size=9),
    remarks=st.text(max_size=9),
)


@given(SESSIONS)
def test_session_reads_back_what_it_kept_as_json(session: Session) -> None:
    assert Session.read(json.loads(json.dumps(session.as_data()))) == session


def test_session_is_kept_under_names_that_never_change() -> None:
    assert WHOLE.as_data() == {
        "held_on": "2026-05-12",
        "experts": 2,
        "inspectors": 1,
        "pilots": 3,
        "others": " Une observatrice. ",
        "remarks": "**Rien** à signaler.",
    }
    assert Session().as_data()["held_on"] == ""


def test_session_of_which_nothing_was_kept_is_an_empty_one() -> None:
    assert Session.read({}) == Session()
    assert Session.read({"experts": 4, "unknown": 1}) == Session(experts=4)
    assert (Session().experts, Session().inspectors, Session().pilots) == (0, 0, 0)


def test_those_present_are_said_by_function() -> None:
    assert WHOLE.present() == [
        "Expertise DNE : 2 personnes",
        "Inspection générale : 1 personne",
        "Pilotage national : 3 personnes",
        "Une observatrice.",
    ]


def test_function_that_nobody_held_is_left_out() -> None:
    assert Session().present() == []
    assert Session(others=" \n").present() == []
    assert Session(inspectors=2).present() == ["Inspection générale : 2 personnes"]


def test_session_within_its_bounds_has_no_fault() -> None:
    full = Session(
        experts=COUNT_MAX,
        inspectors=COUNT_MAX,
        pilots=COUNT_MAX,
        others="x" * OTHERS_MAX,
        remarks="x" * REMARKS_MAX,
    )

    assert Session().faults() == WHOLE.faults() == full.faults() == []


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("experts", "Expertise DNE"),
        ("inspectors", "Inspection générale"),
        ("pilots", "Pilotage national"),
    ],
)
@pytest.mark.parametrize("count", [-1, 100])
def test_number_of_people_out_of_bounds_names_the_function(
    field: str, label: str, count: int
) -> None:
    assert replace(WHOLE, **{field: count}).faults() == [
        f"« {label} » (reçu : {count}) va de 0 à 99."
    ]


def test_everything_wrong_is_said_at_once() -> None:
    wrong = Session(experts=-1, inspectors=-2, pilots=100, others="x" * 501, remarks="x" * 10_001)

    assert wrong.faults() == [
        "« Expertise DNE » (reçu : -1) va de 0 à 99.",
        "« Inspection générale » (reçu : -2) va de 0 à 99.",
        "« Pilotage national » (reçu : 100) va de 0 à 99.",
        "« Autres présents » (501 caractères) doit tenir en 500.",
        "Les remarques (10001 caractères) doivent tenir en 10000.",
    ]
