"""Life cycles as tables one can print: states, moves, and nothing about any domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from traam.kit.labels import Labelled

State = TypeVar("State", bound=Labelled)


class MoveRefused(Exception):
    """This move does not start from this state; `reasons` says so in French."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Move(Generic[State]):
    """A verb (`label`, in French) that leads from any of `sources` to `target`."""

    sources: frozenset[State]
    target: State
    label: str


@dataclass(frozen=True)
class Machine(Generic[State]):
    """The whole life cycle: where it starts, and its moves by name."""

    initial: State
    moves: Mapping[str, Move[State]]

    def after(self, state: State, move: str) -> State:
        """The state that `move` leads to; raises `MoveRefused`, and KeyError on an unknown move."""
        step = self.moves[move]
        if state not in step.sources:
            expected = " ou ".join(f"« {source.label} »" for source in sorted(step.sources))
            raise MoveRefused(
                [f"« {step.label} » demande l’état {expected} (état présent : « {state.label} »)."]
            )
        return step.target

    def open_moves(self, state: State) -> list[str]:
        """The names of the moves that may start from `state`: the buttons to show."""
        return [name for name, move in self.moves.items() if state in move.sources]
