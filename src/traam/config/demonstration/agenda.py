"""A simulated clock: deeds are put down at their instants, then replayed in the order of time."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

Deed = Callable[[datetime], None]


class Agenda:
    """Deeds by instant; a deed may put down others, later ones."""

    def __init__(self) -> None:
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._order = count()

    def at(self, when: datetime, deed: Deed) -> None:
        """This will be done then; of two at the same instant, the first put down comes first."""
        heapq.heappush(self._deeds, (when, next(self._order), deed))

    def replay(self, until: datetime) -> None:
        """Do all that comes before this instant, each with its own `now`."""
        while self._deeds and self._deeds[0][0] < until:
            when, _, deed = heapq.heappop(self._deeds)
            deed(when)


def after(start: datetime, *, days: float = 0, hours: float = 0) -> datetime:
    """So long after."""
    return start + timedelta(days=days, hours=hours)
