"""Where productions come from: a graph that never loops. Pure.

An edge is (production, source): « this one takes up that one ». Keys are anything hashable.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

Key = Hashable
Edge = tuple[Key, Key]


def _by_first(edges: Iterable[Edge]) -> Mapping[Key, list[Key]]:
    found: dict[Key, list[Key]] = defaultdict(list)
    for first, second in edges:
        found[first].append(second)
    return found


def _reached(start: Key, edges: Iterable[Edge]) -> dict[Key, int]:
    """What can be reached from `start`, itself left out, and in how many steps at least."""
    following, found = _by_first(edges), {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for other in following.get(here, ()):
            if other not in found:
                found[other] = found[here] + 1
                queue.append(other)
    return {key: steps for key, steps in found.items() if key != start}


def ancestors(key: Key, edges: Iterable[Edge]) -> dict[Key, int]:
    """All that it comes from, and at how many generations."""
    return _reached(key, edges)


def descendants(key: Key, edges: Iterable[Edge]) -> dict[Key, int]:
    """All that comes from it, and at how many generations."""
    return _reached(key, [(source, taken) for taken, source in edges])


def would_loop(production: Key, source: Key, edges: Iterable[Edge]) -> bool:
    """Would taking up `source` make `production` come from itself?"""
    return production == source or production in ancestors(source, edges)


def loops(edges: Iterable[Edge]) -> bool:
    """Does anything come from itself? What verification asks of the whole graph."""
    known = list(edges)
    return any(would_loop(taken, source, known) for taken, source in known)


@dataclass(frozen=True, slots=True)
class Placed:
    """A production on the page of a lineage: generations before (negative) or after it."""

    key: Key
    generation: int


def family(key: Key, edges: Iterable[Edge]) -> list[Placed]:
    """The whole lineage of one: its oldest source first, itself, then what took it up."""
    known = list(edges)
    before = [Placed(one, -steps) for one, steps in ancestors(key, known).items()]
    after = [Placed(one, steps) for one, steps in descendants(key, known).items()]
    return sorted([*before, Placed(key, 0), *after], key=lambda one: one.generation)
