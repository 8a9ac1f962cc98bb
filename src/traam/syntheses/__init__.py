"""Findings and their evidence, reports, syntheses."""
