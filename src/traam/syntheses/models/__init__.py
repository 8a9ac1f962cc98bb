"""Findings and their evidence; syntheses, from first sentence to distribution."""

from traam.syntheses.models.finding import Evidence, Finding, Sought
from traam.syntheses.models.publication import Counted, PublishedFinding
from traam.syntheses.models.synthesis import (
    Block,
    Erratum,
    Remark,
    Sending,
    Signature,
    Synthesis,
    SynthesisEvent,
    SynthesisVersion,
)

__all__ = [
    "Block",
    "Counted",
    "Erratum",
    "Evidence",
    "Finding",
    "PublishedFinding",
    "Remark",
    "Sending",
    "Signature",
    "Sought",
    "Synthesis",
    "SynthesisEvent",
    "SynthesisVersion",
]
