"""A mandate: a role, a scope, a period; one's own, or exercised for someone else."""

from dataclasses import dataclass
from datetime import date

from traam.access.place import Codes
from traam.access.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What a person holds. `ends_on` is exclusive, open if None.

    `delegated_by`: the person for whom it is exercised (« suppléance »), None if it is one's own.
    """

    role: Role
    academies: Codes = frozenset()
    disciplines: Codes = frozenset()
    themes: Codes = frozenset()
    teams: Codes = frozenset()
    starts_on: date = date.min
    ends_on: date | None = None
    delegated_by: int | None = None
    key: int | None = None  # of its row, for pages that show it

    def in_force(self, today: date) -> bool:
        """True from its first day to the eve of its end."""
        return self.starts_on <= today and (self.ends_on is None or today < self.ends_on)
