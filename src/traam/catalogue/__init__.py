"""Notices, search and the public pages."""
