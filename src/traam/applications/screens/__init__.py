"""What the pages of applications show, read and put in words; nothing here writes."""
