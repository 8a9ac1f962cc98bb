"""Applications: who writes them, what they say, what was deposited, and who may judge them."""

from traam.applications.models.answer import Answer, AnswerVersion, Piece, Presence
from traam.applications.models.application import (
    Application,
    ApplicationAcademy,
    Author,
    Extension,
    NamedInspector,
)
from traam.applications.models.examiner import Examiner
from traam.applications.models.trace import Deposit, Event

__all__ = [
    "Answer",
    "AnswerVersion",
    "Application",
    "ApplicationAcademy",
    "Author",
    "Deposit",
    "Event",
    "Examiner",
    "Extension",
    "NamedInspector",
    "Piece",
    "Presence",
]
