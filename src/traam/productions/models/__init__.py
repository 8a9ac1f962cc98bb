"""Productions: what teams write, in versions, with files, links, and where it comes from."""

from traam.productions.models.aside import Aside
from traam.productions.models.production import (
    CoAuthor,
    Production,
    ProductionEvent,
    ProductionFile,
    ProductionLink,
    ProductionTerm,
    ProductionVersion,
    Reprise,
    ToolSheet,
)

__all__ = [
    "Aside",
    "CoAuthor",
    "Production",
    "ProductionEvent",
    "ProductionFile",
    "ProductionLink",
    "ProductionTerm",
    "ProductionVersion",
    "Reprise",
    "ToolSheet",
]
