"""The pages of groups and teams."""
