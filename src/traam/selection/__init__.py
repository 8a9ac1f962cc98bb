"""Reviews, optimiser, deliberation, decisions."""
