"""What is read of trials and observations."""
