"""Rates, funnels, maps, open data."""
