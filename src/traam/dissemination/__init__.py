"""Channels built from notices: OAI-PMH, feeds, JSON-LD, API. Pure builders and thin views."""
