"""The pages of a campaign being prepared, and the public papers of its call."""
