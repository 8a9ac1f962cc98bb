"""Who acts: a person's mandates on one day."""
