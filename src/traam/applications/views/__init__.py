"""The pages of applications: one action or one query each."""
