"""Choices of a list, each told from the others: what two of them share is not said alone. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

Value = TypeVar("Value")
BETWEEN = " · "


def told_apart(rows: Iterable[tuple[Value, Sequence[str]]]) -> list[tuple[Value, str]]:
    """Each value with as few of its words as tell it from the others, in the order given.

    `rows`: a value, then its words, the first one always said: (7, ("Lille", "Algorithmes")).
    """
    found = [(value, tuple(words)) for value, words in rows]
    counts = Counter(words[:end] for _, words in found for end in range(1, len(words) + 1))
    return [(value, _said(words, counts)) for value, words in found]


def _said(words: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> str:
    ends = range(1, len(words))
    end = next((each for each in ends if counts[words[:each]] == 1), len(words))
    return BETWEEN.join(filter(None, words[:end]))
