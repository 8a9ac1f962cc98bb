"""Users, mandates (role, academy, discipline, period), sign-in."""
