"""How the values of a facet are written and in which order they come; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from traam.catalogue.search.documents import FACET_TERMS, NO_YEAR, Labels
from traam.catalogue.search.vocabulary import Ranks
from traam.reference.rules import fold


class _Places(dict[str, int]):
    """Code → place; what is not known (any more) comes last."""

    def __missing__(self, code: str) -> int:
        return len(self)


@dataclass(frozen=True)
class Writing:
    """The labels of one facet, and for some facets the rank of each code in the school."""

    labels: Mapping[str, str]
    ranks: Mapping[str, int] | None

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Code → place in the order of the school, else of the alphabet: sorted once, for all the
        searches of an index."""
        ranks, known = self.ranks or {}, sorted(self.labels.items(), key=_alphabetical)
        known.sort(key=lambda one: ranks.get(one[0], len(ranks)))
        return _Places({code: place for place, (code, _) in enumerate(known)})

    def ordered(self, counts: Mapping[str, int]) -> list[str]:
        """The codes in the order of the school, else the most frequent first."""
        codes = sorted(counts, key=self.places.__getitem__)
        if self.ranks is None:
            codes.sort(key=counts.__getitem__, reverse=True)
        return codes


class Years(Writing):
    """The school years: the last one first, the unknown one at the end."""

    def ordered(self, counts: Mapping[str, int]) -> list[str]:
        return sorted(counts, key=lambda code: (code != NO_YEAR.code, code), reverse=True)


def _alphabetical(value: tuple[str, str]) -> tuple[str, str]:
    code, label = value
    return fold(label), code


def writings(labels: Labels, ranks: Ranks) -> dict[str, Writing]:
    """That of each facet."""
    return {
        name: (Years if name == "annee" else Writing)(labels.get(name, {}), ranks.get(name))
        for name in FACET_TERMS
    }
