"""What the pages and acts of groups read."""
