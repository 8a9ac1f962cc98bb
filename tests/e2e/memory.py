"""What was typed in a random walk, and what of it is lost: plain Python, beside any browser.

Each edit puts a mark of its own in the text, « ⟦12⟧ ». A mark is safe where someone can still read
it, or where its author, who had it under the eyes, wrote another in its place that is safe itself.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

MARK = re.compile(r"⟦(\d+)⟧")
GRACE = 3000  # milliseconds: what was typed since may go with the page


def mark(number: int) -> str:
    return f"⟦{number}⟧"


def marks(*texts: str) -> set[int]:
    """The edits that can be read in these texts."""
    return {int(one) for text in texts for one in MARK.findall(text)}


@dataclass
class Memory:
    """Who typed what, when by the browser's clock, and in the place of what."""

    typed: dict[int, float] = field(default_factory=dict)  # by mark: when
    place: dict[int, object] = field(default_factory=dict)  # by mark: the tab
    after: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    excused: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)

    def note(self, tab: object, *, over: str, text: str, at: float) -> None:
        """In this tab, `text` has taken the place of `over`."""
        new, gone = marks(text) - marks(over), marks(over) - marks(text)
        for one in new - set(self.typed):
            self.typed[one], self.place[one] = at, tab
        for one in gone:
            self.after[one] |= new
            if not new:
                self.dropped.add(one)  # taken back

    def die(self, tab: object, *, at: float) -> None:
        """The tab is no more: what was typed in it just before may be lost."""
        since = (one for one, when in self.typed.items() if when > at - GRACE)
        self.excused |= {one for one in since if self.place[one] == tab}

    def lost(self, found: set[int], *, at: float) -> list[int]:
        """The marks typed long enough before, that neither are found nor gave way knowingly."""
        safe = self._safe(found)
        old = (one for one, when in self.typed.items() if when <= at - GRACE)
        return sorted(one for one in old if one not in safe and one not in self.excused)

    def _safe(self, found: set[int]) -> set[int]:
        before = defaultdict(set)
        for one, others in self.after.items():
            for other in others:
                before[other].add(one)
        safe, waiting = set(), list(found | self.dropped)
        while waiting:
            one = waiting.pop()
            if one not in safe:
                safe.add(one)
                waiting += before[one]
        return safe
