"""The papers of the groups."""
