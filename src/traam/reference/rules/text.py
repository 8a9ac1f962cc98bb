"""Folding: what makes two writings of a word the same; and finding known phrases in free text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

Found = TypeVar("Found")

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_KEPT = "+#"  # C++, C#


def _character(character: str) -> str:
    if character.isalnum() or character in _KEPT:
        return character
    return "" if unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf") else " "


def _fold_once(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    return " ".join("".join(map(_character, unicodedata.normalize("NFKD", flat))).split())


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text without case, accents, ligatures or punctuation: « L’Œuvre » gives « l oeuvre ».

    Folding what is folded changes nothing.
    """
    while (folded := _fold_once(text)) != text:  # some letters need two passes
        text = folded
    return folded


_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")  # a word, or one mark
_CUTS = frozenset(",;:|/.!?()[]\u2026")  # marks that no phrase crosses
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212\u2192")
_ENTRIES = re.compile(r"[;|\n]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word (`folded`) or a mark (`folded` is empty), and its place in the text."""

    folded: str
    mark: str
    start: int
    end: int
    aside: bool  # between parentheses


@dataclass(frozen=True, slots=True)
class Piece(Generic[Found]):
    """A known phrase (`found`), or a run of words that nobody knows (`found` is None).

    `links`: the small words and marks between the piece before and this one: « à », « et », « - ».
    """

    text: str
    found: Found | None
    links: tuple[str, ...]
    aside: bool


def tokens(text: str) -> list[Token]:
    """The words and marks of the text, in order."""
    made, depth = [], 0
    for match in _TOKEN.finditer(text):
        raw = match.group()
        folded = fold(raw) if raw[0].isalnum() else ""
        depth += raw == "("
        made.append(Token(folded, raw, match.start(), match.end(), depth > 0))
        depth -= raw == ")" and depth > 0
    return made


def pieces(
    text: str, phrases: Mapping[str, Found], *, longest: int, links: frozenset[str]
) -> list[Piece[Found]]:
    """The text cut into known phrases, the longest first, and the runs of unknown words between.

    `phrases`: by folded text; an entry (between « ; » or « | ») that is one phrase is taken whole.
    `longest`: how many words the longest phrase has; `links`: small words that mean nothing alone.
    Every word of the text is in a piece or in the links of one, but for those after the last.
    """
    made: list[Piece[Found]] = []
    for entry in _ENTRIES.split(unicodedata.normalize("NFC", text)):
        whole = phrases.get(fold(entry))
        if whole is not None:
            made.append(Piece(entry.strip(), whole, (";",), aside=False))
        else:
            made += _Cutter(entry, phrases, longest, links).run()
    return made


class _Cutter(Generic[Found]):
    """One pass over one entry."""

    def __init__(
        self, text: str, phrases: Mapping[str, Found], longest: int, links: frozenset[str]
    ) -> None:
        self.text, self.phrases, self.longest, self.links = text, phrases, longest, links
        self.tokens = tokens(text)
        self.made: list[Piece[Found]] = []
        self.unknown: list[Token] = []  # the run of unknown words being gathered
        self.between: list[str] = [";"]  # links and marks since the last piece

    def run(self) -> list[Piece[Found]]:
        place = 0
        while place < len(self.tokens):
            size, found = self._phrase(place)
            if found is not None:
                self._flush()
                self._add(self.tokens[place : place + size], found)
            else:
                self._pass(self.tokens[place])
            place += max(size, 1)
        self._flush()
        return self.made

    def _phrase(self, place: int) -> tuple[int, Found | None]:
        """The longest phrase that starts here: its tokens' number, what it is (0, None: none)."""
        best: tuple[int, Found | None] = (0, None)
        words: list[str] = []
        if not self.tokens[place].folded:
            return best
        for size, token in enumerate(self.tokens[place:], start=1):
            if token.mark in _CUTS or len(words) == self.longest:
                break
            if token.folded:
                words.append(token.folded)
                found = self.phrases.get(" ".join(words))
                best = (size, found) if found is not None else best
        return best

    def _pass(self, token: Token) -> None:
        """An unknown word joins the run; a small word or a mark stands between the pieces."""
        if token.folded and (self.unknown or token.folded not in self.links):
            self.unknown.append(token)
            return
        if token.mark in _CUTS:
            self._flush()
        if not self.unknown:
            self.between.append(token.folded or ("-" if token.mark in _DASHES else token.mark))

    def _flush(self) -> None:
        """Ends the run of unknown words; the small words at its end go back between the pieces."""
        run, self.unknown = self.unknown, []
        after: list[str] = []
        while run and run[-1].folded in self.links:
            after.insert(0, run.pop().folded)
        if run:
            self._add(run, None)
        self.between += after

    def _add(self, run: list[Token], found: Found | None) -> None:
        text = self.text[run[0].start : run[-1].end]
        self.made.append(Piece(text, found, tuple(self.between), run[0].aside))
        self.between = []
