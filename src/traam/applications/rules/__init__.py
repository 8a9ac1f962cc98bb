"""Answers to a call, in plain Python."""
