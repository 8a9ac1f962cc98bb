"""What the pages of groups and teams show, as values."""
