"""Reading free words against a vocabulary: what is known, what is only a remark, what is not read.

Nothing is lost: each word of the text is behind a term, a remark or an unread piece.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from traam.reference.rules.facts import REMARK, TermFacts
from traam.reference.rules.text import Piece, pieces

# The small words of French that join or introduce the others, folded.
LINKS = frozenset(
    (
        *("a", "au", "aux", "avec", "classe", "classes", "d", "de", "des", "du", "en", "et"),
        *("jusqu", "l", "la", "le", "les", "niveau", "niveaux", "ou", "pour", "puis", "que"),
        *("un", "une"),
    )
)
RANGE = frozenset({"a", "au", "aux", "jusqu", "-"})  # « de la 2de à la terminale », « 6e-3e »
GENERAL = "general"
COMMON = ""  # the path of the levels before the lycée


@dataclass(frozen=True, slots=True)
class Known:
    """A term as the readers see it: with the vocabulary it belongs to."""

    scheme: str
    term: TermFacts


@dataclass(frozen=True, slots=True)
class Words:
    """What was read of one text, in its order."""

    known: tuple[Known, ...]
    notes: tuple[str, ...]
    unread: tuple[str, ...]


Phrases = Mapping[str, Known]


def read_words(text: str, phrases: Phrases, *, longest: int) -> Words:
    """Every term named in the text. An aside that is a term is read too: « Lettres (latin) »."""
    return _sorted_out(text, pieces(text, phrases, longest=longest, links=LINKS))


def _sorted_out(text: str, read: Sequence[Piece[Known]]) -> Words:
    known = [piece.found for piece in read if piece.found and not _is_remark(piece.found)]
    notes = [piece.text for piece in read if piece.found and _is_remark(piece.found)]
    unread = [piece.text for piece in read if piece.found is None]
    if not read and text.strip():
        unread = [text.strip()]  # small words or marks alone: kept all the same
    return Words(_once(known), tuple(dict.fromkeys(notes)), tuple(dict.fromkeys(unread)))


def _is_remark(known: Known) -> bool:
    return known.term.status == REMARK


def _once(known: Iterable[Known]) -> tuple[Known, ...]:
    return tuple({(each.scheme, each.term.code): each for each in known}.values())


class LevelReader:
    """Reads « cycle 4 à Terminale », « CM2 (cycle 3) », « 4e SEGPA » into levels.

    `levels`: the terms of the levels by code, in the school's order; their `facts` may hold
    `step` (place in the school's order) and `path`, or `levels` (what a group is made of).
    """

    def __init__(self, *, phrases: Phrases, longest: int, levels: Mapping[str, TermFacts]) -> None:
        self.phrases, self.longest, self.levels = phrases, longest, levels

    def read(self, text: str) -> Words:
        """The levels named, ranges filled; `known` also keeps the groups and cycles as named.

        An aside after a level specifies it and adds nothing: it becomes a note.
        """
        read = pieces(text, self.phrases, longest=self.longest, links=LINKS)
        plain = [piece for piece in read if not (piece.aside and piece.found)]
        asides = tuple(piece.text for piece in read if piece.aside and piece.found)
        if not any(piece.found for piece in plain):
            return _sorted_out(text, read)
        words = _sorted_out(text, plain)
        notes = tuple(dict.fromkeys((*words.notes, *asides)))
        return Words(words.known + self._between(plain), notes, words.unread)

    def members(self, known: Known) -> tuple[str, ...]:
        """The codes of the levels that a word stands for: itself, or those of its group."""
        inside = known.term.facts.get("levels")
        return tuple(inside) if inside else (known.term.code,)

    def _between(self, read: Sequence[Piece[Known]]) -> tuple[Known, ...]:
        filled: list[Known] = []
        for before, after in pairwise(read):
            if before.found and after.found and RANGE.intersection(after.links):
                filled += self._range(before.found, after.found)
        return tuple(filled)

    def _range(self, first: Known, last: Known) -> list[Known]:
        """The levels strictly between two words, on the path of the second."""
        starts, ends = self._steps(first), self._steps(last)
        if not starts or not ends:
            return []
        path = self._path(last) or self._path(first) or GENERAL
        return [
            Known("levels", level)
            for level in self.levels.values()
            if min(starts) < level.facts.get("step", 0) < max(ends)
            and level.facts.get("path", COMMON) in (COMMON, path)
        ]

    def _steps(self, known: Known) -> list[int]:
        inside = (self.levels.get(code) for code in self.members(known))
        return [level.facts["step"] for level in inside if level and "step" in level.facts]

    def _path(self, known: Known) -> str:
        """The path of the word's highest level, empty when it has none."""
        codes = self.members(known)
        level = self.levels.get(codes[-1]) if codes else None
        return str(level.facts.get("path", COMMON)) if level else COMMON
