"""The pages of trials and observations."""
