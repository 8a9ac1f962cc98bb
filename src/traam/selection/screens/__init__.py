"""What the pages of the choice show, read once and put in words."""
