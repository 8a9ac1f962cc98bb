"""Corrections of a query that finds nothing: a symmetric-delete dictionary over the words of the
index (each word is filed under itself and under itself less one letter; what was typed is looked up
less up to two), so that a look-up costs the same whatever the number of words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, pairwise
from threading import Lock

from traam.catalogue.search import words
from traam.catalogue.search.live import View
from traam.catalogue.search.request import Request

LETTERS_MIN = 4  # shorter words, often initials, are not corrected
_CANDIDATES = 3  # corrections kept for one word
_TRIED = 8  # queries tried
_PROPOSALS = 3  # queries proposed
_SOUNDS = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        *(("ph", "f"), ("qu|ck|ch(?=[lr])|c(?![eiyh])", "k"), ("c(?=[eiy])|sc(?=[eiy])", "s")),
        *(("e?au", "o"), ("[ae]i", "e"), ("[ae]([mn])(?![aeiouy])", r"a\1"), ("y", "i")),
        *(("(?<!c)h", ""), (r"(.)\1+", r"\1"), ("(?<=.)(es|s|x|t|e)$", "")),
    )
)


class Dictionary:
    """The words of an index, folded, with how often each is met and its accented writing."""

    def __init__(self) -> None:
        self._frequency: dict[str, int] = {}
        self._writing: dict[str, str] = {}
        self._filed: dict[str, tuple[str, ...]] = {}

    def learn(self, spellings: Iterable[tuple[str, int]]) -> None:
        """Add what is not known yet of these (word as written, number of notices), the most
        frequent first; a word that left the index does no harm, proposals being tried."""
        for spelling, frequency in spellings:
            word = "".join(words.folded(spelling))
            if len(word) < LETTERS_MIN or any(letter.isdecimal() for letter in word):
                continue
            if word not in self._writing:
                self._writing[word] = spelling
                for key in {word, sound(word), *_less_one(word)}:
                    self._filed[key] = (*self._filed.get(key, ()), word)
            self._frequency[word] = max(frequency, self._frequency.get(word, 0))

    def __contains__(self, word: str) -> bool:
        return word in self._writing

    def corrections(self, word: str) -> list[str]:
        """The closest words as written, the best first: distance, first letter, frequency."""
        if len(word) < LETTERS_MIN:
            return []
        reach = 1 if len(word) < 5 else 2
        heard = sound(word)
        found = []
        for candidate in self._near(word, reach) - {word}:
            alike = sound(candidate) == heard
            distance = edits(word, candidate)
            if alike or distance <= reach:
                elsewhere = candidate[0] != word[0]
                frequency = self._frequency[candidate]
                found.append((distance - alike, elsewhere, -frequency, candidate))
        return [self._writing[candidate] for *_, candidate in sorted(found)[:_CANDIDATES]]

    def _near(self, word: str, reach: int) -> set[str]:
        keys = {word, sound(word), *_less_one(word)}
        if reach == 2:
            keys.update([shorter for key in tuple(keys) for shorter in _less_one(key)])
        return {candidate for key in keys for candidate in self._filed.get(key, ())}


def _less_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def sound(word: str) -> str:
    """About how a folded French word is heard: « photografe », « fotographe » → « fotografe »."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def edits(one: str, other: str) -> int:
    """Letters to add, remove, change or swap with their neighbour to go from one to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, target in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def rewritings(text: str, replacements: Mapping[str, list[str]]) -> Iterator[str]:
    """The text with its unknown words replaced by the first corrections, then by the second…"""
    parts = [part for part in words.read(text) if not part.is_refused]
    for rank in range(_CANDIDATES):
        pieces, place = [], 0
        changed = False
        for part in parts:
            found = replacements.get(part.text, [])
            if found:
                changed = changed or rank < len(found)
                pieces += [text[place : part.start], found[min(rank, len(found) - 1)]]
                place = part.end
        if changed:
            yield "".join([*pieces, text[place:]])


def joinings(text: str, known: Dictionary) -> Iterator[str]:
    """The text with two neighbours written as one word that is known (« web radio »)."""
    parts = words.read(text)
    for one, other in pairwise(parts):
        if "".join((*one.words, *other.words)) in known:
            yield text[: one.end] + text[other.start :]


def shortenings(text: str) -> Iterator[str]:
    """The text less one of its words, the last one first."""
    parts = words.read(text)
    if sum(not part.is_stopword for part in parts) < 2:
        return
    for part in reversed(parts):
        if not part.is_stopword:
            left = _trimmed([other for other in parts if other is not part])
            if not all(other.is_refused for other in left):
                yield " ".join(text[other.start : other.end] for other in left)


def _trimmed(parts: list[words.Part]) -> list[words.Part]:
    """Without the stop words at either end."""
    places = [place for place, part in enumerate(parts) if not part.is_stopword]
    return parts[places[0] : places[-1] + 1]


class Speller:
    """The dictionary of an engine, brought up to date when a query finds nothing."""

    def __init__(self) -> None:
        self._dictionary = Dictionary()
        self._learnt: View | None = None
        self._lock = Lock()

    def proposals(self, view: View, request: Request) -> tuple[str, ...]:
        """Queries close to this one that give results under its filters, the closest first."""
        dictionary = self._up_to_date(view)
        unknown = {
            part.text: _corrections(view, dictionary, part.words[0])
            for part in words.read(request.text)
            if len(part.words) == 1 and not part.is_refused
        }
        rewritten = list(rewritings(request.text, unknown))
        tried = chain(
            rewritten,
            joinings(request.text, dictionary),
            shortenings(rewritten[0] if rewritten else request.text),
        )
        found = (
            text for text in dict.fromkeys(islice(tried, _TRIED)) if _gives(view, text, request)
        )
        return tuple(islice(found, _PROPOSALS))

    def _up_to_date(self, view: View) -> Dictionary:
        with self._lock:
            if self._learnt is not view:
                self._dictionary.learn(view.searcher.terms_with_prefix("spelling", ""))
                self._learnt = view
            return self._dictionary


def _corrections(view: View, dictionary: Dictionary, word: str) -> list[str]:
    """What to write for this word; nothing where a notice has it, or an equivalence. A misspelling
    that its stem makes a known word (« tablete ») is only written as it should be."""
    stems = words.variants(word)
    if any(stem in view.builder.aliases.words for stem in stems):
        return []
    found = dictionary.corrections(word)
    if not any(view.searcher.doc_freq("text", stem) for stem in stems):
        return found
    if word in dictionary:
        return []
    folded = {one: "".join(words.folded(one)) for one in found}
    same = (one for one in found if {*stems}.intersection(words.variants(folded[one])))
    return [one for one in same if folded[one].rstrip("sx") != word.rstrip("sx")]


def _gives(view: View, text: str, request: Request) -> bool:
    asked = view.builder.asked(text, prefix=False)
    query = view.builder.filtered(asked.must, request.filters)
    return not asked.is_empty and bool(view.searcher.search(query, 1, count=False).hits)
