"""What the pages of findings and syntheses show to their reader."""
