"""What the pages of trials ask."""
