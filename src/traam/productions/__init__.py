"""Scenarios and other productions, versions, files, licences."""
