"""What the pages of trials show, to whom."""
