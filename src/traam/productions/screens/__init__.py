"""What the pages of productions show, made ready for their templates."""
