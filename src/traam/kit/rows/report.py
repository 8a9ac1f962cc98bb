"""What became of each row of a file, and the row as it was read."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from traam.kit.labels import Labelled

Value = str | tuple[str, ...] | bool | int | None


class Outcome(Labelled):
    """What became of one row."""

    TAKEN = "taken", "prise"
    MENDED = "mended", "prise avec réparation"
    REFUSED = "refused", "refusée"
    UNCHANGED = "unchanged", "inchangée"


@dataclass(frozen=True, slots=True)
class RowResult:
    """The outcome of row number `row` (from 1), and why, in French sentences."""

    row: int
    outcome: Outcome
    reasons: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """`{"row": 1, "outcome": "taken", "reasons": […]}`."""
        return {"row": self.row, "outcome": self.outcome.value, "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True)
class Report:
    """One result for each row given, in the order of the file."""

    rows: tuple[RowResult, ...]

    def counts(self) -> dict[Outcome, int]:
        """How many rows had each outcome; every outcome is there, zero included."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome: counted[outcome] for outcome in Outcome}

    def as_data(self) -> dict[str, Any]:
        """`{"rows": [{"row": 1, "outcome": "taken", "reasons": […]}]}`."""
        return {"rows": [row.as_data() for row in self.rows]}


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as read: a value for every declared column, what was mended, why it is refused."""

    number: int
    values: Mapping[str, Value]
    mended: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain JSON values; `from_data` gives the same row back."""
        values = {key: list(v) if isinstance(v, tuple) else v for key, v in self.values.items()}
        return {
            "number": self.number,
            "values": values,
            "mended": list(self.mended),
            "refused": list(self.refused),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The row that `as_data` wrote."""
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in data["values"].items()}
        return cls(data["number"], values, tuple(data["mended"]), tuple(data["refused"]))

    def text(self, name: str) -> str:
        """The text of this column, « » when it is empty."""
        value = self.values[name]
        return value if isinstance(value, str) else ""

    def words(self, name: str) -> tuple[str, ...]:
        value = self.values[name]
        return value if isinstance(value, tuple) else ()

    def flag(self, name: str) -> bool | None:
        """True, False, or None when nothing was given."""
        value = self.values[name]
        return value if isinstance(value, bool) else None

    def count(self, name: str) -> int | None:
        value = self.values[name]
        return value if isinstance(value, int) and not isinstance(value, bool) else None
