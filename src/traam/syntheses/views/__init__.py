"""The pages of findings and syntheses being written."""
