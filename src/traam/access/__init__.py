"""Pure: roles, actor, THE table of rights, read as a page and as SQL."""
