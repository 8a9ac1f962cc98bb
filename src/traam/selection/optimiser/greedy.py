"""The choice that one would make by hand: by score, whatever the soft rules. The bench's floor."""

from collections import Counter
from collections.abc import Iterable

from traam.selection.optimiser.constraints import broken
from traam.selection.optimiser.instance import Application, Id, Instance


def greedy(instance: Instance) -> frozenset[Id] | None:
    """Imposed applications, then each theme up to its minimum, then all by score while a rule
    does not forbid; equal scores by the academy's order, then id. None where it breaks a rule."""
    tray = _Tray(instance)
    rows = sorted(instance.applications, key=lambda row: (-row.score, row.rank, str(row.id)))
    tray.take(row for row in rows if row.is_imposed)
    minima = {theme.id: theme.minimum for theme in instance.themes}
    tray.take_under(rows, minima)
    tray.take(rows)
    retained = frozenset(tray.taken)
    return None if broken(instance, retained) else retained


class _Tray:
    """What is taken so far, and whether one more may be."""

    def __init__(self, instance: Instance) -> None:
        self.taken: set[Id] = set()
        self._room_of_theme = {row.id: row.maximum for row in instance.themes}
        self._room_of_academy = {row.id: row.maximum for row in instance.academies}
        self._themes: Counter[Id] = Counter()
        self._academies: Counter[Id] = Counter()
        self._enemies: dict[Id, set[Id]] = {}
        for one, other in instance.incompatible:
            self._enemies.setdefault(one, set()).add(other)
            self._enemies.setdefault(other, set()).add(one)

    def take(self, rows: Iterable[Application]) -> None:
        for row in rows:
            if self._may_take(row):
                self.taken.add(row.id)
                self._themes[row.theme] += 1
                self._academies[row.academy] += 1

    def take_under(self, rows: Iterable[Application], minima: dict[Id, int]) -> None:
        for row in rows:
            if self._themes[row.theme] < minima[row.theme]:
                self.take([row])

    def _may_take(self, row: Application) -> bool:
        theme, academy = self._room_of_theme[row.theme], self._room_of_academy[row.academy]
        return (
            row.is_open
            and row.id not in self.taken
            and (theme is None or self._themes[row.theme] < theme)
            and (academy is None or self._academies[row.academy] < academy)
            and not self._enemies.get(row.id, set()) & self.taken
        )
