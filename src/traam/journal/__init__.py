"""One append-only, chainable table of who did what, and `record()`."""
