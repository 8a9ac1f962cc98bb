"""Two people who write the same text at once: three texts in, one out, and no line typed is lost.

Works on lines: a paragraph changed by one of them alone is taken as they left it; where both
changed the same place, what each wrote is kept, one after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Lines = Sequence[str]
Slice = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Merged:
    """The text to keep; `clashes`: in how many places both had written, and both texts follow."""

    text: str
    clashes: int = 0


def merge(*, base: str, present: str, given: str) -> Merged:
    """`base`: the text that `given` was typed from; `present`: what it has become since."""
    if given in (base, present):
        return Merged(present)
    if present == base:
        return Merged(given)
    pieces, clashes = [], 0
    texts = (base.split("\n"), present.split("\n"), given.split("\n"))
    for was, one, other in _chunks(*texts):
        piece, clashed = _resolved(was, one, other)
        pieces += piece
        clashes += clashed
    return Merged("\n".join(pieces), clashes)


def _resolved(was: Lines, one: Lines, other: Lines) -> tuple[list[str], bool]:
    if one == other or other == was:
        return list(one), False
    if one == was:
        return list(other), False
    if one[: len(other)] == other:  # the one holds the other already
        return list(one), False
    if other[: len(one)] == one:
        return list(other), False
    return [*one, *other], True


def _chunks(base: Lines, one: Lines, other: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """The three texts cut at the lines that none has changed: by turns what differs, what is
    shared."""
    at = (0, 0, 0)
    for start, first, second, size in [*_shared(base, one, other), (-1, -1, -1, 0)]:
        ends = (start, first, second) if size else (len(base), len(one), len(other))
        yield base[at[0] : ends[0]], one[at[1] : ends[1]], other[at[2] : ends[2]]
        at = (ends[0] + size, ends[1] + size, ends[2] + size)
        if size:
            same = base[start : start + size]
            yield same, same, same


def _shared(base: Lines, one: Lines, other: Lines) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that the three texts share: where each begins in them, how many lines."""
    first, second = _matches(base, one), _matches(base, other)
    line = 0
    while line < len(base):
        size = 0
        while _follows(first, line, size) and _follows(second, line, size):
            size += 1
        if size:
            yield line, first[line], second[line], size
        line += size or 1


def _follows(matches: dict[int, int], line: int, size: int) -> bool:
    return matches.get(line + size, -1) == matches.get(line, -2) + size


def _matches(base: Lines, text: Lines) -> dict[int, int]:
    """By line of the base, the line of the text that is the same one."""
    blocks = SequenceMatcher(None, base, text, autojunk=False).get_matching_blocks()
    return {a + n: b + n for a, b, size in blocks for n in range(size)}
