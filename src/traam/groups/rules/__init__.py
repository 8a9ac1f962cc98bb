"""Rules of national groups, teams and their year: pure functions on plain values."""
