"""The rules of reviews: their life, the grid, the figures, severity, conflicts, who reads what."""
