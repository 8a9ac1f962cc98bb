"""What a vocabulary says, as plain values: an edition (`SchemeFacts`) and its terms (`TermFacts`).

Both the shipped files and the database are read into these, so that one rule serves both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

CURRENT = "current"
FORMER = "former"
REMARK = "remark"  # a word that is understood and is not a term: « Transversal »
STATUSES = (CURRENT, FORMER, REMARK)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFacts:
    """One term. Dates are days, both included; None: not known, or still in use."""

    code: str
    label: str
    parent: str = ""
    uri: str = ""
    official: str = ""  # its label in ScoLOMFR
    status: str = CURRENT
    valid_from: date | None = None
    valid_to: date | None = None
    rank: int = 0
    source: str = ""
    note: str = ""
    needs_review: bool = False
    replaced_by: str = ""  # the code of the term it was merged into
    facts: Mapping[str, Any] = field(default_factory=dict)  # what the readers need; academies
    aliases: tuple[str, ...] = ()  # other writings, beside the label

    @property
    def texts(self) -> tuple[str, ...]:
        """Every writing: the label, then the aliases."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeFacts:
    """One edition of a vocabulary."""

    code: str
    edition: str
    label: str
    facet: str = ""  # the word of the addresses: « discipline », « niveau »
    prefix: str = ""  # what the code of a word added by a load begins with
    is_open: bool = False  # a load may add words
    source: str = ""
    licence: str = ""
    uri: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    terms: tuple[TermFacts, ...] = ()
