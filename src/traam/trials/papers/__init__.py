"""What is printed of a trial."""
