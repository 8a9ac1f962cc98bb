"""THE table of rights."""
