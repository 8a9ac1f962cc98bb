"""Rules of trials, observations and cross-tests: pure functions on plain values."""
