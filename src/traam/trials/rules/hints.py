"""What may be a pupil's name or a word of health: a hint to whoever writes, never a refusal."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from traam.kit.labels import Labelled
from traam.trials.rules import lexicon


class Doubt(Labelled):
    """What a word may be."""

    NAME = "name", "un nom de personne"
    HEALTH = "health", "un mot de santé"


@dataclass(frozen=True, slots=True)
class Hint:
    """A word of the text, as it is written there."""

    kind: Doubt
    words: str


_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_TITLES = frozenset({"m", "mme", "mlle", "mr", "monsieur", "madame", "mademoiselle"})
_CALLED = frozenset(
    {"prenomme", "prenommee", "nomme", "nommee", "appele", "appelee", "surnomme", "surnommee"}
)
_PUPIL = frozenset({"eleve", "eleves", "camarade", "copain", "copine", "frere", "soeur", "delegue"})
_BESIDE = frozenset({"avec", "chez", "pour", "contre", "par", "a", "de", "que", "et", "d", "qu"})

_END = ".!?:;\n"
_HEALTH = re.compile("|".join(lexicon.HEALTH))
_NOT_HEALTH = re.compile("|".join(lexicon.NOT_HEALTH))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, folded, and what surrounds it."""

    text: str
    start: int
    before: str  # the punctuation that comes just before
    is_first: bool  # of its sentence

    @property
    def plain(self) -> str:
        return _fold(self.text)

    @property
    def is_capital(self) -> bool:
        """« Léa », « Jean-Paul »; not « TICE », nor « GeoGebra »."""
        return all(part[:1].isupper() and part[1:] == part[1:].lower() for part in self.parts)

    @property
    def is_known(self) -> bool:
        """Is one of its parts a first name that we know?"""
        return any(_fold(part) in lexicon.FIRST_NAMES for part in self.parts)

    @property
    def parts(self) -> list[str]:
        return [part for part in re.split(r"[-’']", self.text) if part]


def hints(text: str) -> list[Hint]:
    """What may be a name or a word of health, each once, names first."""
    found = [Hint(Doubt.NAME, name) for name in _names(_words(text))]
    found += [Hint(Doubt.HEALTH, word) for word in _health(text)]
    return list(dict.fromkeys(found))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(each for each in plain if not unicodedata.combining(each))


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        start, written = match.span()[0], match.group()
        if elided := re.match(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’'](?=.)", written, re.I):
            start, written = start + elided.end(), written[elided.end() :]
        before = text[end:start]
        found.append(_Word(written, start, before, not found or any(e in before for e in _END)))
        end = match.end()
    return found


def _names(words: list[_Word]) -> Iterator[str]:
    for rank, word in enumerate(words):
        if not word.text[:1].isupper() or len(word.text) < 2:
            continue
        near = words[max(rank - 2, 0) : rank]
        after = words[rank + 1] if rank + 1 < len(words) else None
        if _is_name(word, near, after):
            yield word.text


def _is_name(word: _Word, near: list[_Word], after: _Word | None) -> bool:
    previous = near[-1].plain if near and not (word.is_first and word.before.strip(" .")) else ""
    if not word.is_capital or _is_of_a_work(near, word, after):
        return False
    if previous in _TITLES or previous in _CALLED:
        return True
    if previous in _PUPIL and not word.is_first:
        return True
    if word.is_known:
        return _is_first_name(word, previous, after)
    return False


def _is_of_a_work(near: list[_Word], word: _Word, after: _Word | None) -> bool:
    """A school, a theorem, a king: « collège Jean Moulin », « Louis XIV », « Pascal » the unit."""
    if word.plain in lexicon.FAMOUS and any(one.plain in lexicon.PLACES_BEFORE for one in near):
        return True
    if after is not None and (
        after.plain in lexicon.FAMOUS or re.fullmatch(r"[IVX]+|Ier", after.text)
    ):
        return True
    if word.plain in lexicon.FAMOUS and near and near[-1].is_capital and near[-1].is_known:
        return True  # « Victor Hugo »
    return any(one.plain in lexicon.PLACES_BEFORE for one in near)


def _is_first_name(word: _Word, previous: str, after: _Word | None) -> bool:
    if word.plain not in lexicon.DOUBTFUL:
        return True
    if after is not None and not after.is_first and after.plain in lexicon.SAYS:
        return True
    return previous in _BESIDE and not word.is_first


def _health(text: str) -> Iterator[str]:
    plain = _fold(text)
    spared = [match.span() for match in _NOT_HEALTH.finditer(plain)]
    for match in _HEALTH.finditer(plain):
        start, end = match.span()
        if not any(first <= start and end <= last for first, last in spared):
            yield text[start:end] if len(plain) == len(text) else match.group()
