"""The forms of findings and syntheses."""
