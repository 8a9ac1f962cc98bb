"""Answers to the call, visas, completeness."""
