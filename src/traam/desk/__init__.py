"""Pages that mix stages: « ma journée », a project's file from first word to last."""
