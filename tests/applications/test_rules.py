"""The life of an application, who wins of two writers, the ranks: pure rules."""

from typing import Any

import pytest

from traam.applications.rules.depositing import order_faults, receipt_number
from traam.applications.rules.life import APPLICATION_LIFE, ApplicationState
from traam.applications.rules.merging import Reception, decide, order, tab_of
from traam.kit.machines import MoveRefused

S = ApplicationState

# -- the life

PRINTED = {
    "submit": ({S.DRAFT}, S.AWAITING_AGREEMENT),
    "agree": ({S.AWAITING_AGREEMENT}, S.AWAITING_VISA),
    "endorse": ({S.AWAITING_VISA}, S.DEPOSITED),
    "return": ({S.AWAITING_AGREEMENT, S.AWAITING_VISA, S.DEPOSITED}, S.DRAFT),
    "take_back": ({S.AWAITING_AGREEMENT, S.AWAITING_VISA}, S.DRAFT),
    "withdraw": ({S.DRAFT, S.AWAITING_AGREEMENT, S.AWAITING_VISA, S.DEPOSITED}, S.WITHDRAWN),
    "lapse": ({S.DRAFT, S.AWAITING_AGREEMENT, S.AWAITING_VISA}, S.LAPSED),
    "restore": ({S.WITHDRAWN}, S.DRAFT),
    "reopen": ({S.LAPSED, S.DEPOSITED}, S.DRAFT),
}


@pytest.mark.parametrize("state", ApplicationState)
@pytest.mark.parametrize("move", PRINTED)
def test_application_moves_as_printed_from_every_state(state: ApplicationState, move: str) -> None:
    sources, target = PRINTED[move]

    if state in sources:
        assert APPLICATION_LIFE.after(state, move) is target
    else:
        with pytest.raises(MoveRefused):
            APPLICATION_LIFE.after(state, move)
    assert set(APPLICATION_LIFE.moves) == set(PRINTED)


# -- two writers


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"base_version": 2, "given": "neuf"}, Reception.WRITE),
        ({"base_version": 2, "given": "présent"}, Reception.SAME),
        ({"base_version": 1, "given": "présent"}, Reception.SAME),
        ({"base_version": 1, "given": "neuf"}, Reception.RIVAL),
        ({"base_version": 1, "given": "vu", "base": "vu"}, Reception.SAME),
        ({"base_version": 0, "given": None, "base": None}, Reception.RIVAL),
        ({"base_version": 3, "given": "neuf"}, Reception.RIVAL),
        ({"base_version": 3, "given": "neuf", "base": "neuf"}, Reception.RIVAL),
        ({"base_version": 0, "given": "neuf", "own": 1}, Reception.WRITE),
        ({"base_version": 0, "given": "neuf", "own": -1}, Reception.PAST),
        ({"base_version": 2, "given": "neuf", "own": -1}, Reception.PAST),
        ({"base_version": 0, "given": "présent", "own": -1}, Reception.SAME),
    ],
)
def test_text_is_written_put_aside_or_known(given: dict[str, Any], expected: Reception) -> None:
    assert decide(present_version=2, present="présent", **given) is expected


def test_first_text_of_a_field_is_written() -> None:
    found = decide(present_version=0, base_version=0, present=None, given="neuf")

    assert found is Reception.WRITE


@pytest.mark.parametrize(
    ("key", "other", "expected"),
    [
        ("a-2", "a-1", 1),
        ("a-1", "a-2", -1),
        ("a-10", "a-9", 1),
        ("a-1", "a-1", 0),
        ("a-2", "b-1", 0),
        ("2", "1", 0),
        ("-2", "-1", 0),
        ("a-x", "a-1", 0),
        ("", "a-1", 0),
        ("onglet-a.1-12", "onglet-a.1-9", 1),  # the thread's own name may say « - »
        ("onglet-a.1-12", "onglet-a.2-9", 0),
    ],
)
def test_saves_of_one_tab_have_an_order(key: str, other: str, expected: int) -> None:
    assert order(key, other) == expected


def test_tab_is_what_stands_before_the_count() -> None:
    assert [tab_of(key) for key in ("a-b-17", "a-1", "17", "")] == ["a-b", "a", "", ""]


# -- ranks


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (["a", "b"], []),
        (["b"], []),
        (["a", "a"], ["La candidature a est classée 2 fois."]),
        (["c"], ["La candidature c n’est pas à viser ni à classer"]),
    ],
)
def test_ranking_names_each_application_once(order: list[str], words: list[str]) -> None:
    found = order_faults(order, ["a", "b"])

    assert len(found) == len(words)
    assert all(start in sentence for start, sentence in zip(words, found, strict=True))


def test_receipt_bears_the_code_and_the_version() -> None:
    assert receipt_number("2026-2027-09-3", 2) == "2026-2027-09-3/2"
