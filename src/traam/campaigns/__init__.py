"""Campaigns, calendars, themes and their double validation, the call."""
