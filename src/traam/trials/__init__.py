"""Class trials, observations, cross-tests between academies."""
