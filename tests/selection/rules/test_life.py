"""The states of a review, of a decision and of an academy's part: every state, every move."""

import pytest

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, MoveRefused
from traam.selection.rules.life import (
    DECISION_LIFE,
    PARTICIPATION_LIFE,
    REVIEW_LIFE,
    DecisionKind,
    DecisionState,
    DeclineReason,
    ParticipationState,
    ReviewState,
    announcement_faults,
    decision_faults,
    first_participation,
    reserve_faults,
)

PRINTED: dict[str, tuple[Machine, type[Labelled], dict[str, tuple[set[str], str]]]] = {
    "review": (
        REVIEW_LIFE,
        ReviewState,
        {
            "begin": ({"assigned"}, "begun"),
            "submit": ({"begun"}, "submitted"),
            "decline": ({"assigned", "begun"}, "declined"),
            "reopen": ({"submitted"}, "begun"),
            "assign_again": ({"declined"}, "assigned"),
        },
    ),
    "decision": (
        DECISION_LIFE,
        DecisionState,
        {"announce": ({"prepared"}, "announced"), "take_back": ({"announced"}, "prepared")},
    ),
    "participation": (
        PARTICIPATION_LIFE,
        ParticipationState,
        {
            "launch": ({"retained"}, "launched"),
            "complete": ({"launched"}, "completed"),
            "withdraw": ({"retained", "launched"}, "withdrawn"),
            "call": ({"reserve"}, "called"),
            "accept": ({"called"}, "retained"),
            "decline": ({"reserve", "called"}, "declined"),
            "let_pass": ({"called"}, "lapsed"),
            "take_back_launch": ({"launched"}, "retained"),
            "reopen": ({"completed"}, "launched"),
            "reinstate": ({"withdrawn"}, "retained"),
            "take_back_call": ({"called"}, "reserve"),
            "call_again": ({"declined", "lapsed"}, "called"),
            "put_back": ({"declined", "lapsed"}, "reserve"),
        },
    ),
}


@pytest.mark.parametrize("life", PRINTED)
def test_life_moves_as_printed_from_every_state(life: str) -> None:
    machine, states, printed = PRINTED[life]

    assert machine.moves.keys() == printed.keys()
    for state in states:
        for move, (sources, target) in printed.items():
            if state.value in sources:
                assert machine.after(state, move).value == target
            else:
                with pytest.raises(MoveRefused):
                    machine.after(state, move)


@pytest.mark.parametrize("life", PRINTED)
def test_life_never_ends_where_no_move_starts(life: str) -> None:
    machine, states, _ = PRINTED[life]

    assert [state.value for state in states if not machine.open_moves(state)] == []


@pytest.mark.parametrize(
    ("machine", "initial"),
    [(REVIEW_LIFE, "assigned"), (DECISION_LIFE, "prepared"), (PARTICIPATION_LIFE, "retained")],
)
def test_life_starts_at_its_first_state(machine: Machine, initial: str) -> None:
    assert machine.initial.value == initial


def test_applicants_read_their_own_words() -> None:
    other_words = {
        state.value: state.public_label
        for states in (ReviewState, DecisionKind, DecisionState, ParticipationState)
        for state in states
        if state.public_label != state.label
    }

    assert other_words == {
        "reserve": "sur liste complémentaire",
        "prepared": "candidature à l’étude",
        "called": "retenue, réponse attendue",
    }


def test_reviewers_decline_for_three_reasons() -> None:
    assert [reason.value for reason in DeclineReason] == ["conflict", "time", "other"]


@pytest.mark.parametrize(
    ("kind", "rank", "faults"),
    [
        ("retained", None, []),
        ("reserve", 1, []),
        ("reserve", 12, []),
        ("not_retained", None, []),
        (
            "reserve",
            None,
            ["Le rang en réserve (reçu : aucun) doit être un nombre à partir de 1."],
        ),
        ("reserve", 0, ["Le rang en réserve (reçu : 0) doit être un nombre à partir de 1."]),
        (
            "retained",
            2,
            ["Le rang en réserve (reçu : 2) n’a pas lieu d’être : la décision est « retenue »."],
        ),
        (
            "not_retained",
            0,
            [
                "Le rang en réserve (reçu : 0) n’a pas lieu d’être : la décision est "
                "« non retenue ».",
            ],
        ),
    ],
)
def test_decision_has_a_rank_in_the_reserve_and_there_only(
    kind: str, rank: int | None, faults: list[str]
) -> None:
    assert decision_faults(kind=DecisionKind(kind), rank=rank) == faults


@pytest.mark.parametrize("kind", DecisionKind)
@pytest.mark.parametrize("reason", ["", "  ", "Protocole absent."])
def test_refusal_gives_its_reason_before_it_is_announced(kind: DecisionKind, reason: str) -> None:
    expected = (
        ["Le motif manque : une décision « non retenue » se motive avant d’être annoncée."]
        if kind is DecisionKind.NOT_RETAINED and not reason.strip()
        else []
    )

    assert announcement_faults(kind=kind, reason=reason) == expected


@pytest.mark.parametrize("ranks", [[], [1], [2, 1], [3, 1, 2]])
def test_reserve_is_right_when_its_ranks_follow(ranks: list[int]) -> None:
    assert reserve_faults(ranks) == []


@pytest.mark.parametrize(
    ("ranks", "fault"),
    [
        ([2], "Les rangs de la réserve (reçu : 2) doivent être : 1."),
        (
            [2, 2, 1],
            "Les rangs de la réserve (reçu : 1, 2, 2) doivent être : 1 à 3, chacun une fois.",
        ),
        ([1, 3], "Les rangs de la réserve (reçu : 1, 3) doivent être : 1 à 2, chacun une fois."),
    ],
)
def test_reserve_names_its_ranks_when_they_do_not_follow(ranks: list[int], fault: str) -> None:
    assert reserve_faults(ranks) == [fault]


def test_decision_opens_a_part_unless_not_retained() -> None:
    opened = {kind.value: first_participation(kind) for kind in DecisionKind}

    assert opened == {"retained": "retained", "reserve": "reserve", "not_retained": None}
