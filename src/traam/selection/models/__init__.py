"""The choice: cases with their reviews, variants of the choice, decisions and what follows them."""

from traam.selection.models.announcement import Letter, Minutes, Participation, Reply
from traam.selection.models.case import Case, Review
from traam.selection.models.choice import CaseEvent, Decision, Departure, Lock, Pair, Seal, Variant

__all__ = [
    "Case",
    "CaseEvent",
    "Decision",
    "Departure",
    "Letter",
    "Lock",
    "Minutes",
    "Pair",
    "Participation",
    "Reply",
    "Review",
    "Seal",
    "Variant",
]
