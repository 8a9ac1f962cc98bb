"""The shape of what the pages of the choice receive."""
