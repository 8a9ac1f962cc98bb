"""The computed choice: an exact optimum, proven and explained. It advises; people decide.

Pure: no Django, no clock, no database. `reading` takes an instance, `solve` chooses, `explain` says
why and at what price, `wording` speaks French. The objective is written out in `objective`.
"""
