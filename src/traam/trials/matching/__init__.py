"""The plan of a group's cross-tests: who tests what, an exact optimum, and what it cannot cover.

Pure: no Django, no clock, no database. `closeness` says how well a pair suits, `instance` what is
asked, `criteria` what is sought and in which order, `solve` finds it, `shortages` names the rest.
It advises; the group decides.
"""
