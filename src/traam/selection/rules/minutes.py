"""What people type of a session before its minutes are written: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from traam.kit.text import plural

COUNT_MAX = 99
OTHERS_MAX = 500  # characters
REMARKS_MAX = 10_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who was there, by function, on which day, and what else must be kept (Markdown)."""

    held_on: date | None = None
    experts: int = 0
    inspectors: int = 0
    pilots: int = 0
    others: str = ""
    remarks: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Session":
        """From its stored form."""
        day = data.get("held_on")
        rest = {name: data[name] for name in cls._names() if name in data}
        return cls(held_on=date.fromisoformat(day) if day else None, **rest)

    @staticmethod
    def _names() -> tuple[str, ...]:
        return ("experts", "inspectors", "pilots", "others", "remarks")

    def as_data(self) -> dict[str, Any]:
        """What `read` reads back: plain values, for JSON."""
        made: dict[str, Any] = {name: getattr(self, name) for name in self._names()}
        made["held_on"] = self.held_on.isoformat() if self.held_on else ""
        return made

    def present(self) -> list[str]:
        """« Expertise DNE : 2 personnes », by function; what nobody held is left out."""
        found = [
            f"{label} : {plural(count, 'personne')}"
            for label, count in (
                ("Expertise DNE", self.experts),
                ("Inspection générale", self.inspectors),
                ("Pilotage national", self.pilots),
            )
            if count
        ]
        return [*found, *([self.others.strip()] if self.others.strip() else [])]

    def faults(self) -> list[str]:
        """What cannot be written so, in French."""
        found = []
        for label, count in (
            ("Expertise DNE", self.experts),
            ("Inspection générale", self.inspectors),
            ("Pilotage national", self.pilots),
        ):
            if not 0 <= count <= COUNT_MAX:
                found.append(f"« {label} » (reçu : {count}) va de 0 à {COUNT_MAX}.")
        if len(self.others) > OTHERS_MAX:
            found.append(
                f"« Autres présents » ({len(self.others)} caractères) doit tenir en {OTHERS_MAX}."
            )
        if len(self.remarks) > REMARKS_MAX:
            found.append(
                f"Les remarques ({len(self.remarks)} caractères) doivent tenir en {REMARKS_MAX}."
            )
        return found
