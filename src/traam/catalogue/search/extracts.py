"""The piece of a summary around the words that were found, escaped, with these words marked."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

from traam.catalogue.search import words

LENGTH = 240  # characters shown
_WRITTEN = {"a": "aàâäæ", "c": "cç", "e": "eéèêë", "i": "iîï", "o": "oôöœ", "u": "uùûü", "y": "yÿ"}
_PATTERNS = 4096  # sets of first letters whose pattern is kept
_BEFORE = 60  # characters shown before the first word found


class Marks:
    """Which words of a text, as displayed, are those that were found."""

    def __init__(self, stems: frozenset[str], prefix: str) -> None:
        self._stems = stems
        self._prefix = prefix
        self._candidates = _beginning_with(frozenset(prefix[:1]).union(stem[0] for stem in stems))
        self._seen: dict[str, bool] = {}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The places of these words."""
        return [match.span() for match in self._candidates.finditer(text) if self._is(match[0])]

    def _is(self, word: str) -> bool:
        if word not in self._seen:
            found = any(stem in self._stems for stem in words.stems(word))
            if not found and self._prefix:
                found = any(one.startswith(self._prefix) for one in words.folded(word))
            self._seen[word] = found
        return self._seen[word]


@lru_cache(maxsize=_PATTERNS)
def _beginning_with(initials: frozenset[str]) -> re.Pattern[str]:
    """The words that begin with one of these letters, whatever their accents: a stem keeps its
    first letter, so that few words need be looked at."""
    letters = "".join(sorted(_WRITTEN.get(letter, letter) for letter in initials))
    # The letter before is looked at last: twice as fast.
    return re.compile(rf"[{letters}{letters.upper()}](?<!\w.)\w*")


def extract(text: str, marks: Marks) -> Markup:
    """At most some `LENGTH` characters, cut between words; « … » where something is left out."""
    found = marks.spans(text)
    start, end = _window(text, found[0][0] if found else 0)
    pieces: list[str] = ["… "] if start else []
    done = start
    for first, last in found:
        if start <= first and last <= end:
            pieces += [escape(text[done:first]), f"<mark>{escape(text[first:last])}</mark>"]
            done = last
    pieces += [escape(text[done:end]), " …" if end < len(text) else ""]
    return Markup("".join(pieces))  # noqa: S704 (each piece of text is escaped)


def beginning(text: str) -> Markup:
    """What is shown when no word was asked."""
    _, end = _window(text, 0)
    return escape(text[:end] + (" …" if end < len(text) else ""))


def _window(text: str, first: int) -> tuple[int, int]:
    """The bounds of the piece that shows what begins at `first`, on words' edges if it can."""
    if len(text) <= LENGTH:
        return 0, len(text)
    start = 0
    if first >= LENGTH - _BEFORE:
        space = text.find(" ", first - _BEFORE, first)
        start = first if space < 0 else space + 1
    if start + LENGTH >= len(text):
        return start, len(text)
    end = text.rfind(" ", start + LENGTH // 2, start + LENGTH)
    return start, start + LENGTH if end < 0 else end
