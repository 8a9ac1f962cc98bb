"""How words are folded, files checked and free text read; pure, knows no word of its own."""

from traam.reference.rules.facts import CURRENT, FORMER, REMARK, SchemeFacts, TermFacts
from traam.reference.rules.holidays import Holidays, Period
from traam.reference.rules.text import fold
from traam.reference.rules.vocabulary import (
    AcademyEntry,
    Audience,
    Reading,
    Vocabulary,
    VocabularyTerm,
)
from traam.reference.rules.years import YearReading, read_years

__all__ = [
    "CURRENT",
    "FORMER",
    "REMARK",
    "AcademyEntry",
    "Audience",
    "Holidays",
    "Period",
    "Reading",
    "SchemeFacts",
    "TermFacts",
    "Vocabulary",
    "VocabularyTerm",
    "YearReading",
    "fold",
    "read_years",
]
