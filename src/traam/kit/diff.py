"""What changed between two texts, word by word; long texts are compared paragraph by paragraph."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, groupby, zip_longest
from typing import Literal

Kind = Literal["same", "removed", "added"]

WORDS_MAX = 1_000  # words or paragraphs compared at once: beyond, no order is sought in them
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text. The same and the removed ones make the text before, the same and the added
    ones the text after."""

    kind: Kind
    text: str


def words(before: str, after: str) -> tuple[Run, ...]:
    """The runs that lead from a text to another; a change reads « removed, then added »."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return tuple(_joined(_paragraphs(old, new)))


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    start, end = _common_ends(old, new)
    yield Run("same", "".join(old[:start]))
    yield from _rewritten(old[start : len(old) - end], new[start : len(new) - end])
    yield Run("same", "".join(old[len(old) - end :]))


def _rewritten(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Paragraphs kept in between; those of a text longer than reason are paired in their order."""
    steps = [("replace", 0, len(old), 0, len(new))]
    if max(len(old), len(new)) <= WORDS_MAX:
        steps = SequenceMatcher(None, old, new).get_opcodes()  # type: ignore[assignment]
    for kind, i1, i2, j1, j2 in steps:
        if kind == "equal":
            yield Run("same", "".join(old[i1:i2]))
        elif len(_tokens(old[i1:i2])) + len(_tokens(new[j1:j2])) <= 2 * WORDS_MAX:
            yield from _compared("".join(old[i1:i2]), "".join(new[j1:j2]))
        else:
            for one, other in zip_longest(old[i1:i2], new[j1:j2], fillvalue=""):
                yield from _compared(one, other)


def _tokens(texts: Iterable[str]) -> list[str]:
    return list(chain.from_iterable(map(_WORD.findall, texts)))


def _compared(before: str, after: str) -> Iterator[Run]:
    """Word by word; spaces never anchor a match, they only follow one."""
    old, new = _tokens([before]), _tokens([after])
    start, end = _common_ends(old, new)
    yield Run("same", "".join(old[:start]))
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(middle), len(other)) > WORDS_MAX:
        yield from (Run("removed", "".join(middle)), Run("added", "".join(other)))
    else:
        yield from _matched(middle, other)
    yield Run("same", "".join(old[len(old) - end :]))


def _matched(old: list[str], new: list[str]) -> Iterator[Run]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(str.isspace, old, new).get_opcodes():
        if kind == "equal":
            yield Run("same", "".join(old[i1:i2]))
        else:
            yield from (Run("removed", "".join(old[i1:i2])), Run("added", "".join(new[j1:j2])))


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many words both begin with, then how many of the others both end with."""
    shortest = min(len(old), len(new))
    start = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    rest = shortest - start
    return start, next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Changes side by side, or that a mere space parts, are one: removed, then added."""
    removed = added = space = ""
    told = (run for run in runs if run.text)
    for is_same, group in groupby(told, key=lambda run: run.kind == "same"):
        pieces = list(group)
        text = _texts(pieces, "same")
        if not is_same:
            removed += space + _texts(pieces, "removed")
            added += space + _texts(pieces, "added")
            space = ""
        elif (removed or added) and text.isspace() and "\n" not in text:
            space = text
        else:
            yield from (*_change(removed, added), Run("same", text))
            removed = added = ""
    yield from (*_change(removed, added), *([Run("same", space)] if space else []))


def _texts(runs: Iterable[Run], kind: Kind) -> str:
    return "".join(run.text for run in runs if run.kind == kind)


def _change(removed: str, added: str) -> Iterator[Run]:
    if removed:
        yield Run("removed", removed)
    if added:
        yield Run("added", added)
