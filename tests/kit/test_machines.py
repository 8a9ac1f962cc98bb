"""A machine says where each move leads, and refuses the others in French."""

import pytest

from traam.kit.labels import Labelled
from traam.kit.machines import Machine, Move, MoveRefused


class Door(Labelled):
    OPEN = "open", "ouverte"
    SHUT = "shut", "fermée"


LIFE = Machine(
    initial=Door.SHUT,
    moves={
        "open": Move(frozenset({Door.SHUT}), Door.OPEN, "ouvrir"),
        "shut": Move(frozenset({Door.OPEN}), Door.SHUT, "fermer"),
    },
)


@pytest.mark.parametrize("state", Door)
@pytest.mark.parametrize("move", LIFE.moves)
def test_machine_moves_or_refuses_for_every_state_and_move(state: Door, move: str) -> None:
    if move in LIFE.open_moves(state):
        assert LIFE.after(state, move) is LIFE.moves[move].target
    else:
        with pytest.raises(MoveRefused, match="état présent"):
            LIFE.after(state, move)
