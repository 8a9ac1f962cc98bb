"""The rules of campaigns: their life, the years they cover, how titles of themes are compared."""
