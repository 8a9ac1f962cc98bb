"""Trials in class, what was observed in them, and cross-tests between academies."""

from traam.trials.models.cross_test import CrossTest, CrossTestPlan
from traam.trials.models.trial import (
    Amendment,
    Indicator,
    Observation,
    ObservationVersion,
    Picture,
    Session,
    Sight,
    Trial,
)

__all__ = [
    "Amendment",
    "CrossTest",
    "CrossTestPlan",
    "Indicator",
    "Observation",
    "ObservationVersion",
    "Picture",
    "Session",
    "Sight",
    "Trial",
]
