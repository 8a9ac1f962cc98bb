"""What the search asks the vocabularies: which writings are equal, which academies have merged, in
which order levels and cycles follow each other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from traam.reference import queries
from traam.reference.rules import Vocabulary

Ranks = Mapping[str, Mapping[str, int]]  # facet → code → place in the order of the school
Successors = Mapping[str, tuple[str, str]]  # code of an academy → (code, label) of what it became


@dataclass(frozen=True)
class Wordings:
    """Sets of equivalent writings (« SVT », « sciences de la vie et de la Terre »), what the merged
    academies became, and the facets that have an order of their own."""

    synonyms: tuple[frozenset[str], ...] = ()
    successors: Successors = field(default_factory=dict)
    ranks: Ranks = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """Of the mergers, which decide the content of an index; the writings only read queries."""
        text = "\n".join(sorted(f"{code}:{after}" for code, after in self.successors.items()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


_RANKED = {"niveau": "levels", "cycle": "cycles"}  # facet → vocabulary
_kept: tuple[Vocabulary | None, Wordings] = (None, Wordings())


def current() -> Wordings:
    """Those of the vocabularies in force, the same object until one changes: one query."""
    global _kept  # noqa: PLW0603 (one for the process; replaced whole, never changed)
    vocabulary = queries.vocabulary()
    known, wordings = _kept
    if known is not vocabulary:
        wordings = Wordings(vocabulary.synonyms(), _successors(vocabulary), _ranks(vocabulary))
        _kept = vocabulary, wordings
    return wordings


def _successors(vocabulary: Vocabulary) -> Successors:
    entries = vocabulary.academy_entries
    return {
        code: (entry.successor, entries[entry.successor].term.label)
        for code, entry in entries.items()
        if entry.successor in entries
    }


def _ranks(vocabulary: Vocabulary) -> Ranks:
    return {
        facet: {term.code: rank for rank, term in enumerate(vocabulary.terms(scheme))}
        for facet, scheme in _RANKED.items()
    }
