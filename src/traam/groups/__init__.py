"""National groups, academic teams, meetings, minutes, hours."""
