"""What is read of a campaign: its figures, and the rows behind each."""
