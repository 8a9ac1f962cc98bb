"""What is typed in the pages of groups and teams."""
