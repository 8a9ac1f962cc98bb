"""Trials in class, what was observed in them, and cross-tests between academies."""

from traam.trials.models.agreement import Agreement
from traam.trials.models.cross_test import CrossTest, CrossTestPlan
from traam.trials.models.observation import Observation, ObservationVersion, Picture, Sight
from traam.trials.models.trial import (
    Amendment,
    Indicator,
    Session,
    Trial,
    TrialEvent,
    TrialTerm,
)

__all__ = [
    "Agreement",
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
    "TrialEvent",
    "TrialTerm",
]
